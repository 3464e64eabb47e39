-- @schema notes
CREATE TABLE log (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text, id bigint);
CREATE TABLE notes (
    id integer PRIMARY KEY,
    amount text,
    note text,
    -- @touch
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE FUNCTION log_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (what, id) VALUES (TG_NAME, NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER "every ""write""" AFTER INSERT OR UPDATE ON notes
    FOR EACH ROW EXECUTE FUNCTION log_notes();
CREATE TRIGGER large AFTER UPDATE ON notes
    FOR EACH ROW WHEN (length(NEW.note) > 3 OR OLD.note IS NULL) EXECUTE FUNCTION log_notes();
ALTER TABLE notes ENABLE ALWAYS TRIGGER large;
CREATE FUNCTION log_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (what) SELECT 'statement' FROM new_rows LIMIT 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER statements AFTER UPDATE ON notes REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION log_statement();
