ALTER TABLE cars ADD CONSTRAINT wheels_for_now CHECK (wheels > 0) NOT VALID;
ALTER TABLE cars VALIDATE CONSTRAINT wheels_for_now;
ALTER TABLE cars ADD CONSTRAINT cars_wheels CHECK (wheels > 0);
ALTER TABLE cars DROP CONSTRAINT wheels_for_now;
