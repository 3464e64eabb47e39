-- +goose Up
-- +goose ENVSUB ON
CREATE TABLE ${NAME} (x integer);
