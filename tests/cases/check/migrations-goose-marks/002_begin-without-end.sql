-- +goose Up
-- +goose StatementBegin
CREATE TABLE users (id integer PRIMARY KEY, name text);
-- +goose Down
DROP TABLE users;
