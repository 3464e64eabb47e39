CREATE TABLE a (
    id integer PRIMARY KEY,
    kind integer
);
CREATE TABLE b (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT a.id FROM a JOIN b USING (kind);
--                                                ^^^^ S0304
