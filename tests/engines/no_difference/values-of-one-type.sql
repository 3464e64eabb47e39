CREATE TABLE t (
    c varchar(10),
    g text GENERATED ALWAYS AS (coalesce(coalesce(c, 'none'), NULL)) STORED,
    h text GENERATED ALWAYS AS (coalesce(upper(c), NULL)) STORED);
