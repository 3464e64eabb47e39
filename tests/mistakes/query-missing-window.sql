CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT count(*) OVER w AS n FROM a WINDOW v AS (ORDER BY id);
--                                    ^ S0305
