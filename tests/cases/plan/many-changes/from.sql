-- @schema more
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE parents (id bigint PRIMARY KEY, name text, short varchar(10), amount numeric(8, 2));
CREATE TABLE children (
    id        bigint PRIMARY KEY,
    parent_id bigint NOT NULL REFERENCES parents (id),
    n         integer NOT NULL DEFAULT 1,
    m         integer,
    code      varchar(10) NOT NULL,
    label     text COLLATE "C",
    gone      text,
    mood      mood,
    CONSTRAINT children_n CHECK (n > 0),
    CONSTRAINT children_code UNIQUE (code)
);
CREATE TABLE dropped (id bigint PRIMARY KEY, parent_id bigint REFERENCES parents (id));
CREATE INDEX children_m ON children (m);
CREATE VIEW labels AS SELECT id, label FROM children;
