ALTER TABLE cars ADD COLUMN tag uuid DEFAULT gen_random_uuid();
