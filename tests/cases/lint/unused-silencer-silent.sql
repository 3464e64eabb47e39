CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    price real -- @lint off float-money "an estimate"
);
