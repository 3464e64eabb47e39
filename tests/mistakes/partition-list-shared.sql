CREATE TABLE a (
    n numeric
) PARTITION BY LIST (n);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1, 2.50);
CREATE TABLE a2 PARTITION OF a FOR VALUES IN (3, 2.5);
--                             ^^^^^^^^^^^^^^^^^^^^^^ S0442
