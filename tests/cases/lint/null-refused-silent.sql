ALTER TABLE cars ADD COLUMN state text;
