-- @schema people
CREATE TABLE people (id integer PRIMARY KEY, name text);
CREATE TABLE pets (id integer PRIMARY KEY);
CREATE VIEW names AS SELECT name FROM people;
COMMENT ON TABLE people IS 'whom we know';
COMMENT ON COLUMN people.name IS 'as they say it';
COMMENT ON COLUMN people.id IS 'counts';
COMMENT ON TABLE pets IS 'animals';
COMMENT ON VIEW names IS 'names';
