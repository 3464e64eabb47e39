CREATE TABLE rates (
    id    bigint PRIMARY KEY,
    kind  text NOT NULL,
    until date,
    UNIQUE (kind, until)
);
