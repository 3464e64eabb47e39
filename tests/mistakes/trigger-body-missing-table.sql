CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE TRIGGER a_log AFTER INSERT ON a BEGIN
    DELETE FROM aa;
--              ^^ S0303
END;
