-- Each statement is counted once, whatever it does.
SET search_path TO public;
BEGIN;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE a (
    id integer PRIMARY KEY,
    feeling mood NOT NULL
);
CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a, KEY b_a (a_id));
CREATE TABLE IF NOT EXISTS b (id integer PRIMARY KEY);
CREATE TABLE gone (id integer PRIMARY KEY);
CREATE INDEX a_feeling ON a (feeling);
CREATE VIEW good AS SELECT id FROM a WHERE feeling = 'good';
ALTER TABLE b ADD COLUMN note text;
ALTER TABLE b SET (fillfactor = 70);
ALTER TABLE b RENAME COLUMN note TO remark;
COMMENT ON TABLE a IS 'It has feelings; and a semicolon.';
INSERT INTO a (id, feeling) VALUES (1, 'good'), (2, 'bad');
DROP TABLE gone;
CREATE TRIGGER t AFTER INSERT ON a
BEGIN
    INSERT INTO b (id) VALUES (1);
    SELECT 2;
END;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1; SELECT 2; $$;
SELECT pg_catalog.set_config('search_path', '', false);
COMMIT;
-- @migrate
UPDATE a SET feeling = 'good' WHERE id = 1;
DELETE FROM b;
-- @end
