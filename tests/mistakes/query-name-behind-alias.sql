CREATE TABLE long_name (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT long_name.id FROM long_name AS n;
--                      ^^^^^^^^^^^^ S0303
