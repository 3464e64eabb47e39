CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE TABLE u (id integer PRIMARY KEY, a text);
