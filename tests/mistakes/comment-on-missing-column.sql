CREATE TABLE a (
    id integer PRIMARY KEY
);
COMMENT ON COLUMN a.code IS 'the code';
--                ^^^^^^ S0304
