CREATE TABLE a (
    id integer PRIMARY KEY,
    name text
);
CREATE VIEW v AS SELECT id FROM a UNION SELECT id FROM a ORDER BY name;
--                                                                ^^^^ S0304
