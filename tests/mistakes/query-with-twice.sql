CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS WITH x AS (SELECT id FROM a), x AS (SELECT id FROM a) SELECT id FROM x;
--                                             ^^^^^^^^^^^^^^^^^^^^^^^ S0451
