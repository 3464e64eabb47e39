-- @dialect sqlite
CREATE VIRTUAL TABLE f USING fts5(a);
CREATE INDEX i ON f (a);
--                ^ S0440
