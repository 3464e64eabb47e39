CREATE TABLE a (
    day date
) PARTITION BY RANGE (day);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM ('2024-02-01') TO ('2024-01-01');
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
