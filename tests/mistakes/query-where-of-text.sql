CREATE TABLE a (
    id integer PRIMARY KEY,
    name text
);
CREATE VIEW v AS SELECT id FROM a WHERE name;
--                                      ^^^^ S0422
