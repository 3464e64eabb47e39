-- @schema odd
CREATE TABLE "a|b" (id integer PRIMARY KEY);
