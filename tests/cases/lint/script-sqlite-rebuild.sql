BEGIN;
CREATE TABLE cars_new (id integer PRIMARY KEY, plate text NOT NULL);
INSERT INTO cars_new (id, plate) SELECT id, plate FROM cars;
DROP TABLE cars;
ALTER TABLE cars_new RENAME TO cars;
DROP TABLE cars_log;
COMMIT;
