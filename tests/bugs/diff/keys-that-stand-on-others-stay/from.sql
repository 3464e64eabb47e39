CREATE TABLE people (
    id    integer PRIMARY KEY,
    code  text UNIQUE,
    phone text UNIQUE,
    boss  integer REFERENCES people (id)
);
CREATE TABLE bills (
    id    integer PRIMARY KEY,
    owner integer REFERENCES people (id),
    code  text REFERENCES people (code)
);
