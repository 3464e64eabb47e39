CREATE TABLE a (
    id integer PRIMARY KEY,
    name text DEFAULT 'don't
--                         ^ S0101
    worry',
    other text DEFAULT 'x'
);
CREATE TABLE b (
    id integer PRIMARY KEY,
    name text DEFAULT 'y'
);
