ALTER TABLE cars ADD COLUMN wheels_wide bigint;
