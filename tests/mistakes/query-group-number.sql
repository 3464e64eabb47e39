CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT id FROM a GROUP BY 3;
--                                         ^ S0451
