-- @schema garage
-- @extends 1.0.0

ALTER TABLE cars DROP COLUMN doors;
ALTER TABLE cars ALTER COLUMN plate TYPE varchar(8);
ALTER TABLE cars ADD COLUMN wheels integer NOT NULL;
