-- @schema meters
CREATE TABLE readings (
    id bigint NOT NULL, at date NOT NULL, value integer,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE readings_2023 PARTITION OF readings
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE readings_rest PARTITION OF readings DEFAULT;
CREATE TABLE readings_2024 (id bigint, at date NOT NULL, value integer);
CREATE TABLE readings_2025 (id bigint NOT NULL, at date NOT NULL, value integer);
CREATE INDEX readings_by_value ON readings (value);
CREATE TABLE towns (name text NOT NULL, n bigint) PARTITION BY LIST (name);
CREATE TABLE towns_east PARTITION OF towns FOR VALUES IN ('Aue');
CREATE TABLE towns_west (name text NOT NULL, n bigint);
