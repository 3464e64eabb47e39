-- @schema cars
CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE cars (
    id    integer PRIMARY KEY AUTOINCREMENT,
    number text NOT NULL UNIQUE,  -- @was plate
    owner integer REFERENCES owners (id) ON DELETE SET NULL,
    kind  text NOT NULL  -- @from CASE WHEN plate LIKE 'T%' THEN 'truck' ELSE 'car' END
);
CREATE INDEX cars_plate ON cars (number);
CREATE VIEW plates AS SELECT number AS plate FROM cars;
CREATE VIEW short_plates AS SELECT plate FROM plates WHERE length(plate) < 5;
CREATE TABLE log (what text);
CREATE TRIGGER cars_log AFTER UPDATE ON cars BEGIN INSERT INTO log VALUES (new.number); END;
CREATE TRIGGER log_cars AFTER INSERT ON log BEGIN UPDATE cars SET owner = 1 WHERE id = 0; END;
