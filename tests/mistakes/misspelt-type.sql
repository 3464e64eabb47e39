CREATE TABLE t (
    id intger PRIMARY KEY
--     ^^^^^^ S0308
);
