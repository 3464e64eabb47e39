-- +goose Up
CREATE TABLE good (x integer);
