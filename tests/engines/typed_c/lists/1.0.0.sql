-- @schema lists
--
-- A key of one column of each type, and keys that give no list.

CREATE TYPE tint AS ENUM ('red', 'green', 'blue and grey');
CREATE DOMAIN positive AS BIGINT CHECK (VALUE > 0);

CREATE TABLE owners (
    id INTEGER PRIMARY KEY AUTOINCREMENT
);

CREATE TABLE things (
    id       BIGINT PRIMARY KEY,
    flag     BOOLEAN NOT NULL,
    small    SMALLINT,
    medium   INTEGER NOT NULL,
    large    BIGINT,
    ranked   positive,
    single   REAL,
    twofold  DOUBLE PRECISION,
    money    NUMERIC(18, 2) NOT NULL,
    huge     NUMERIC(30, 5),
    label    TEXT UNIQUE,
    short    VARCHAR(20) NOT NULL,
    padded   CHAR(4),
    data     BYTEA,
    day      DATE,
    clock    TIME,
    moment   TIMESTAMP NOT NULL,
    zoned    TIMESTAMPTZ,
    ident    UUID NOT NULL UNIQUE,
    doc      JSONB,
    address  INET,
    paint    tint,
    state    TEXT CHECK (state IN ('new', 'in use', 'gone')),
    marks    INTEGER[],
    owner_id INTEGER REFERENCES owners (id),
    a        INTEGER,
    a_list   INTEGER
);
CREATE INDEX things_flag ON things (flag);
CREATE INDEX things_small ON things (small);
CREATE INDEX things_medium ON things (medium);
CREATE INDEX things_large ON things (large);
CREATE INDEX things_ranked ON things (ranked);
CREATE INDEX things_single ON things (single);
CREATE INDEX things_twofold ON things (twofold);
CREATE INDEX things_money ON things (money);
CREATE INDEX things_huge ON things (huge);
CREATE INDEX things_short ON things (short);
CREATE INDEX things_padded ON things (padded);
CREATE INDEX things_data ON things (data);
CREATE INDEX things_day ON things (day);
CREATE INDEX things_clock ON things (clock);
CREATE INDEX things_moment ON things (moment);
CREATE INDEX things_zoned ON things (zoned);
CREATE INDEX things_doc ON things (doc);
CREATE INDEX things_address ON things (address);
CREATE INDEX things_paint ON things (paint);
CREATE INDEX things_state ON things (state);
CREATE INDEX things_marks ON things (marks);
CREATE INDEX things_owner ON things (owner_id);
CREATE INDEX things_two ON things (medium, small);
-- The list of `a` and the cursor of `a_list` would have one name.
CREATE INDEX things_a ON things (a);
CREATE INDEX things_a_list ON things (a_list);

-- By texts, and by a name that a table function of the library might take.
CREATE TABLE words (
    word TEXT PRIMARY KEY,
    list INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE pairs (
    a INTEGER,
    b INTEGER,
    PRIMARY KEY (a, b)
);

-- @append_only
CREATE TABLE log (
    id   INTEGER PRIMARY KEY,
    what TEXT NOT NULL
);
