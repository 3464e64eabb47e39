CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT id FROM a ORDER BY 2;
--                                         ^ S0451
