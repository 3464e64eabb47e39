CREATE TABLE sets (
    id integer PRIMARY KEY,
    a timestamp, b text, c boolean, d date
) STRICT;
