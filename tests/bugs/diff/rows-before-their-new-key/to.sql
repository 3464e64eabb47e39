-- @schema lot
CREATE TABLE versions (version text PRIMARY KEY, note text);
INSERT INTO versions (version, note) VALUES ('1', 'first'), ('2', 'second');
