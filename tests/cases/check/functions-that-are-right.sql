-- Types and functions that are there though nothing here declares them, or only later.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN new;
END $$;
CREATE FUNCTION first_of(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1]';
CREATE TABLE item (
    id integer PRIMARY KEY,
    name text NOT NULL,
    words tsvector
);
CREATE TYPE pair AS (
    x integer,
    y integer
);
CREATE VIEW names AS SELECT name FROM item;
CREATE FUNCTION of_row(p item, q item[], r names, s pair) RETURNS SETOF item
LANGUAGE sql AS 'SELECT * FROM item';
CREATE FUNCTION of_column(p item.name%TYPE) RETURNS item.id%TYPE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION of_server(p regclass, q pg_class, r information_schema.sql_identifier)
RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE TRIGGER item_touch BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER item_words BEFORE INSERT ON item FOR EACH ROW
EXECUTE FUNCTION tsvector_update_trigger(words, 'pg_catalog.english', name);
CREATE TRIGGER item_same BEFORE UPDATE ON item FOR EACH ROW
EXECUTE PROCEDURE suppress_redundant_updates_trigger();
CREATE EVENT TRIGGER noted ON ddl_command_end EXECUTE FUNCTION noted();
