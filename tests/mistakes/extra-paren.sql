CREATE TABLE t (
    id integer PRIMARY KEY
  ));
-- ^ S0101
