-- Text that is kept says "OLD" in a string and in other names only: the rename is taken.
CREATE TABLE t (id integer, old integer, "Old" integer);
CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC
    SELECT count("Old") FROM t WHERE 'old' <> 'x';
END;
ALTER TABLE t RENAME COLUMN old TO fresh;
