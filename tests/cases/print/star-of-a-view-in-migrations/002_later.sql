ALTER TABLE users ADD COLUMN email text;
CREATE VIEW all_users AS SELECT * FROM users;
ALTER TABLE users ADD COLUMN phone text;
