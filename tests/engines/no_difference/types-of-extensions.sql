CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION ltree;
CREATE EXTENSION pgcrypto;
CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION intarray;
CREATE EXTENSION fuzzystrmatch;
CREATE TABLE t (
    id uuid DEFAULT uuid_generate_v4(), x text, k varchar(9), l ltree, i integer[],
    h hstore DEFAULT '', g hstore DEFAULT ' bb =>NULL, "a"=>"1"',
    f hstore DEFAULT ''::hstore,
    CHECK (h ? 'a'), CHECK (h -> 'a' = 'b'), CHECK (h @> 'a=>1'), CHECK (exist(h, 'a')),
    CHECK (h @> 'a=>1'::hstore), CHECK (h ?& ARRAY['a', 'b']),
    CHECK (x % 'abc'), CHECK (similarity(x, k) > 0.1), CHECK (x <-> 'q' < 0.5),
    CHECK (l <@ 'a.b'), CHECK (nlevel(l) > 1), CHECK (l = 'a'), CHECK (i && ARRAY[1, 2]),
    CHECK (i @> '{1}'), CHECK (encode(digest(x, 'sha256'), 'hex') <> ''),
    CHECK (levenshtein(x, 'q') > 1));
CREATE INDEX ON t USING gin (x gin_trgm_ops);
CREATE INDEX ON t USING gin (h);
CREATE INDEX ON t ((h -> 'a'));
CREATE VIEW v AS SELECT h -> 'a' AS a FROM t
    WHERE h ? 'a' AND h -> 'a' IN ('q') AND l <@ 'a' AND x % 'q';
