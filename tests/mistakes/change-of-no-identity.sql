CREATE TABLE visits (
    id integer PRIMARY KEY
);
ALTER TABLE visits ALTER COLUMN id SET START WITH 5;
--                              ^^ S0444
