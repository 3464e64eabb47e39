CREATE DOMAIN places.code AS text;
CREATE TABLE goods (code places.code);
CREATE VIEW places.code AS SELECT code FROM goods;
--          ^^^^^^^^^^^ S0301
