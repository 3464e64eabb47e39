CREATE TABLE a (id integer PRIMARY KEY);
CREATE VIEW beside AS SELECT c.id FROM a AS c, (SELECT c.id + 1 AS n) AS s;
CREATE VIEW deeper AS SELECT c.id FROM a AS c JOIN (SELECT (SELECT c.id) AS n) AS s ON true;
CREATE VIEW good AS SELECT c.id FROM a AS c, LATERAL (SELECT c.id + 1 AS n) AS s;
