-- @schema x
CREATE TABLE t (a int, b int, gone int, more int);
-- Above the only action: its column's.
-- @from a + 1
ALTER TABLE t ADD COLUMN c int NOT NULL;
-- @back c - 1
ALTER TABLE t DROP COLUMN gone;

-- Of two it is not said which.
-- @touch
ALTER TABLE t ADD COLUMN d timestamp, ADD COLUMN e timestamp;
-- Two in one comment.
ALTER TABLE t
    -- @from 3 @back 4
    ADD COLUMN f int;
-- What says nothing there.
ALTER TABLE t
    -- @from 3
    ALTER COLUMN a SET STATISTICS 100;
ALTER TABLE t DROP CONSTRAINT IF EXISTS k; -- @touch
ALTER TABLE t DROP COLUMN more; -- @from 3
-- Of what is there, twice, and of nothing.
-- @back a = 3
CREATE TABLE u (a int);
-- @back z = 3
-- @back z = 4
-- @back 5
CREATE TABLE v (a int);
