CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN code AS text;
CREATE TYPE pair AS (x integer);
