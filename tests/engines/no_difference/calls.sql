CREATE TABLE t (id integer, j jsonb, d date, n bigint, v varchar(9), w text);
CREATE INDEX i ON t (jsonb_extract_path_text(j, 'a', 'b'));
CREATE VIEW v AS SELECT date_trunc('month', d) AS month, to_char(d, 'YYYY') AS year,
    to_timestamp(n) AS at, jsonb_extract_path_text(j, w) AS by_column,
    nullif(v, '') AS none, nullif(n, 0) AS zero, w || 'x' AS joined,
    n || ' months' AS months
    FROM t WHERE upper(w)::text = 'A';
CREATE VIEW series AS SELECT n, (n || ' days')::interval AS days
    FROM generate_series(0, 11) AS n;
CREATE VIEW items AS SELECT item FROM t, unnest(ARRAY['a', 'b']) AS x(item) WHERE id = 1;
