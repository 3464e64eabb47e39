CREATE TABLE a (
    id integer DEFAULT (SELECT 1)
--                      ^^^^^^^^ S0406
);
