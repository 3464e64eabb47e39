CREATE SEQUENCE car_numbers;
CREATE TABLE cars (id bigint PRIMARY KEY);
