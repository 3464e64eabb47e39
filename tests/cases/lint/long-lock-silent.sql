CREATE TABLE stays (
    id   bigint PRIMARY KEY,
    days int4range NOT NULL
);
