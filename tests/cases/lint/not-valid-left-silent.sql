CREATE TABLE cars (id bigint PRIMARY KEY, wheels integer NOT NULL);
ALTER TABLE cars ADD CONSTRAINT some_wheels CHECK (wheels > 0);
