-- @schema meters
CREATE TABLE readings (
    id     bigint NOT NULL,
    at     date NOT NULL,
    region integer NOT NULL,
    value  integer,
    CONSTRAINT readings_key UNIQUE (id, at, region)
) PARTITION BY RANGE (at);
CREATE TABLE readings_2023 PARTITION OF readings
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE readings_2024 PARTITION OF readings
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (region);
CREATE TABLE readings_2024_north PARTITION OF readings_2024 FOR VALUES IN (1, 2);
CREATE TABLE readings_2024_rest PARTITION OF readings_2024 DEFAULT;
CREATE INDEX readings_by_value ON readings (value);
CREATE INDEX readings_gone ON readings (region);
CREATE INDEX own_part ON readings_2023 (value, id);
