CREATE TABLE t (
    id integer PRIMARY KEY,
    name text
);
CREATE INDEX t_name ON t (name);
CREATE INDEX t_name ON t (name, id);
--           ^^^^^^ S0301
