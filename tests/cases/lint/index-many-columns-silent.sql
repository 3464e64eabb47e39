CREATE TABLE cars (id bigint PRIMARY KEY, maker text, model text, colour text, doors integer);
CREATE INDEX cars_model ON cars (maker, model);
