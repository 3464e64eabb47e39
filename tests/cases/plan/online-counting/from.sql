-- @schema shop
CREATE TABLE events (kind text NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE TABLE "Odd ""Names" (code text PRIMARY KEY);
CREATE TABLE logged (id integer PRIMARY KEY);
CREATE FUNCTION log_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEW;
END
$$;
CREATE TRIGGER logged_inserts BEFORE INSERT ON logged
    FOR EACH ROW EXECUTE FUNCTION log_it();
