CREATE TABLE t (
    id integer PRIMARY KEY,
    room integer,
    EXCLUDE USING gist (rom WITH =)
--                      ^^^ S0304
);
