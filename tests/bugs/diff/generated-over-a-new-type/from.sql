-- The server changes no type while a generated column reads it.
-- @schema lot
CREATE TABLE t (
    id integer PRIMARY KEY,
    a  integer,
    b  integer,
    c  integer,
    gone bigint GENERATED ALWAYS AS (a + 1) STORED,
    kept bigint GENERATED ALWAYS AS (b + 1) STORED
);
