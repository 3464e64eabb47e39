CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TABLE b (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT a.id, b.id FROM a JOIN b ON a.id = b.id;
--                            ^^^^ S0302
