CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS WITH RECURSIVE x AS (SELECT id FROM x) SELECT id FROM x;
--                                                   ^ S0451
