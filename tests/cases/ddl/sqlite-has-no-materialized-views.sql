-- Never a plain view in silence: that gives other rows.
CREATE TABLE spots (id integer PRIMARY KEY, level integer NOT NULL);
CREATE MATERIALIZED VIEW levels AS SELECT level, count(*) AS spots FROM spots GROUP BY level;
CREATE VIEW busy AS SELECT level FROM levels WHERE spots > 10;
