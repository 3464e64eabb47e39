CREATE TABLE users (id integer PRIMARY KEY, name text);
CREATE TABLE visits (user_id integer, seen timestamp);
CREATE VIEW seen AS SELECT u.*, v.seen FROM users u JOIN visits v ON v.user_id = u.id;
