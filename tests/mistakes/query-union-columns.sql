CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL
);
CREATE VIEW v AS SELECT id, name FROM a UNION ALL SELECT id FROM a;
--                                                ^^^^^^^^^^^^^^^^ S0451
