CREATE TABLE lots (
    name TEXT DEFAULT 'abc
);
