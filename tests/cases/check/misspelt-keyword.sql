CRAETE TABLE lots (id integer);
CREATE TABEL spots (id integer);
CREATE TABLE ok (id integer PRIMARY KYE);
