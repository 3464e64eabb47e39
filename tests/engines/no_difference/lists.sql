CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (
    a text CHECK (a IN ('x'::text, 'y'::text)),
    b varchar(9) CHECK (b IN ('x'::text, 'y'::text)),
    c varchar(9) CHECK (c NOT IN ('x'::varchar, 'y'::varchar)),
    d kind CHECK (d IN ('a'::kind, 'b'::kind)),
    e text CHECK (upper(e::text) IN ('M'::text, 'F'::text)),
    f text CHECK (f IN (a, b::text)));
CREATE INDEX i ON t (a) WHERE d IN ('a'::kind, 'b'::kind) AND a IS NOT NULL;
