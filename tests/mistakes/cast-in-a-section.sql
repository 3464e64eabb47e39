CREATE TABLE a (
    id integer PRIMARY KEY
);
  -- @migrate postgres
  CREATE CAST (text AS integer) WITH INOUT;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0205
  -- @end
