-- +goose Up
-- +goose StatementBegn
CREATE TABLE users (id integer PRIMARY KEY, name text);
