ALTER TABLE cars RENAME COLUMN plate TO number_plate;
