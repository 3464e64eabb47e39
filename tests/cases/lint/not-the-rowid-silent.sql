-- @dialect sqlite
CREATE TABLE cars (id INTEGER PRIMARY KEY, plate TEXT);
