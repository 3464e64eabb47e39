-- Nothing is said to be missing that a statement with a mistake may declare.
CREATE TABLE posts (
    id integer PRIMARY KEY,
    user_id integer REFERENCES users (id) ON DELETE CASCAD
);
CREATE INDEX ON posts (user_id);
CREATE VIEW titles AS SELECT id FROM posts;
COMMENT ON TABLE posts IS 'what was written';

CREATE TABLE users (
    id integer PRIMARY KEY
);
ALTER TABLE users ADD COLUM mood mood;
CREATE INDEX ON users (mood);
CREATE TYPE mood AS ENUM (sad);
