CREATE TYPE pair AS (
    -- @was a
    first integer,
    "OTHER" text, -- @was "Other"
    third date
);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
CREATE VIEW v AS SELECT (t.p).first AS a FROM t;
