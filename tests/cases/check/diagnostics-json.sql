-- @schema lot
CREATE TABLE vehicles (id integer PRIMARY KEY, plate text);
CREATE TABLE vehicles (id integer PRIMARY KEY);
CREATE TABLE "Plätze 表" (id integer PRIMARY KEY,	vehicle_id integer REFERENCES vehicle (id));
CREATE INDEX i ON vehicles (plaet);
