CREATE TABLE a (x text COLLATE sorting.german, y text COLLATE pg_catalog."C");
