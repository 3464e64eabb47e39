CREATE TABLE t (
    id integer PRIMARY KEY,
    at timestamptz
);
CREATE INDEX t_recent ON t (id) WHERE at > now();
--                                         ^^^^^ S0407
