ALTER TABLE cars ALTER COLUMN wheels TYPE bigint;
