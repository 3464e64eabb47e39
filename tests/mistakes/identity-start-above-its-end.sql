CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER a SET MAXVALUE 5 SET START 7;
--                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ S0444
