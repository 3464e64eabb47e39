CREATE TABLE a (
    id integer PRIMARY KEY,
    c color
--    ^^^^^ S0308
);
CREATE TYPE colour AS ENUM ('red', 'green');
