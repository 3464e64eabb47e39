CREATE TABLE t (
    id integer,
    PRIMARY KEY (ident)
--               ^^^^^ S0304
);
