CREATE TABLE a (
    id integer PRIMARY KEY,
    b text
);
CREATE INDEX a_b ON a (b); -- @touch
--                            ^^^^^^ S0202
