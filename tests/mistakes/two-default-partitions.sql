CREATE TABLE a (
    id integer
) PARTITION BY LIST (id);
CREATE TABLE b PARTITION OF a DEFAULT;
CREATE TABLE c PARTITION OF a DEFAULT;
--                            ^^^^^^^ S0442
