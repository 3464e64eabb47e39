CREATE TABLE t (id int PRIMARY KEY, e timestamp, u uuid, n int, s text);
