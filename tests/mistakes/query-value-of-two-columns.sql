CREATE TABLE a (
    id integer PRIMARY KEY,
    name text
);
CREATE VIEW v AS SELECT (SELECT id, name FROM a) AS x;
--                       ^^^^^^^^^^^^^^^^^^^^^^ S0451
