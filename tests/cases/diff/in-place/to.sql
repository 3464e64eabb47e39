-- @schema x
CREATE TABLE t (id integer PRIMARY KEY, a2 text /* @was a */, b text DEFAULT 'x');
CREATE INDEX i ON t (b) WHERE b <> 'x';
