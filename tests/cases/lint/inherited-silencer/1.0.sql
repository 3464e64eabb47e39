-- @schema inherited
CREATE TABLE t (
    id bigint PRIMARY KEY,
    price real -- @lint off float-money "until 2.0"
);
