CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TABLE t (
    id integer PRIMARY KEY,
    c colour DEFAULT 'gren'
--                   ^^^^^^ S0406
);
