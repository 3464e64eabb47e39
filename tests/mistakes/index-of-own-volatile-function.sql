CREATE FUNCTION key_of(p text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN lower(p);
END $$;
CREATE TABLE a (
    name text NOT NULL
);
CREATE INDEX i ON a (key_of(name));
--                   ^^^^^^^^^^^^ S0407
