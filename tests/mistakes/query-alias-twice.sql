CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT x.id FROM a AS x, a AS x;
--                                        ^^^^^^ S0451
