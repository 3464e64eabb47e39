-- What looks like a mistake of a call and is none: aggregates over windows, min of
-- several values, functions of the user's own by names that the engines have, ordered
-- sets, and rows in targets.
CREATE FUNCTION total(p integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN p * 2;
CREATE FUNCTION random(p text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN p;
END $$;
CREATE FUNCTION doubled(p integer) RETURNS integer LANGUAGE sql AS 'SELECT p * 2';
CREATE TABLE item (
    id integer PRIMARY KEY,
    name text NOT NULL,
    price integer NOT NULL CHECK (total(price) > 0),
    twice integer GENERATED ALWAYS AS (total(price)) STORED,
    key text GENERATED ALWAYS AS (random(name)) STORED
);
CREATE INDEX item_twice ON item (doubled(price));
CREATE INDEX item_words ON item USING gin (to_tsvector('english', name));
CREATE VIEW ranks AS
SELECT
    name,
    sum(count(*)) OVER (ORDER BY name) AS so_far,
    rank() OVER (ORDER BY count(*)) AS place,
    count(*) FILTER (WHERE price > 1) AS dear,
    count(DISTINCT price) AS prices,
    string_agg(name, ',' ORDER BY price) AS names,
    sum(price) FILTER (WHERE price > 1) OVER (ORDER BY name) AS windowed
FROM item
GROUP BY name, price;
CREATE VIEW middles AS
SELECT
    percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS middle,
    mode() WITHIN GROUP (ORDER BY name) AS most,
    rank(5) WITHIN GROUP (ORDER BY price) AS place
FROM item;
CREATE VIEW several AS SELECT id, unnest(ARRAY[id, price]) AS n FROM item;
