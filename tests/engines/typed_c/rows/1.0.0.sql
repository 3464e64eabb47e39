-- @schema rows
--
-- Rows that a database begins with: a value of each type, and what only a database knows.

CREATE TYPE tint AS ENUM ('red', 'green', 'blue and grey');
CREATE DOMAIN amount AS INTEGER DEFAULT 5;

CREATE TABLE items (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    flag     BOOLEAN NOT NULL,
    flag_o   BOOLEAN,
    small    SMALLINT NOT NULL,
    small_o  SMALLINT DEFAULT -7,
    large    BIGINT NOT NULL,
    large_o  BIGINT,
    single   REAL NOT NULL,
    twofold  DOUBLE PRECISION,
    money    NUMERIC(18, 2) NOT NULL,
    money_o  NUMERIC(18, 2),
    any_size NUMERIC,
    label    TEXT NOT NULL,
    label_o  VARCHAR(20) DEFAULT 'none',
    code     CHAR(4),
    data     BYTEA NOT NULL,
    day      DATE NOT NULL,
    day_o    DATE DEFAULT '1970-01-01',
    clock    TIME NOT NULL,
    moment   TIMESTAMP NOT NULL,
    zoned    TIMESTAMPTZ,
    ident    UUID NOT NULL,
    ident_o  UUID,
    doc      JSONB,
    paint    tint NOT NULL,
    paint_o  tint DEFAULT 'green',
    state    TEXT NOT NULL CHECK (state IN ('new', 'in use', 'gone')),
    units    amount,
    made_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    half     INTEGER GENERATED ALWAYS AS (small / 2) STORED
);
INSERT INTO items (flag, flag_o, small, large, large_o, single, twofold, money, money_o,
                   any_size, label, code, data, day, clock, moment, zoned, ident, ident_o,
                   doc, paint, state)
VALUES (TRUE, FALSE, -32767, 9223372036854775807, NULL, 0.5, -0.1, -1234.5, 0, 1.50,
        'it''s "x" ??/ \ größe
second line, and so long that no line of the generated file could hold the whole of it',
        'ab', '\x00ff41', '2024-02-29', '23:59:59.25', '1969-12-31 23:59:59',
        '2024-12-31 23:59:59.123456+00', '0b0cb1f6-3a57-4b6e-8d3e-6a1f7a0a3c11',
        'FFFFFFFF-ffff-ffff-ffff-ffffffffffff', '{"a": 1}', 'blue and grey', 'in use'),
       (FALSE, NULL, 0, -1, 7, 3, NULL, 9999999999999999.99, NULL, NULL, '', NULL, '\x',
        '0001-01-01', '00:00:00', '9999-12-31 23:59:59.999999', NULL,
        '00000000-0000-0000-0000-000000000000', NULL, NULL, 'red', 'new');
INSERT INTO items (flag, small, small_o, large, single, money, label, label_o, data, day,
                   day_o, clock, moment, ident, paint, paint_o, state)
VALUES (TRUE, 1, NULL, 0, 1.25, 0.01, '?', NULL, '\x', '1900-03-01', NULL, '12:00:00',
        '2000-01-01 00:00:00', '00000000-0000-0000-0000-000000000001', 'green', NULL,
        'gone');

-- Nothing but what the database counts and says itself; and one that is NULL.
CREATE TABLE only_counted (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO only_counted (at) VALUES (CURRENT_TIMESTAMP);

-- Arrays, as a list and as text; one is NULL, one empty, and one no constant anywhere.
CREATE TABLE lists (
    id      INTEGER PRIMARY KEY,
    flags   BOOLEAN[] NOT NULL,
    numbers BIGINT[] DEFAULT '{1,-2}',
    prices  NUMERIC(8, 2)[],
    reals   REAL[],
    words   TEXT[] NOT NULL DEFAULT ARRAY['a', 'b'],
    days    DATE[],
    moments TIMESTAMP[],
    idents  UUID[],
    blobs   BYTEA[],
    tints   tint[],
    deep    INTEGER[][],
    others  JSONB[]
);
INSERT INTO lists VALUES
    (1, '{t,f}', '{9223372036854775807,-9223372036854775807}', '{1.5,-0.05}', '{0.5,-3}',
     '{a,"b, \"c\"",NULL,"NULL", d}', '{2024-02-29}', '{"2024-12-31 23:59:59.5"}',
     '{0B0CB1F6-3A57-4B6E-8D3E-6A1F7A0A3C11}', '{"\\x00ff"}', '{red,NULL,"blue and grey"}',
     NULL, NULL),
    (2, '{}', NULL, NULL, ARRAY[1.25], ARRAY['x', NULL, 'it''s'], NULL, NULL, NULL, NULL,
     '{}', NULL, '{}');
INSERT INTO lists (id, flags, tints) VALUES (3, ARRAY[true], '{green}');

CREATE TABLE nothing (id INTEGER PRIMARY KEY, what TEXT);
INSERT INTO nothing VALUES (1, NULL), (2, NULL);

-- Names that the constants have, too.
CREATE TABLE nothing_initial (id INTEGER PRIMARY KEY);

CREATE VIEW loose AS SELECT label, paint FROM items;

-- What the structs say about keys and comments.
CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
CREATE TABLE uses (
    id   INTEGER PRIMARY KEY,
    mine INTEGER,
    your INTEGER,
    FOREIGN KEY (your, mine) REFERENCES pairs (b, a)
);
CREATE UNIQUE INDEX pairs_turned ON pairs (b, a);
COMMENT ON TABLE uses IS 'Who "uses" a pair, and a comment so long that it needs a second line of C';
COMMENT ON COLUMN uses.your IS 'the other half';
