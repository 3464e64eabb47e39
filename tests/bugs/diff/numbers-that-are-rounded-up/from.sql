-- @schema lot
CREATE TABLE t (
    id integer PRIMARY KEY,
    a numeric(4,2),
    b double precision,
    c numeric(4,2)
);
