CREATE TABLE cars (id bigint PRIMARY KEY, maker text, model text, colour text, doors integer);
CREATE INDEX cars_all ON cars (maker, model, colour, doors);
