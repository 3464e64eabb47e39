CREATE TABLE vehicles (id integer PRIMARY KEY, name text DEFAULT 'none);
CREATE TABLE other (id integer PRIMARY KEY, v_id integer REFERENCES nothing (id));
