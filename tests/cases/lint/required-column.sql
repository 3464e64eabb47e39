ALTER TABLE cars ADD COLUMN doors integer NOT NULL;
