-- @schema ty
CREATE TABLE t (id int PRIMARY KEY, c text, d int, e timestamp, f boolean, u uuid);
CREATE TABLE old (a int, b text, s timestamp);
