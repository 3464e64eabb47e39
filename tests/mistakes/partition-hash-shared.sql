CREATE TABLE a (
    id integer
) PARTITION BY HASH (id);
CREATE TABLE a1 PARTITION OF a FOR VALUES WITH (MODULUS 8, REMAINDER 6);
CREATE TABLE a2 PARTITION OF a FOR VALUES WITH (MODULUS 4, REMAINDER 2);
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
