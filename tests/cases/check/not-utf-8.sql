CREATE TABLE lots (
    name TEXT DEFAULT 'Zoë'
);
