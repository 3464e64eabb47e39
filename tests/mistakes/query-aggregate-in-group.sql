CREATE TABLE a (
    price integer NOT NULL
);
CREATE VIEW v AS SELECT count(*) AS n FROM a GROUP BY max(price);
--                                                    ^^^^^^^^^^ S0451
