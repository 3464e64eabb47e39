CREATE VIEW plates AS SELECT id, plate FROM cars;
CREATE OR REPLACE VIEW plates AS SELECT id, plate, wheels FROM cars;
