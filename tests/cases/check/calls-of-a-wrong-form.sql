CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL,
    UNIQUE (name)
);
CREATE VIEW over_scalar AS SELECT upper(name) OVER (ORDER BY id) AS u FROM a;
CREATE VIEW no_over AS SELECT rank() AS r FROM a;
CREATE VIEW filtered AS SELECT lower(name) FILTER (WHERE id > 1) AS u FROM a;
CREATE VIEW nested AS SELECT sum(count(*)) AS n FROM a;
