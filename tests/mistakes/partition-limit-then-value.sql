CREATE TABLE a (
    x integer,
    y integer
) PARTITION BY RANGE (x, y);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (MINVALUE, 1) TO (1, 1);
--                                                        ^ S0442
