CREATE TABLE cars (id bigserial PRIMARY KEY, plate text);
