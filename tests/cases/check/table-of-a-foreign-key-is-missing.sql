CREATE TABLE vehicles (id INTEGER PRIMARY KEY);
CREATE TABLE payments (
    vehicle_id INTEGER REFERENCES vehicle (id)
);
