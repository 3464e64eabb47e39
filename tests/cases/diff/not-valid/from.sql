CREATE TABLE t (
    id integer PRIMARY KEY,
    a  integer CONSTRAINT t_a CHECK (a > 0),
    b  integer,
    c  integer
);
ALTER TABLE t ADD CONSTRAINT t_b CHECK (b > 0) NOT VALID;
