-- @schema lot
CREATE TABLE t (a DECIMAL(10,2), b DECIMAL(10,2), CHECK (a * b > 10));
