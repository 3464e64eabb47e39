CREATE TABLE visits (
    id      bigint PRIMARY KEY,
    entered timestamp NOT NULL
);
