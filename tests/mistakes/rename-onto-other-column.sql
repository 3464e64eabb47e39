CREATE TABLE a (
    id integer PRIMARY KEY,
    x text,
    y text
);
ALTER TABLE a RENAME COLUMN x TO y;
--            ^^^^^^^^^^^^^^^^^^^^ S0302
