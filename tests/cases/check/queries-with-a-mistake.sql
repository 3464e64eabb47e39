CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL,
    price integer
);
CREATE VIEW ungrouped AS SELECT name, sum(price) AS s FROM a GROUP BY price;
CREATE VIEW wheres AS SELECT id FROM a WHERE price = max(price);
CREATE VIEW unions AS SELECT id, name FROM a UNION SELECT id FROM a;
CREATE VIEW twice AS SELECT a.id FROM a, a;
CREATE VIEW sides AS SELECT x.id FROM a AS x JOIN (SELECT id FROM a) AS y USING (price);
CREATE VIEW ordered AS SELECT DISTINCT name FROM a ORDER BY price;
CREATE VIEW self AS WITH RECURSIVE w AS (SELECT id FROM w) SELECT id FROM w;
CREATE VIEW same AS SELECT x.id, y.id FROM a AS x JOIN a AS y ON x.id = y.price;
