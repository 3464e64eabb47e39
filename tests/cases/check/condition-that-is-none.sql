CREATE TABLE t (
    id   integer PRIMARY KEY,
    name text CHECK (length(name) > 5 AND 7),
    born date CHECK (born),
    note text CHECK (note <> '' OR upper(note)),
    done integer CHECK (done),
    seen boolean CHECK (seen AND NOT 0)
);

CREATE INDEX t_name ON t (id) WHERE name || 'x';
