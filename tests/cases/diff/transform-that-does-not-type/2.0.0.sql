-- @schema ty
-- @back u = (d + 1)
CREATE TABLE t (
    id int PRIMARY KEY, c text, d int,
    e bigint, -- @back e * 2
    f boolean,
    g int NOT NULL, -- @from now()
    h int NOT NULL, -- @from c
    i text NOT NULL, -- @from length(c)
    j int NOT NULL, -- @from e + 1
    k boolean NOT NULL, -- @from d
    l timestamp NOT NULL, -- @from d
    m int NOT NULL, -- @from CASE WHEN d = 1 AND c THEN 1 ELSE 2 END
    n int NOT NULL, -- @from (SELECT max(b) FROM old)
    o timestamp NOT NULL, -- @from '2024-01-01'
    p interval NOT NULL -- @from now() - e
);
-- @was old
CREATE TABLE new (
    x bigint, -- @was a
    y date, -- @from upper(b)
    z date -- @from a
);
