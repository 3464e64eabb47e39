CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE b (
    id integer PRIMARY KEY,
    a integer NOT NULL REFERENCES a,
    price integer NOT NULL
);
CREATE VIEW v AS
SELECT a.name, b.price
--             ^^^^^^^ S0451
FROM a JOIN b ON b.a = a.id
GROUP BY a.id;
