-- What looks like a mistake of a query and is none.
CREATE TABLE person (
    id integer PRIMARY KEY,
    name text NOT NULL,
    boss integer REFERENCES person
);
CREATE TABLE bill (
    id integer,
    part integer,
    person integer NOT NULL REFERENCES person,
    total integer NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (id, part)
);
-- The other columns depend on the primary key.
CREATE VIEW sums AS
SELECT p.id, p.name, upper(p.name) AS loud, sum(b.total) AS total
FROM person AS p LEFT JOIN bill AS b ON b.person = p.id
GROUP BY p.id;
CREATE VIEW sums_of_both AS
SELECT id, part, day, count(*) AS n FROM bill GROUP BY part, id ORDER BY day;
-- By a number, an alias, an expression, a set of groups.
CREATE VIEW by_month AS
SELECT date_trunc('month', b.day) AS month, extract(year FROM day) AS year, sum(total) AS s
FROM bill AS b
GROUP BY 1, year
ORDER BY month;
CREATE VIEW by_expression AS
SELECT lower(p.name) || '!' AS n, count(*) AS c FROM person p GROUP BY lower(name);
CREATE VIEW by_sets AS
SELECT name, boss, grouping(name) AS g, count(*) AS c
FROM person
GROUP BY ROLLUP (name, boss);
CREATE VIEW one_row AS SELECT count(*) AS c, 1 AS one, now() AS t FROM person;
CREATE VIEW joined AS
SELECT id, count(*) AS c FROM person JOIN bill USING (id) GROUP BY id;
-- The aggregate of the query around it.
CREATE VIEW correlated AS
SELECT person, (SELECT p.name FROM person p WHERE p.id = max(b.person)) AS name
FROM bill b
GROUP BY person
HAVING sum(total) > 10;
CREATE VIEW latest AS
SELECT DISTINCT ON (person, day) person, day, total
FROM bill
ORDER BY day, person, total DESC;
CREATE VIEW distinct_names AS
SELECT DISTINCT p.name, lower(p.name) AS l FROM person p ORDER BY lower(p.name), 1;
CREATE VIEW bosses AS
WITH RECURSIVE up (id, boss) AS (
    SELECT id, boss FROM person
    UNION
    SELECT up.id, p.boss FROM up JOIN person p ON p.id = up.boss
), plain AS (SELECT * FROM person)
SELECT up.id, up.boss FROM up JOIN plain ON plain.id = up.id;
CREATE VIEW pairs AS
SELECT a.id, b.id AS other FROM person a, person b WHERE a.id < b.id
UNION ALL
SELECT * FROM (VALUES (1, 2), (3, 4)) AS v (x, y);
CREATE VIEW lateral_one AS
SELECT p.id, s.n FROM person p, LATERAL (SELECT count(*) AS n FROM bill WHERE person = p.id) s;
CREATE RULE copied AS ON INSERT TO bill DO ALSO
INSERT INTO person VALUES (new.id, 'copy');
-- Numbers, windows and columns that are there; texts that are conditions.
CREATE VIEW windowed AS
SELECT id, count(*) OVER w AS n, sum(id) OVER (w ROWS 2 PRECEDING) AS s
FROM person
WINDOW w AS (PARTITION BY boss ORDER BY id)
ORDER BY 2, 1;
CREATE VIEW starred AS SELECT p.*, count(*) AS c FROM person p GROUP BY p.id ORDER BY 3;
CREATE VIEW rows_in AS
SELECT id FROM person
WHERE (id, boss) IN (SELECT id, part FROM bill) AND id = ANY (SELECT person FROM bill)
AND (id, name) = (SELECT id, name FROM person LIMIT 1);
CREATE VIEW ordered_union AS
SELECT id AS x FROM person UNION ALL SELECT part FROM bill ORDER BY x DESC, 1;
CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0 AND VALUE IS NOT NULL);
