CREATE TABLE t (
    a integer,
    c text NOT NULL,
    b text,
    d integer GENERATED ALWAYS AS (a + 1) VIRTUAL CHECK (d > 0),
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
