CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT rank() OVER (ORDER BY row_number() OVER ()) AS n FROM a;
--                                            ^^^^^^^^^^^^^^^^^^^^ S0450
