CREATE TABLE a (
    price integer NOT NULL
);
CREATE INDEX i ON a (price) WHERE price > (SELECT 1);
--                                         ^^^^^^^^ S0407
