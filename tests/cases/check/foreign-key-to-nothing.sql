CREATE TABLE vehicles (id integer PRIMARY KEY);
CREATE TABLE payments (id integer PRIMARY KEY, vehicle_id integer REFERENCES vehicle (id));
