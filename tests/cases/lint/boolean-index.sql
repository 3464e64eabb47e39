CREATE TABLE cars (id bigint PRIMARY KEY, stolen boolean NOT NULL);
CREATE INDEX cars_stolen ON cars (stolen);
