ALTER TABLE cars ADD COLUMN tag uuid;
ALTER TABLE cars ALTER COLUMN tag SET DEFAULT gen_random_uuid();
