CREATE TABLE people (
    id    integer PRIMARY KEY,
    code  text,
    phone text,
    boss  integer REFERENCES people (id),
    UNIQUE NULLS NOT DISTINCT (code)
);
CREATE TABLE bills (
    id    integer PRIMARY KEY,
    owner integer REFERENCES people (id),
    code  text REFERENCES people (code)
);
