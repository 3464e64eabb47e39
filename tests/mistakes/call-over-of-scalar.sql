CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL
);
CREATE VIEW v AS SELECT id, upper(name) OVER (ORDER BY id) AS u FROM a;
--                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0450
