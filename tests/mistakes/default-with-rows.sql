CREATE TABLE a (
    id integer DEFAULT generate_series(1, 3)
--                     ^^^^^^^^^^^^^^^^^^^^^ S0406
);
