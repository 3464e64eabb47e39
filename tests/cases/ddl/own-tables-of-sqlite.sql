-- @schema lot
-- Tables that schemac makes for itself are in no description of a database.
CREATE TABLE schemac_history (id INTEGER PRIMARY KEY);
CREATE TABLE Schemac_Kept_1_0 (id INTEGER PRIMARY KEY);
CREATE TABLE schemac_keptsake (id INTEGER PRIMARY KEY);
