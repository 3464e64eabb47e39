CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE cars (id integer PRIMARY KEY, owner integer REFERENCES owners (id));
-- @migrate
INSERT INTO owners (id) SELECT DISTINCT owner FROM cars WHERE owner < 10;
-- @end
