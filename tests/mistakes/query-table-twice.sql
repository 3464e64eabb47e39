CREATE TABLE a (
    id integer PRIMARY KEY,
    other integer
);
CREATE VIEW v AS SELECT a.id FROM a JOIN a ON a.id = a.other;
--                                       ^ S0451
