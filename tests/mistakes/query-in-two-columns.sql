CREATE TABLE a (
    id integer PRIMARY KEY,
    name text
);
CREATE VIEW v AS SELECT id FROM a WHERE id IN (SELECT id, name FROM a);
--                                             ^^^^^^^^^^^^^^^^^^^^^^ S0451
