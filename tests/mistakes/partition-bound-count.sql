CREATE TABLE a (
    x integer,
    y integer
) PARTITION BY RANGE (x, y);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (2);
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
