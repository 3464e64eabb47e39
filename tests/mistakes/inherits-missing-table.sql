CREATE TABLE b (
    id integer PRIMARY KEY
) INHERITS (a);
--          ^ S0303
