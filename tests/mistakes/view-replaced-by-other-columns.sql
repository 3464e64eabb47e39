CREATE TABLE cars (
    id integer PRIMARY KEY,
    plate text,
    wheels integer
);
CREATE VIEW plates AS SELECT id, plate FROM cars;
CREATE OR REPLACE VIEW plates AS SELECT plate, id FROM cars;
--                     ^^^^^^ S0425
