-- @schema lot
CREATE TABLE payments (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    price DECIMAL(10,2) NOT NULL
);
