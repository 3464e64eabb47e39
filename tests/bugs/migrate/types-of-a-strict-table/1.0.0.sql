CREATE TABLE sets (
    id integer PRIMARY KEY,
    a date, b boolean NOT NULL, c text, d timestamp
) STRICT;
