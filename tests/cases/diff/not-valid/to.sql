-- t_a holds already; t_b is checked from now on; t_c asks no row that is there.
CREATE TABLE t (
    id integer PRIMARY KEY,
    a  integer,
    b  integer CONSTRAINT t_b CHECK (b > 0),
    c  integer
);
ALTER TABLE t ADD CONSTRAINT t_a CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT t_c CHECK (c > 0) NOT VALID;
