CREATE DOMAIN price AS numeric CHECK (VALUE > 0);
CREATE TYPE info AS (name text, amount price, count integer);
CREATE TABLE t (id integer, i info);
CREATE VIEW v AS SELECT (i).name AS name FROM t
    WHERE (i).amount > 0 AND (i).name = 'x' AND (i).count = 1;
