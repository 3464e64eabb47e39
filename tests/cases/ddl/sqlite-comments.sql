-- @schema letters
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
CREATE SCHEMA app;
CREATE TABLE app.letters (
    id integer PRIMARY KEY,
    body text CONSTRAINT says_something CHECK (body <> ''),
    mood mood,
    sign short,
    UNIQUE (sign)
);
CREATE INDEX by_body ON app.letters (body);
CREATE VIEW app.bodies AS SELECT body FROM app.letters;
-- Kept: what SQLite has, and has a name there.
COMMENT ON TABLE app.letters IS 'it''s what
was written';
COMMENT ON COLUMN app.letters.body IS 'UTF-8: é';
COMMENT ON CONSTRAINT says_something ON app.letters IS 'not nothing';
COMMENT ON INDEX app.by_body IS 'for the list';
COMMENT ON VIEW app.bodies IS 'bodies';
COMMENT ON COLUMN app.bodies.body IS 'as in letters';
-- Not kept.
COMMENT ON TYPE mood IS 'of the writer';
COMMENT ON DOMAIN short IS 'fits on a stamp';
COMMENT ON SCHEMA app IS 'all of it';
COMMENT ON CONSTRAINT letters_sign_key ON app.letters IS 'nobody wrote its name';
