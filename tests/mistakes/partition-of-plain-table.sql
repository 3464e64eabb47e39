CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TABLE b PARTITION OF a FOR VALUES IN (1);
--                          ^ S0441
