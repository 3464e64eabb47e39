CREATE TABLE vehicles (id integer PRIMARY KEY);
CREATE TABLE logs (entity_id text REFERENCES vehicles (id));
