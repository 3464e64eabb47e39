CREATE TABLE a (
    price integer NOT NULL
);
CREATE INDEX i ON a ((max(price) + 1));
--                    ^^^^^^^^^^ S0407
