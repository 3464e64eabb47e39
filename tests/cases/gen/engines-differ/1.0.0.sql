-- @schema clock
CREATE TABLE alarms (
    id   INTEGER PRIMARY KEY,
    at   TIMESTAMP NOT NULL, -- @type sqlite: INTEGER
    note TEXT
);
ALTER TABLE alarms ADD COLUMN rowish TEXT; -- @only sqlite
ALTER TABLE alarms ADD COLUMN must TEXT NOT NULL; -- @only postgres
