CREATE TABLE a (
    id integer PRIMARY KEY,
    name text DEFAULT 'O'Brien',
--                       ^^^^^ S0101
    other text DEFAULT 'x'
);
CREATE TABLE b (
    id integer PRIMARY KEY,
    name text DEFAULT 'y'
);
CREATE VIEW v AS SELECT a.name || '!' AS loud FROM a JOIN b ON b.name = 'z' || a.name;
