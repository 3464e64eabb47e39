CREATE TABLE t (id bigint PRIMARY KEY); -- @lint off float-money "  "
