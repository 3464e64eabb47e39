CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
END $$;
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION notde();
--                                                         ^^^^^ S0305
