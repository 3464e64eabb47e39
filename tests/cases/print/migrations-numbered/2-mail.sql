ALTER TABLE users ADD COLUMN mail text;
INSERT INTO users (id) VALUES (1);
UPDATE users SET mail = '';
