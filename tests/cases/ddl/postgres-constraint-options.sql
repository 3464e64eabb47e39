CREATE TABLE lots (
    id   integer PRIMARY KEY WITH (fillfactor = 80),
    code text NOT NULL UNIQUE WITH (fillfactor = 60),
    a    integer,
    UNIQUE (a, code) INCLUDE (id) WITH (fillfactor = '50') DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT lots_excl EXCLUDE USING btree (a WITH =) WITH (fillfactor = 40) WHERE (a > 0)
);
