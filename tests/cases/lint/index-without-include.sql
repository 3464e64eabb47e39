-- The second serves what the first does, and more; so does the third, which guards too.
CREATE TABLE t (id bigint PRIMARY KEY, a bigint NOT NULL, b bigint NOT NULL);
CREATE INDEX plain ON t (a);
CREATE INDEX with_b ON t (a) INCLUDE (b);
CREATE INDEX pair ON t (b, a);
CREATE UNIQUE INDEX guard ON t (b, a);
