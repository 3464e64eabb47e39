CREATE TABLE t (id integer PRIMARY KEY, a text COMPRESSION pglz, b text, c integer)
    WITH (fillfactor = 90);
CREATE UNLOGGED TABLE u (id integer NOT NULL UNIQUE);
ALTER TABLE t SET (fillfactor = 50, autovacuum_enabled = off, toast.autovacuum_enabled = off);
ALTER TABLE t RESET (autovacuum_enabled);
ALTER TABLE t ALTER COLUMN a SET STORAGE MAIN, ALTER b SET COMPRESSION pglz,
    ALTER c SET STATISTICS 500, ALTER c SET (n_distinct = -0.5, n_distinct_inherited = 3);
ALTER TABLE t ALTER c RESET (n_distinct_inherited);
ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE INDEX ON t (lower(a), b) WITH (fillfactor = 80);
ALTER INDEX t_lower_b_idx ALTER COLUMN 1 SET STATISTICS 300;
ALTER INDEX t_lower_b_idx SET (fillfactor = 77);
ALTER TABLE t CLUSTER ON t_pkey;
ALTER TABLE u REPLICA IDENTITY USING INDEX u_id_key;
ALTER TABLE u SET LOGGED;
CREATE TABLE f (id integer CONSTRAINT nn NOT NULL REFERENCES t DEFERRABLE, CONSTRAINT fk2
    FOREIGN KEY (id) REFERENCES u (id));
ALTER TABLE f ALTER CONSTRAINT fk2 DEFERRABLE INITIALLY DEFERRED;
CREATE VIEW v AS SELECT id, a FROM t;
ALTER VIEW v SET (security_barrier = true, check_option = local);
ALTER VIEW v RESET (check_option);
CREATE RECURSIVE VIEW nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10;
CREATE TABLE empty ();
