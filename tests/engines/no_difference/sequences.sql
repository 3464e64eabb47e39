CREATE SEQUENCE t_id_seq;
CREATE TABLE t (id serial PRIMARY KEY, n integer);
