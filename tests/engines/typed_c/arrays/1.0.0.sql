-- @schema arrays
--
-- Arrays of each type, and what else travels by what it is made of.

CREATE TYPE tint AS ENUM ('red', 'green', 'blue, "grey" \');
CREATE DOMAIN score AS INTEGER;
CREATE DOMAIN price AS NUMERIC(10, 2);
CREATE DOMAIN better_score AS score;
CREATE DOMAIN day AS DATE;
CREATE DOMAIN host AS INET;
CREATE DOMAIN scores AS INTEGER[];

CREATE TABLE sets (
    id       BIGINT PRIMARY KEY,
    flags    BOOLEAN[],
    smalls   SMALLINT[],
    numbers  INTEGER[] NOT NULL,
    larges   BIGINT[],
    singles  REAL[],
    doubles  DOUBLE PRECISION[],
    prices   NUMERIC(12, 2)[],
    digits   NUMERIC[],
    words    TEXT[],
    codes    VARCHAR(10)[],
    blobs    BYTEA[],
    days     DATE[],
    clocks   TIME[],
    moments  TIMESTAMP[],
    zoned    TIMESTAMPTZ[],
    idents   UUID[],
    tints    tint[],
    docs     JSONB[],
    spans    INTERVAL[],
    hosts    INET[],
    points   score[],
    better   scores,
    maybe    INTEGER[], -- @c struct schemac_int32_opt_array
    perhaps  UUID[], -- @c struct schemac_uuid_opt_array
    spelled  INTEGER[], -- @c struct schemac_text
    filled   TEXT[] NOT NULL DEFAULT '{a,"b, c"}',
    counted  INTEGER[] NOT NULL DEFAULT ARRAY[1, 2]
);
CREATE INDEX sets_tints ON sets (tints);

-- A row of this has one text, which the handle keeps.
CREATE TABLE tags (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    names TEXT[] NOT NULL UNIQUE,
    note  TEXT,
    more  TEXT[] DEFAULT '{x}'
);

-- Domains and addresses.
CREATE TABLE made (
    id      INTEGER PRIMARY KEY,
    points  score NOT NULL,
    better  better_score,
    cost    price,
    at      day,
    address INET,
    home    host,
    network CIDR
);

CREATE VIEW tinted AS SELECT id, tints, words FROM sets;
