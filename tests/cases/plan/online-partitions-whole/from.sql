-- @schema meters
CREATE TABLE readings (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE readings_2023 PARTITION OF readings
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE readings_2024 (id bigint NOT NULL, at date NOT NULL);
