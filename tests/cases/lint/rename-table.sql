ALTER TABLE cars RENAME TO vehicles;
