-- @schema shop
CREATE TABLE a (id bigint PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE b (id integer PRIMARY KEY, a bigint REFERENCES a (id), n integer);
CREATE TABLE c (id integer PRIMARY KEY, n bigint, at timestamptz);
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
CREATE CONSTRAINT TRIGGER c_touched AFTER UPDATE ON c
    FOR EACH ROW EXECUTE FUNCTION touched();
CREATE TABLE d (id integer, n bigint) PARTITION BY RANGE (id);
CREATE TABLE e (id integer, n bigint, EXCLUDE USING btree (n WITH =));
CREATE TABLE f (id integer, n bigint);
CREATE POLICY f_few ON f USING (n < 5);
