-- SQLite fills a plain INTEGER PRIMARY KEY; on PostgreSQL such a row would fail at run time.
CREATE TABLE levels (id INTEGER PRIMARY KEY, name text NOT NULL);
CREATE TABLE spots (id INTEGER PRIMARY KEY AUTOINCREMENT, name text NOT NULL);
INSERT INTO levels (name) VALUES ('ground'), ('roof');
INSERT INTO levels VALUES (NULL, 'cellar');
INSERT INTO spots (name) VALUES ('a');
INSERT INTO spots VALUES (NULL, 'b');
