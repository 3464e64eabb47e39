CREATE TABLE payments (
    id    bigint PRIMARY KEY,
    price double precision NOT NULL
);
