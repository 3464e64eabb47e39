CREATE TABLE t (
    id integer PRIMARY KEY,
    ok boolean DEFAULT 'maybe'
--                     ^^^^^^^ S0406
);
