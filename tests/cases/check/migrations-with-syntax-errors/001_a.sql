CREATE TABEL users (id integer);
