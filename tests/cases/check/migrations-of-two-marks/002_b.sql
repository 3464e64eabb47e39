-- migrate:up
CREATE TABLE b (id integer PRIMARY KEY, name text);
