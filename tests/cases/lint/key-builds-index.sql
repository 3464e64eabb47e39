ALTER TABLE cars ADD CONSTRAINT cars_plate UNIQUE (plate);
