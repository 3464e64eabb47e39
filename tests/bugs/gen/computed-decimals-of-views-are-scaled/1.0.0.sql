CREATE TABLE line (
    id       INTEGER PRIMARY KEY,
    price    NUMERIC(10,2) NOT NULL,
    fee      NUMERIC(8,3),
    quantity SMALLINT NOT NULL
);
CREATE VIEW totals AS
SELECT
    price,
    price * quantity AS product,
    price + 1 AS one_more,
    price + fee AS other_scale,
    coalesce(price, fee) AS scale_of_the_other,
    CASE WHEN id = 1 THEN price ELSE 0 END AS chosen,
    quantity * 2 AS whole
FROM line;
CREATE VIEW totals_again AS
SELECT sum(product) AS total, min(other_scale) AS least, count(*) AS rows FROM totals;
