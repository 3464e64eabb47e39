CREATE TABLE a (
    id integer
) PARTITION BY RANGE (id);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (NULL) TO (1);
--                                              ^^^^ S0442
