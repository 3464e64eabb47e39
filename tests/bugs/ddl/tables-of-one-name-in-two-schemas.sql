-- The schema says which t is meant; SQLite has one name for both.
CREATE SCHEMA s;
CREATE TABLE t (id int, uid int);
CREATE TABLE s.t (id int, x int);
CREATE VIEW v AS SELECT public.t.id, s.t.id AS id2, s.t.x FROM public.t, s.t;
