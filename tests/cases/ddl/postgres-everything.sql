-- @schema test
CREATE SCHEMA app;
CREATE TYPE app.state AS ENUM ('open', 'it''s done');
CREATE TABLE app.owners (
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (START WITH 100),
    name varchar(40) NOT NULL COLLATE "C",
    name_length integer GENERATED ALWAYS AS (length(name)) STORED,
    state app.state NOT NULL DEFAULT 'open',
    changed_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, -- @touch
    best integer
);
CREATE TABLE app.things (
    id serial PRIMARY KEY,
    owner bigint REFERENCES app.owners ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    price numeric(10, 2) NOT NULL DEFAULT 0 CHECK (price >= 0),
    tags text[] NOT NULL DEFAULT '{}',
    "order" integer,
    CONSTRAINT one_each UNIQUE NULLS NOT DISTINCT (owner, "order")
);
ALTER TABLE app.owners ADD FOREIGN KEY (best) REFERENCES app.things;
CREATE UNIQUE INDEX things_lower ON app.things (lower(tags[1]) DESC NULLS LAST) WHERE price > 0;
CREATE VIEW app.totals AS SELECT owner, sum(price) AS total FROM app.things GROUP BY owner;
COMMENT ON TABLE app.things IS 'what they own';
COMMENT ON COLUMN app.things.price IS 'it''s in euro';
-- @append_only
CREATE TABLE app.log (line text NOT NULL);
INSERT INTO app.owners (id, name) VALUES (1, 'nobody');
INSERT INTO app.log (line) VALUES ('begin');
