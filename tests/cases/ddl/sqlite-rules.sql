-- @schema rules
-- Rules of a table are triggers in SQLite.
CREATE TABLE notes (
    id         integer PRIMARY KEY,
    body       text NOT NULL,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP  -- @touch
);

-- @append_only
CREATE TABLE log (
    id   integer PRIMARY KEY,
    what text NOT NULL
);
INSERT INTO log (what) VALUES ('it''s new');
