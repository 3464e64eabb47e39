-- A table that the script makes is empty: nothing waits for it.
BEGIN;
CREATE TABLE vans (id bigint PRIMARY KEY, plate text, length char(7));
CREATE INDEX vans_plate ON vans (plate);
DROP INDEX vans_plate;
ALTER TABLE vans ADD CONSTRAINT vans_plate UNIQUE (plate);
ALTER TABLE vans ADD CHECK (plate <> '');
ALTER TABLE vans ALTER COLUMN plate SET NOT NULL;
ALTER TABLE vans ADD COLUMN number bigserial;
ALTER TABLE vans RENAME COLUMN plate TO sign;
ALTER TABLE vans RENAME TO lorries;
ALTER TABLE lorries DROP COLUMN number;
CREATE MATERIALIZED VIEW signs AS SELECT sign FROM lorries;
CREATE INDEX signs_sign ON signs (sign);
COMMIT;
-- Another schema's is not that one.
ALTER TABLE old.vans ADD CHECK (plate <> '');
