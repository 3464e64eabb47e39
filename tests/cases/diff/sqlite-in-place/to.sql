-- @schema cars
CREATE TABLE cars (
    id      integer PRIMARY KEY,
    number  text NOT NULL,  -- @was plate
    blocked boolean NOT NULL DEFAULT false,
    owner   integer REFERENCES owners (id),
    initial text  -- @from substr(plate, 1, 1)
);
CREATE TABLE owners (id integer PRIMARY KEY);
CREATE VIEW plates AS SELECT id, number AS plate FROM cars;
CREATE UNIQUE INDEX cars_number ON cars (number);
