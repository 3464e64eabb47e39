-- @extends 1.0.0
CREATE UNIQUE INDEX plates ON cars (upper_plate);
