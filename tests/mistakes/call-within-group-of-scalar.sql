CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT abs(id) WITHIN GROUP (ORDER BY id) AS u FROM a;
--                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0450
