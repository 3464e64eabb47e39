CREATE TABLE t (id bigint PRIMARY KEY); -- @lint off table-without-primary-kye "x"
-- @lint off nonsense "y"
CREATE TABLE u (id bigint PRIMARY KEY);
