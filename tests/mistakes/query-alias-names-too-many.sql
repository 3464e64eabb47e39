CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT x.p FROM a AS x (p, q);
--                                          ^ S0451
