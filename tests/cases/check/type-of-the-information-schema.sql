CREATE TABLE t (a integer, b information_schema.cardinal_number);
