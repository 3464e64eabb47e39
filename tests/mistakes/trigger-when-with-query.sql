CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE FUNCTION a_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN new;
END $$;
CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW
WHEN (new.id > (SELECT 1)) EXECUTE FUNCTION a_log();
--              ^^^^^^^^ S0446
