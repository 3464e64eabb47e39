-- What follows a rename is bound for that, and its mistakes were taken for reported.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (id integer, name text, now mood, CHECK (missing1 = 'x'));
CREATE VIEW v AS SELECT missing2 FROM t;
CREATE POLICY p ON t USING (missing3 = 'x' AND now = 'sad');
ALTER TABLE t RENAME COLUMN name TO title;
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
