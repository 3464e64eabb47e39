CREATE TABLE rates (
    id    bigint PRIMARY KEY,
    kind  text NOT NULL,
    until date,
    UNIQUE NULLS NOT DISTINCT (kind, until)
);
