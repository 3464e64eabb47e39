CREATE TABLE a (
    price integer NOT NULL
) PARTITION BY RANGE ((price + (SELECT 1)));
--                              ^^^^^^^^ S0407
