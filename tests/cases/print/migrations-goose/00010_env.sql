-- +goose Up
-- +goose ENVSUB ON
ALTER TABLE users ADD COLUMN mail text;
-- +goose ENVSUB OFF
ALTER TABLE users ALTER COLUMN mail SET DEFAULT '${x}';
