CREATE TABLE a (
    name text NOT NULL,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT name, max(price) AS most FROM a;
--                      ^^^^ S0451
