-- @extends 1.0.0
ALTER TABLE t RENAME COLUMN phone_number TO phone;
ALTER TABLE t DROP COLUMN gone, ADD COLUMN kind text NOT NULL DEFAULT 'x';
CREATE INDEX i ON t (kind);
