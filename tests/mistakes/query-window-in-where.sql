CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT id FROM a WHERE row_number() OVER (ORDER BY id) < 3;
--                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0451
