-- @schema lot
CREATE TABLE t (
    id integer PRIMARY KEY,
    a  bigint,
    b  bigint,
    c  bigint,
    kept bigint,
    come bigint GENERATED ALWAYS AS (c + 1) STORED
);
