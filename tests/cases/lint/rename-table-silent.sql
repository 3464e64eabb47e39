CREATE VIEW vehicles AS SELECT id, plate FROM cars;
