-- @dialect sqlite
CREATE TABLE cars (id INT PRIMARY KEY, plate TEXT);
