-- @schema shapes
CREATE TYPE tint AS ENUM ('red', 'green');

-- Composite keys, one part referring to the table itself.
CREATE TABLE parts (
    site   INTEGER,
    code   TEXT,
    parent TEXT,
    title  TEXT NOT NULL,
    PRIMARY KEY (site, code),
    FOREIGN KEY (site, parent) REFERENCES parts (site, code)
);
CREATE TABLE uses (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    site   INTEGER NOT NULL,
    code   TEXT NOT NULL,
    FOREIGN KEY (site, code) REFERENCES parts (site, code)
);

-- @c on each kind of column.
-- @c name=fancy
CREATE TABLE overrides (
    id     BIGINT PRIMARY KEY, -- @c int32_t
    yes    INTEGER, -- @c bool
    tiny   INTEGER NOT NULL, -- @c int16_t
    wide   INTEGER NOT NULL, -- @c int64_t
    half   DOUBLE PRECISION NOT NULL, -- @c float
    full_  REAL, -- @c double
    day    DATE NOT NULL, -- @c struct schemac_text
    moment TIMESTAMP, -- @c struct schemac_text
    zoned  TIMESTAMPTZ, -- @c struct schemac_text
    clock  TIME NOT NULL, -- @c struct schemac_text
    ident  UUID NOT NULL, -- @c struct schemac_text
    paint  tint, -- @c struct schemac_text
    state  TEXT CHECK (state IN ('new', 'gone')), -- @c struct schemac_text
    flag   BOOLEAN NOT NULL, -- @c int16_t
    label  TEXT -- @c name=caption
);

-- Unique, but told at the end of a transaction.
CREATE TABLE places (
    id  INTEGER PRIMARY KEY,
    nth INTEGER NOT NULL,
    UNIQUE (nth) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE codes (
    id  INTEGER PRIMARY KEY,
    code TEXT NOT NULL
);
CREATE UNIQUE INDEX codes_once ON codes (code); -- @only postgres
CREATE TABLE sparse (
    id  INTEGER PRIMARY KEY,
    code TEXT
);
CREATE UNIQUE INDEX sparse_once ON sparse (code) WHERE code <> '';

-- Keys that are told at the end of the transaction.
CREATE TABLE chains (
    id     INTEGER PRIMARY KEY,
    before INTEGER REFERENCES chains (id) DEFERRABLE INITIALLY DEFERRED,
    note   TEXT NOT NULL DEFAULT 'none'
);

-- Columns that are on one engine only: neither is in the struct.
CREATE TABLE halves (
    id    INTEGER PRIMARY KEY,
    body  TEXT NOT NULL,
    lite  TEXT NOT NULL DEFAULT 'x', -- @only sqlite
    words TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED, -- @only postgres
    last  INTEGER
);
CREATE INDEX halves_words ON halves USING gin (words); -- @only postgres
CREATE UNIQUE INDEX halves_lite ON halves (lite, last); -- @only sqlite

-- What nobody but the database writes is in no mask.
CREATE TABLE counted (
    id   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    note TEXT
);
CREATE TABLE numbered (
    code TEXT PRIMARY KEY,
    nth  INTEGER GENERATED ALWAYS AS IDENTITY,
    note TEXT
);

-- SQLite has an index over expressions for it: found, but not what an upsert goes by.
CREATE TABLE pairs (
    a integer NOT NULL,
    b integer,
    c integer,
    UNIQUE NULLS NOT DISTINCT (a, b)
);
CREATE UNIQUE INDEX pairs_c ON pairs (c) NULLS NOT DISTINCT;

-- All that is kept as text is TEXT to SQLite here; the declared types stay what they are.
CREATE TABLE firm (
    id     INTEGER PRIMARY KEY,
    day    DATE NOT NULL,
    clock  TIME,
    moment TIMESTAMPTZ,
    ident  UUID NOT NULL,
    paint  tint,
    marks  INTEGER[]
) STRICT;

-- What integers come to is a number in C, whatever the view calls its columns.
CREATE VIEW sums AS SELECT avg(id) AS mean, sum(id) AS total FROM counted;
CREATE VIEW swapped (total, mean) AS SELECT avg(id) AS mean, sum(id) AS total FROM counted;
CREATE VIEW beside_all AS SELECT c.*, avg(c.id) OVER () AS mean FROM counted c;
CREATE VIEW either AS SELECT sum(id) AS total FROM counted UNION ALL SELECT 1.5;
