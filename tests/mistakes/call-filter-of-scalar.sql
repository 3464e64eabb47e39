CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL
);
CREATE VIEW v AS SELECT lower(name) FILTER (WHERE id > 1) AS u FROM a;
--                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0450
