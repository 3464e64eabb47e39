-- @schema shop
CREATE TABLE a (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id), n integer);
CREATE TABLE c (id integer PRIMARY KEY, n integer, at timestamptz);
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
CREATE CONSTRAINT TRIGGER c_touched AFTER UPDATE ON c
    FOR EACH ROW EXECUTE FUNCTION touched();
CREATE TABLE d (id integer, n integer) PARTITION BY RANGE (id);
CREATE TABLE e (id integer, n integer, EXCLUDE USING btree (n WITH =));
CREATE TABLE f (id integer, n integer);
CREATE POLICY f_few ON f USING (n < 5);
