CREATE TABLE t (id integer PRIMARY KEY);
COPY t (id) FROM stdin;
1
2
\.
