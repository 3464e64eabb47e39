-- @schema lot
CREATE TABLE t (
    id integer PRIMARY KEY,
    a numeric(3,1),
    b real,
    c numeric(5,2)
);
