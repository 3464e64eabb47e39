CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER a SET INCREMNT 5;
--                        ^^^^^^^^ S0101
