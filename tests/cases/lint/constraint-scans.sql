ALTER TABLE cars ADD CONSTRAINT cars_owner FOREIGN KEY (owner_id) REFERENCES owners (id);
