CREATE TABLE a (
    at timestamp with time zone
) PARTITION BY RANGE (at);
CREATE TABLE a1 PARTITION OF a FOR VALUES FROM ('2024-02-01 00:00:00+00') TO ('2024-03-01 00:00:00+00');
CREATE TABLE a2 PARTITION OF a FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-02-02 00:00:00+00');
--                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0442
