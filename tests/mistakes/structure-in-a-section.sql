CREATE TABLE a (
    id integer PRIMARY KEY
);
  -- @migrate
  CREATE TABLE b (id integer);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0205
  -- @end
