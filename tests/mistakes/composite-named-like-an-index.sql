CREATE TABLE goods (code text);
CREATE INDEX goods_code ON goods (code);
CREATE TYPE goods_code AS (code text);
--          ^^^^^^^^^^ S0301
