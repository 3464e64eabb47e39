-- The first takes one more column behind the last, as PostgreSQL does.
CREATE TABLE cars (id integer PRIMARY KEY, plate text, wheels integer);
CREATE VIEW plates (a, b) AS SELECT id, plate FROM cars;
CREATE OR REPLACE VIEW plates AS SELECT id AS a, plate AS b, wheels FROM cars;
CREATE OR REPLACE VIEW plates AS SELECT plate AS b, id AS a, wheels FROM cars;
CREATE OR REPLACE VIEW plates (b) AS SELECT id FROM cars;
