-- SQLite and MySQL keep a key in its table; on PostgreSQL it is called otherwise.
CREATE TABLE a (x integer CONSTRAINT b PRIMARY KEY, y integer CONSTRAINT c UNIQUE);
CREATE TABLE b (x integer CONSTRAINT c UNIQUE);
