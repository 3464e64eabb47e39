CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    price numeric(12, 2) -- @lint off float-money "it was a float"
);
