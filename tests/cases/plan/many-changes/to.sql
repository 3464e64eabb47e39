-- @schema more
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE parents (
    id     bigint PRIMARY KEY,
    name   text DEFAULT 'nobody',
    short  varchar(20),
    amount numeric(12, 2)
);
CREATE TABLE children (
    id        bigint PRIMARY KEY,
    parent_id bigint NOT NULL REFERENCES parents (id) ON DELETE CASCADE,
    n         bigint NOT NULL DEFAULT 2,
    -- @was m
    k         integer,
    code      varchar(10) NOT NULL,
    label     text COLLATE "C",
    mood      mood,
    twice     integer GENERATED ALWAYS AS (k * 2) STORED,
    state     text NOT NULL DEFAULT 'new',
    CONSTRAINT children_n CHECK (n > 0),
    CONSTRAINT children_k CHECK (k >= 0),
    CONSTRAINT children_key UNIQUE (code)
);
COMMENT ON TABLE children IS 'of parents';
COMMENT ON COLUMN children.code IS 'a code';
CREATE TABLE added (id bigint PRIMARY KEY, child_id bigint REFERENCES children (id));
CREATE INDEX children_k_index ON children (k);
CREATE VIEW labels AS SELECT id, label, state FROM children;
