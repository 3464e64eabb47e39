CREATE TYPE c AS (a integer);
CREATE TABLE t OF c;
--           ^ S0441
ALTER TYPE c ADD ATTRIBUTE b text;
