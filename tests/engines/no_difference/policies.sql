CREATE TABLE t (id integer, owner varchar(20));
CREATE VIEW active AS SELECT id FROM t;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (id IN (SELECT id FROM active));
CREATE POLICY q ON t USING (owner::text = current_setting('app.owner', true)::text);
CREATE POLICY r ON t TO current_role, pg_monitor USING (true);
CREATE POLICY s ON t TO pg_monitor, session_user USING (true);
