CREATE SEQUENCE car_numbers;
CREATE TABLE cars (id bigint DEFAULT nextval('car_numbers') PRIMARY KEY);
