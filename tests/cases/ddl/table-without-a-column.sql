CREATE TABLE a ();
CREATE TABLE b (x integer);
