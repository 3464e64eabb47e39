CREATE TABLE source (a integer);
CREATE TABLE c (LIKE sauce INCLUDING ALL);
