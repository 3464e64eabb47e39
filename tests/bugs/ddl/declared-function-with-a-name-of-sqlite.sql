-- @schema lot
CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a + 1 $$;
CREATE TABLE a (
    id integer PRIMARY KEY,
    b  integer DEFAULT total(1),
    CHECK (total(b) > 0)
);
CREATE VIEW v AS SELECT total(b) AS t FROM a;
