-- @schema meters
CREATE TABLE readings (
    id bigint NOT NULL, at date NOT NULL, value integer,
    PRIMARY KEY (id, at),
    CONSTRAINT readings_value_check CHECK (value >= 0)
) PARTITION BY RANGE (at);
CREATE TABLE readings_2023 (
    id bigint NOT NULL, at date NOT NULL, value integer,
    CONSTRAINT readings_2023_pkey PRIMARY KEY (id, at),
    CONSTRAINT readings_value_check CHECK (value >= 0)
);
CREATE INDEX readings_2023_value_idx ON readings_2023 (value);
CREATE TABLE readings_2024 PARTITION OF readings
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX readings_by_value ON readings (value);
CREATE TABLE "Ev ""ents" (id bigint, kind text) PARTITION BY HASH (id);
CREATE TABLE "Ev ""ents 0" (id bigint, kind text);
CREATE TABLE "Ev ""ents 1" PARTITION OF "Ev ""ents" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE areas (a integer NOT NULL, b integer NOT NULL, n bigint)
    PARTITION BY RANGE (a);
CREATE TABLE areas_low (a integer NOT NULL, b integer NOT NULL, n bigint)
    PARTITION BY RANGE (b);
CREATE TABLE areas_low_left (a integer NOT NULL, b integer NOT NULL, n bigint);
CREATE TABLE areas_high PARTITION OF areas FOR VALUES FROM (10) TO (20);
CREATE TABLE towns (name text NOT NULL, n bigint) PARTITION BY LIST (name);
CREATE TABLE towns_east (name text NOT NULL, n bigint);
CREATE TABLE towns_rest PARTITION OF towns DEFAULT;
