CREATE TABLE a (
    id integer PRIMARY KEY,
    b text   -- @from 1 + * 2
--                        ^ S0101
);
