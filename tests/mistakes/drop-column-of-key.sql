CREATE TABLE a (
    id integer PRIMARY KEY,
    code text UNIQUE
);
CREATE TABLE b (
    id integer PRIMARY KEY,
    code text REFERENCES a (code)
);
ALTER TABLE a DROP COLUMN code;
--                        ^^^^ S0307
