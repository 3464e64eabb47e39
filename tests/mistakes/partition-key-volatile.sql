CREATE TABLE a (
    price integer NOT NULL
) PARTITION BY RANGE ((price + random()));
--                             ^^^^^^^^ S0407
