CREATE TABLE visits (
    id      bigint PRIMARY KEY,
    entered timestamptz NOT NULL
);
