-- What MySQL says about storage is told as a note.
CREATE TABLE a (id integer PRIMARY KEY) USING columnar TABLESPACE fast;
CREATE TABLE c (id integer, PRIMARY KEY (id) USING INDEX TABLESPACE fast) USING heap;
CREATE INDEX a_id ON a (id) TABLESPACE fast;
CREATE TABLE b (id integer PRIMARY KEY) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
