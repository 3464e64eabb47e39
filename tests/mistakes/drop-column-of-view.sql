CREATE TABLE a (
    id integer PRIMARY KEY,
    code text
);
CREATE VIEW v AS SELECT code FROM a;
ALTER TABLE a DROP COLUMN code;
--                        ^^^^ S0307
