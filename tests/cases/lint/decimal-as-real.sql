-- @dialect sqlite
CREATE TABLE payments (
    id    INTEGER PRIMARY KEY,
    price DECIMAL(10,2) NOT NULL
);
