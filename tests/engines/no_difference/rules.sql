CREATE TABLE t (id int PRIMARY KEY, label text, n numeric);
CREATE TABLE log (id int, what text, n numeric);
CREATE VIEW v AS SELECT id, label FROM t;
CREATE RULE a AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id, NEW.label);
CREATE RULE u AS ON UPDATE TO v DO INSTEAD
    UPDATE t SET label = new.label WHERE id = old.id RETURNING id, label;
CREATE RULE d AS ON DELETE TO v DO INSTEAD
    (DELETE FROM t WHERE id = old.id; INSERT INTO log VALUES (old.id, 'gone', 1));
