-- @schema x
CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
CREATE TABLE t (id integer PRIMARY KEY, m mood);
