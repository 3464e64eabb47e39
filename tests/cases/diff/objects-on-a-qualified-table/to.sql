-- A view that is made again gets back what stands on it; what stood on s.t is dropped there.
CREATE SCHEMA s;
CREATE TABLE s.t (id integer PRIMARY KEY, a varchar(40));
CREATE VIEW s.v AS SELECT id, 1 AS one FROM s.t;
COMMENT ON COLUMN s.v.id IS 'x';
CREATE MATERIALIZED VIEW s.mv AS SELECT id, a FROM s.t;
CREATE INDEX mvi ON s.mv (id);
CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER vt INSTEAD OF INSERT ON s.v FOR EACH ROW EXECUTE FUNCTION s.f();
