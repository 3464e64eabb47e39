CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT a.id FROM a, (SELECT a.id + 1 AS n) AS s;
--                                           ^^^^ S0303
