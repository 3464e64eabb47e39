CREATE TABLE cars (id integer PRIMARY KEY, plate text DEFAULT 'none');
CREATE UNIQUE INDEX plates ON cars (plate) WHERE plate IS NOT NULL;
