-- @schema cars
CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE cars (
    id    integer PRIMARY KEY AUTOINCREMENT,
    plate text NOT NULL,
    owner integer,
    phone text
);
CREATE INDEX cars_plate ON cars (plate);
CREATE VIEW plates AS SELECT plate FROM cars;
CREATE VIEW short_plates AS SELECT plate FROM plates WHERE length(plate) < 5;
CREATE TABLE log (what text);
CREATE TRIGGER cars_log AFTER UPDATE ON cars BEGIN INSERT INTO log VALUES (new.plate); END;
CREATE TRIGGER log_cars AFTER INSERT ON log BEGIN UPDATE cars SET owner = 1 WHERE id = 0; END;
