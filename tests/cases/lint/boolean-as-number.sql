CREATE TABLE cars (id bigint PRIMARY KEY, is_stolen smallint NOT NULL);
