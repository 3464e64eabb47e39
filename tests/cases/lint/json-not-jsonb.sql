CREATE TABLE settings (id bigint PRIMARY KEY, body json NOT NULL);
