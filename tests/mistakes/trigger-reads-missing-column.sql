CREATE TABLE a (
    id integer PRIMARY KEY,
    n integer
);
CREATE TRIGGER a_log AFTER UPDATE ON a WHEN new.m > 1 BEGIN
--                                          ^^^^^ S0304
    DELETE FROM a;
END;
