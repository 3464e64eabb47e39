CREATE TABLE a (
    price integer NOT NULL
);
CREATE INDEX i ON a ((price + (SELECT 1)));
--                             ^^^^^^^^ S0407
