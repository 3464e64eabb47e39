-- @extends 1.0.0
ALTER TABLE vehicles
    ADD COLUMN kind TEXT NOT NULL,  -- @from CASE WHEN number_plate LIKE 'T%' THEN 'truck' ELSE 'car' END
    ADD COLUMN spot TEXT NOT NULL,
    ADD CONSTRAINT known_kind CHECK (kind IN ('car', 'truck'));

-- @migrate
UPDATE vehicles SET spot = 'A' || id;
-- @end
-- @rollback
UPDATE vehicles SET number_plate = number_plate || ' ' || spot;
-- @end
-- @verify "every vehicle has a spot"
SELECT count(*) = 0 FROM vehicles WHERE spot IS NULL;
-- @end
