CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE FUNCTION a_log(p text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RETURN 1;
END $$;
CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION a_log('x');
--                                                               ^^^^^ S0446
