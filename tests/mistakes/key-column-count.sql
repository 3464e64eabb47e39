CREATE TABLE a (
    x integer,
    y integer,
    PRIMARY KEY (x, y)
);
CREATE TABLE b (
    id integer PRIMARY KEY,
    x integer,
    FOREIGN KEY (x) REFERENCES a (x, y)
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0402
);
