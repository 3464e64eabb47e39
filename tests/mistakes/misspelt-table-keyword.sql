CREATE TABEL t (
--     ^^^^^ S0101
    id integer PRIMARY KEY
);
