CREATE TYPE mood AS ENUM (sad, ok);
CREATE TABLE IF NOT EXIST t4 (id integer);
DROP TABLE IF EXIST t4;
CREATE TABLE t5 (id integer DEFAULT 'O'Brien', y text DEFAULT 'a');
