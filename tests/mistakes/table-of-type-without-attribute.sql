CREATE TYPE c AS (a integer);
CREATE TABLE t OF c (b NOT NULL);
--                   ^ S0304
