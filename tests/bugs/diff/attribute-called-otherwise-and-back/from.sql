CREATE TYPE pair AS (
    a integer,
    "Other" text
);
CREATE TABLE t (id integer PRIMARY KEY, p pair);
CREATE VIEW v AS SELECT (t.p).a AS a FROM t;
