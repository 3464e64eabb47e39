SET lock_timeout = '1s';
-- Rights come back with a GRANT on all.
DROP VIEW one;
CREATE VIEW one AS SELECT id FROM cars;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
-- Made here, so that nobody had a right to it.
CREATE VIEW two AS SELECT id, plate AS number FROM cars;
DROP VIEW two;
CREATE VIEW two AS SELECT plate AS number, id FROM cars;
CREATE OR REPLACE VIEW two (number, id, more) AS SELECT id, upper(plate), 1 FROM cars;
-- Behind the GRANT on all.
DROP MATERIALIZED VIEW IF EXISTS three;
CREATE MATERIALIZED VIEW three AS SELECT * FROM cars;
-- A column less; and a name that the script does not tell.
CREATE VIEW four AS SELECT id, plate || '' FROM cars;
CREATE OR REPLACE VIEW four AS SELECT id, upper(plate) FROM cars;
CREATE OR REPLACE VIEW four AS SELECT id FROM cars;
