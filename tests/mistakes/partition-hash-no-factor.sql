CREATE TABLE a (
    id integer
) PARTITION BY HASH (id);
CREATE TABLE a1 PARTITION OF a FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE a2 PARTITION OF a FOR VALUES WITH (MODULUS 6, REMAINDER 1);
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
