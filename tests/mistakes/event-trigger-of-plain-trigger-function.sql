CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
END $$;
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION noted();
--                                                         ^^^^^ S0446
