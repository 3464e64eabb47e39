-- A partition whose default names another sequence does not count by that of the whole.
CREATE SEQUENCE other_seq;
CREATE TABLE e (id serial NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE e1 (id integer DEFAULT nextval('e_id_seq') NOT NULL, at date NOT NULL);
CREATE TABLE e2 (id integer DEFAULT nextval('other_seq') NOT NULL, at date NOT NULL);
CREATE TABLE e3 (id serial, at date NOT NULL);
ALTER TABLE e ATTACH PARTITION e1 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE e ATTACH PARTITION e2 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
ALTER TABLE e ATTACH PARTITION e3 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
