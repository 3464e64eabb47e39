-- @schema notes
CREATE TABLE notes (id BIGINT PRIMARY KEY, owner TEXT);
-- @only postgres
ALTER TABLE notes ALTER COLUMN owner SET NOT NULL;
ALTER TABLE notes RENAME COLUMN owner TO author; -- @only sqlite
