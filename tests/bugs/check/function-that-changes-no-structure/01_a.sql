-- "CREATE" of the function's own statement was taken for what it does.
CREATE TABLE t (id integer);
CREATE FUNCTION fill() RETURNS void LANGUAGE sql AS 'INSERT INTO t VALUES (1)';
SELECT fill();
CREATE FUNCTION grow() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE t ADD COLUMN more integer;
END $$;
SELECT grow();
