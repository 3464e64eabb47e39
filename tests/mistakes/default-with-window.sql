CREATE TABLE a (
    id integer DEFAULT row_number() OVER ()
--                     ^^^^^^^^^^^^^^^^^^^^ S0406
);
