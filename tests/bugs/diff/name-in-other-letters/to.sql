-- To SQLite both are one name: nothing is dropped or added but what else differs.
CREATE TABLE Notes (noteId TEXT PRIMARY KEY, dateModified INT, hash TEXT DEFAULT '' NOT NULL);
