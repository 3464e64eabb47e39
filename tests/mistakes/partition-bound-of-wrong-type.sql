CREATE TABLE a (
    id integer
) PARTITION BY RANGE (id);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM ('x') TO (2);
--                                              ^^^ S0442
