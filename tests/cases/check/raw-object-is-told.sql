CREATE TABLE a (id integer PRIMARY KEY);
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
CREATE EVENT TRIGGER one ON ddl_command_start EXECUTE FUNCTION f();
