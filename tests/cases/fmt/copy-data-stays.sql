COPY t (a) FROM stdin;
1	'x;
\.
CREATE TABLE `t`(`a`TEXT NOT NULL);
