CREATE TABLE lots (
    id integer PRIMARY KEY,
);
