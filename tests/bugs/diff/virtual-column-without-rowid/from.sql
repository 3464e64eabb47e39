CREATE TABLE t (
    a integer,
    c text NOT NULL,
    b text,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
