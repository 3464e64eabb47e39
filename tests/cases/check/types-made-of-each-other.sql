CREATE DOMAIN above AS a;
CREATE DOMAIN a AS b;
CREATE DOMAIN b AS a;
CREATE TYPE pair AS (n integer, more pair[]);
CREATE TABLE t (x a DEFAULT '1');
