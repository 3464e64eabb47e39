-- @schema forms
CREATE SCHEMA new_place;
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('good', 'bad', 'mixed');
CREATE TYPE taste AS ENUM (
    'sweet',
    'tart' -- @was sour
);
CREATE TYPE size AS ENUM ('large', 'small');
CREATE TYPE new_enum AS ENUM ('a', 'b''c');
CREATE TYPE point3 AS (x bigint, y integer, w integer);
CREATE TYPE new_type AS (x integer);
CREATE DOMAIN percent AS integer CONSTRAINT percent_most CHECK (VALUE <= 100);
CREATE DOMAIN strict_text AS text DEFAULT 'x' NOT NULL;
CREATE DOMAIN loose_text AS text;
-- @was old_domain
CREATE DOMAIN new_domain AS text;
CREATE DOMAIN made_domain AS text CHECK (VALUE <> '');
-- @was old_numbers
CREATE SEQUENCE new_numbers;
CREATE SEQUENCE made_numbers;
CREATE SEQUENCE numbers INCREMENT 5;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION new_function() RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION counted(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN n + 1; END';

CREATE TABLE parents (id bigint PRIMARY KEY, code text, region integer NOT NULL DEFAULT 2);
CREATE TABLE items (
    id        bigint PRIMARY KEY,
    parent_id bigint REFERENCES parents (id),
    a         text DEFAULT 'b',
    b         text NOT NULL,
    c         text COLLATE "C",
    twice     bigint,
    counted   bigint GENERATED ALWAYS AS IDENTITY,
    freed     bigint NOT NULL,
    settled   bigint GENERATED ALWAYS AS IDENTITY,
    long      text,
    feel      mood,
    bulk      size,
    share     percent,
    tight     strict_text,
    wide      loose_text,
    -- @from coalesce(a, 'none')
    filled    text NOT NULL,
    drawn     double precision NOT NULL DEFAULT random(),
    CONSTRAINT items_name UNIQUE (b),
    CONSTRAINT items_known CHECK (id > 0),
    CONSTRAINT items_made CHECK (a <> ''),
    CONSTRAINT items_later CHECK (a <> 'z') NOT VALID
);
CREATE TABLE "Quoted ""Names""" (
    id bigint PRIMARY KEY,
    -- @was "It's"
    "It's not" varchar(7),
    "New ""One""" numeric(5) CONSTRAINT "It's a ""check""" CHECK ("New ""One""" > 0)
);
-- @was old_name
CREATE TABLE new_name (id bigint PRIMARY KEY);
CREATE UNLOGGED TABLE logged (id bigint PRIMARY KEY);
CREATE TABLE unlogged (id bigint PRIMARY KEY);
CREATE TABLE made_table (id bigint PRIMARY KEY);
INSERT INTO made_table VALUES (1);
CREATE TABLE measured (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE measured_one (id bigint NOT NULL, at date NOT NULL);
CREATE TABLE measured_two PARTITION OF measured FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE base (id bigint PRIMARY KEY);
CREATE TABLE derived (id bigint NOT NULL, n integer);
CREATE TABLE apart (n integer) INHERITS (base);
CREATE INDEX items_a ON items (a, id);
CREATE UNIQUE INDEX items_made_index ON items (id, a) WHERE a <> '';
-- @was items_long
CREATE INDEX items_by_long ON items (long);
CREATE INDEX parents_code ON parents (code) WITH (fillfactor = 70);
CREATE STATISTICS new_statistics ON a, b FROM items;
CREATE VIEW shown AS SELECT id, a, b FROM items;
CREATE VIEW changed_view AS SELECT id, code FROM parents;
CREATE VIEW new_view AS SELECT id FROM parents;
CREATE MATERIALIZED VIEW new_summary AS SELECT count(*) AS n FROM parents;
CREATE TRIGGER items_noted BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TRIGGER items_other BEFORE UPDATE OF a ON items FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TRIGGER items_made BEFORE DELETE ON items FOR EACH ROW EXECUTE FUNCTION noted();
CREATE RULE parents_made AS ON UPDATE TO parents DO INSTEAD NOTHING;
CREATE POLICY parents_all ON parents USING (id > 2);
CREATE POLICY parents_made ON parents USING (id > 1);
ALTER TABLE items DISABLE TRIGGER items_noted;
ALTER TABLE parents ENABLE ROW LEVEL SECURITY;
ALTER TABLE parents FORCE ROW LEVEL SECURITY;
ALTER TABLE items ALTER COLUMN long SET STORAGE EXTERNAL;
ALTER TABLE items ALTER COLUMN long SET COMPRESSION pglz;
ALTER TABLE items ALTER COLUMN a SET STATISTICS 200;
ALTER TABLE items ALTER COLUMN a SET (n_distinct = 5);
ALTER TABLE parents SET (fillfactor = 80);
ALTER TABLE parents REPLICA IDENTITY FULL;
ALTER TABLE parents CLUSTER ON parents_pkey;
GRANT INSERT ON parents TO PUBLIC;
COMMENT ON TABLE items IS 'new, with ''quotes''';
COMMENT ON CONSTRAINT items_made ON items IS 'made';
COMMENT ON INDEX parents_code IS 'by code';
COMMENT ON TYPE mood IS 'how it is';
COMMENT ON DOMAIN percent IS 'of 100';
COMMENT ON SCHEMA new_place IS 'a place';
COMMENT ON VIEW shown IS 'what is shown';
COMMENT ON SEQUENCE numbers IS 'counts';
COMMENT ON FUNCTION noted() IS 'notes';
CREATE TABLE axles (id bigint PRIMARY KEY);
CREATE TABLE wheels (
    id bigint PRIMARY KEY,
    axle bigint CONSTRAINT wheels_axle REFERENCES axles DEFERRABLE
);
