-- @extends 1.0.0
DROP TABLE notes;
ALTER TABLE vehicles
    ADD COLUMN kind TEXT NOT NULL,  -- @from CASE WHEN number_plate LIKE 'T%' THEN 'truck' ELSE 'car' END
    ADD CONSTRAINT known_kind CHECK (kind IN ('car', 'truck'));

-- @migrate
UPDATE vehicles SET number_plate = upper(number_plate);
-- @end
-- @verify "every plate is in capitals"
SELECT count(*) = 0 FROM vehicles WHERE number_plate <> upper(number_plate);
-- @end
