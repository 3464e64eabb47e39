-- +goose Down
DROP TABLE users;
-- +goose Up
CREATE TABLE users (id integer PRIMARY KEY, name text);
