CREATE TABLE a (
    price integer NOT NULL,
    most integer GENERATED ALWAYS AS (max(price)) STORED
--                                    ^^^^^^^^^^ S0408
);
