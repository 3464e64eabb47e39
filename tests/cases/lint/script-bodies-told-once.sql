-- Nothing in this one that a rule would be asked about.
DO $$ BEGIN
    PERFORM 1; -- create or drop nothing
END $$;
CREATE FUNCTION clear() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''DROP TABLE x''; END';
DO 'BEGIN alter table y ADD COLUMN z int; END';
DO $$ BEGIN DROP TABLE y; END $$;
