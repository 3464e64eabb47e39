ALTER TABLE cars ADD CONSTRAINT wheels_for_now CHECK (wheels > 0) NOT VALID;
ALTER TABLE cars VALIDATE CONSTRAINT wheels_for_now;
ALTER TABLE cars RENAME CONSTRAINT wheels_for_now TO cars_wheels;
