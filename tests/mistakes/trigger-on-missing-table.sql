CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TRIGGER a_log AFTER INSERT ON aa BEGIN
--                                   ^^ S0303
    DELETE FROM a;
END;
