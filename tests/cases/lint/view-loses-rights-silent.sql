DROP VIEW plates;
CREATE VIEW plates AS SELECT id, plate FROM cars;
GRANT SELECT ON plates TO PUBLIC;
