-- @schema test
CREATE TABLE vehicles (
    id integer PRIMARY KEY AUTOINCREMENT,
    plate varchar(20) NOT NULL UNIQUE,
    kind text NOT NULL -- @from CASE WHEN plate LIKE 'T%' THEN 'truck' ELSE 'car' END
);
CREATE TABLE payments (id integer PRIMARY KEY, vehicle_id integer NOT NULL REFERENCES vehicles (id), note text);
CREATE INDEX payments_vehicle ON payments (vehicle_id);
