CREATE TABLE t (id integer PRIMARY KEY, phone_number text UNIQUE, gone text);
