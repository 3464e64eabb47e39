CREATE SCHEMA "side one";
CREATE TABLE t (id integer PRIMARY KEY);
