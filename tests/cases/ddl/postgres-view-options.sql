-- Options of views are a part of them, in one spelling; a materialized view is filled.
CREATE TABLE spots (id integer PRIMARY KEY, free boolean NOT NULL, level integer NOT NULL);
CREATE VIEW free_spots WITH (security_barrier) AS
    SELECT id, level FROM spots WHERE free
    WITH CASCADED CHECK OPTION;
CREATE VIEW low_spots WITH (security_invoker = true, check_option = local) AS
    SELECT id, level FROM spots WHERE level < 2;
CREATE MATERIALIZED VIEW levels WITH (fillfactor = '90') AS
    SELECT level, count(*) AS spots FROM spots GROUP BY level
    WITH NO DATA;
