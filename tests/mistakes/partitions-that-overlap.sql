CREATE TABLE a (
    id integer
) PARTITION BY RANGE (id);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (10);
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM (9) TO (20);
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
