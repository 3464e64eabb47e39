CREATE TABLE cars (id bigserial PRIMARY KEY);
