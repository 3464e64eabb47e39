CREATE TABLE prices (
    id    integer PRIMARY KEY,
    price numeric(5, 1001)
--        ^^^^^^^^^^^^^^^^ S0405
);
