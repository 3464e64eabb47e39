CREATE TABLE lot_multirange (id integer PRIMARY KEY);
CREATE TYPE lot AS RANGE (subtype = integer);
--          ^^^ S0301
