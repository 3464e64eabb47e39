CREATE SCHEMA app;
CREATE SCHEMA lib;
CREATE TABLE plain (id integer PRIMARY KEY);
SET search_path = lib, pg_catalog;
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE FUNCTION twice(m mood) RETURNS mood LANGUAGE sql IMMUTABLE AS 'select m';
SET SESSION search_path TO app, lib, public;
CREATE SEQUENCE counter;
CREATE DOMAIN word AS text CHECK (VALUE <> '');
CREATE TABLE team (id integer NOT NULL DEFAULT nextval('counter'), name word, now mood DEFAULT 'low'::mood);
ALTER SEQUENCE counter OWNED BY team.id;
ALTER TABLE ONLY team ADD CONSTRAINT team_pkey PRIMARY KEY (id);
CREATE TABLE member (
    id serial PRIMARY KEY,
    team integer REFERENCES team (id) ON DELETE CASCADE,
    other integer REFERENCES plain
);
CREATE INDEX member_team ON member (team);
CREATE VIEW teams AS
    WITH plain AS (SELECT id FROM member)
    SELECT team.id, twice(team.now) AS later FROM team JOIN plain ON plain.id = team.id;
CREATE TRIGGER touched BEFORE UPDATE ON team FOR EACH ROW EXECUTE FUNCTION touch();
COMMENT ON TABLE team IS 'of people';
COMMENT ON COLUMN team.name IS 'what it is called';
COMMENT ON FUNCTION touch() IS 'nothing yet';
COMMENT ON TYPE mood IS 'how it is';
GRANT SELECT ON team TO PUBLIC;
GRANT USAGE ON SEQUENCE counter TO PUBLIC;
SET SCHEMA 'lib';
CREATE TABLE late (id integer);
ALTER TABLE late RENAME TO later;
ALTER TABLE later ADD COLUMN now mood;
SELECT pg_catalog.set_config('search_path', 'app, "lib"', false);
CREATE VIEW latest AS SELECT id FROM later;
RESET search_path;
CREATE TABLE team (id integer PRIMARY KEY);
SET LOCAL search_path TO DEFAULT;
CREATE INDEX plain_index ON plain (id);
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE app.last (id integer REFERENCES app.team (id));
