CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE FUNCTION a_log() RETURNS integer LANGUAGE sql RETURN 1;
CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION a_log();
--                                                               ^^^^^ S0446
