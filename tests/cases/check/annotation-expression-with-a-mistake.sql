CREATE TABLE lots (
    id INTEGER -- @from 1 +
);
