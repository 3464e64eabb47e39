-- @dialect sqlite
CREATE TABLE a (id INTEGER);
