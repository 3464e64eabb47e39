-- Comments and strings of a program change nothing, and quoted names are no words.
CREATE TABLE t (id integer, "drop" text);
DO $$
BEGIN
    -- create the first row, never drop it
    INSERT INTO t (id, "drop") VALUES (1, 'alter');
END $$;
DO $$ BEGIN EXECUTE 'CREATE TABLE u (id integer)'; END $$;
