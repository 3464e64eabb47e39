CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TABLE b (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT b.id FROM a;
--                      ^^^^ S0303
