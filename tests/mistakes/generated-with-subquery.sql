CREATE TABLE a (
    price integer NOT NULL,
    twice integer GENERATED ALWAYS AS ((SELECT 2)) STORED
--                                      ^^^^^^^^ S0408
);
