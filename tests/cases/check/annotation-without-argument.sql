CREATE TABLE lots (
    id INTEGER -- @was
);
