CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS WITH w (p, q) AS (SELECT id FROM a) SELECT p FROM w;
--                          ^ S0451
