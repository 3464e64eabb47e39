CREATE TABLE a (
    name text
) PARTITION BY RANGE (name);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM ('a') TO ('b');
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM ('a') TO ('c');
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
