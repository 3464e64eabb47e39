-- @schema meters
CREATE TABLE readings (
    id     bigint NOT NULL,
    at     date NOT NULL,
    region integer NOT NULL,
    value  integer,
    PRIMARY KEY (at, region, id),
    CONSTRAINT readings_key UNIQUE (id, at, region, value)
) PARTITION BY RANGE (at);
CREATE TABLE readings_2023 PARTITION OF readings
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE readings_2024 PARTITION OF readings
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (region);
CREATE TABLE readings_2024_north PARTITION OF readings_2024 FOR VALUES IN (1, 2);
CREATE TABLE readings_2024_rest PARTITION OF readings_2024 DEFAULT;
CREATE TABLE readings_2025 PARTITION OF readings
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX own_part ON readings_2023 (value, id);
CREATE INDEX said_part ON readings_2024_north (value DESC);
CREATE INDEX readings_by_value ON readings (value DESC);
CREATE UNIQUE INDEX readings_once ON readings (region, at, id DESC);
CREATE INDEX readings_by_both ON readings (value, id);
COMMENT ON INDEX readings_once IS 'no two';
COMMENT ON INDEX said_part IS 'said';
