CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TABLE b (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT id FROM a JOIN b ON a.id = b.id;
--                      ^^ S0306
