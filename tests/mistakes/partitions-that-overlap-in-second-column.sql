CREATE TABLE a (
    x integer,
    y integer
) PARTITION BY RANGE (x, y);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1, MINVALUE) TO (1, 10);
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM (1, 5) TO (2, MINVALUE);
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
