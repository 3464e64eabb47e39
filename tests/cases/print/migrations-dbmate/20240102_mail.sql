-- a comment
-- migrate:up
ALTER TABLE users ADD COLUMN mail text;
-- migrate:down
ALTER TABLE users DROP COLUMN mail;
