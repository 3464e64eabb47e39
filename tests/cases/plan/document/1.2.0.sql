-- @extends 1.1.0
CREATE INDEX vehicles_plate ON vehicles (number_plate);
