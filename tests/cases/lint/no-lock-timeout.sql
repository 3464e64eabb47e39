ALTER TABLE cars ADD COLUMN colour text;
