CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TABLE b (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT a.id FROM a JOIN b ON a.id = max(b.id);
--                                                   ^^^^^^^^^ S0451
