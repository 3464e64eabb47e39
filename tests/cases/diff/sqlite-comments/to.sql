-- @schema people
CREATE TABLE persons ( -- @was people
    id integer PRIMARY KEY,
    name text
);
CREATE TABLE pets (id integer PRIMARY KEY);
CREATE VIEW names AS SELECT name FROM persons;
COMMENT ON TABLE persons IS 'whom we know';
COMMENT ON COLUMN persons.name IS 'as we say it';
COMMENT ON TABLE pets IS 'dogs and cats';
COMMENT ON COLUMN names.name IS 'of a person';
