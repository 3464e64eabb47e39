ALTER TABLE cars ADD COLUMN number_plate text;
