-- ON CONFLICT needs a key, and the new one comes behind the rows.
-- @schema lot
CREATE TABLE versions (version text NOT NULL);
CREATE UNIQUE INDEX versions_one ON versions (version);
