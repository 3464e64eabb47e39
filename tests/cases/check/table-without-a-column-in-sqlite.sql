-- @dialect sqlite
CREATE TABLE a ();
