CREATE TABLE cars (
    id integer PRIMARY KEY,
    plate text,
    wheels integer
);
CREATE VIEW plates (a, b) AS SELECT id, plate FROM cars;
CREATE OR REPLACE VIEW plates AS SELECT id AS a, plate AS b, wheels FROM cars;
CREATE OR REPLACE VIEW plates (a) AS SELECT id FROM cars;
--                     ^^^^^^ S0425
