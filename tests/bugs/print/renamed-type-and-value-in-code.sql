-- Policies, triggers, rules, domains, keys, bounds and constraints follow as in a server.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE log (what text, now mood);
CREATE TABLE person (id integer, name text, now mood DEFAULT 'sad',
    CONSTRAINT no_sad_bob CHECK (name <> 'bob' OR now <> 'sad'),
    EXCLUDE USING btree (id WITH =) WHERE (now = 'sad'));
CREATE INDEX ON person ((now = 'sad'));
CREATE TABLE by_mood (id integer, now mood)
    PARTITION BY LIST (((now = 'sad'::mood)));
CREATE DOMAIN cheerful AS mood DEFAULT 'sad' CHECK (VALUE <> 'sad');
CREATE TABLE by_value (now mood, n integer) PARTITION BY RANGE (now, n);
CREATE TABLE from_sad PARTITION OF by_value
    FOR VALUES FROM ('sad', MINVALUE) TO ('happy', 3);
CREATE TABLE listed (now mood) PARTITION BY LIST (now);
CREATE TABLE the_sad PARTITION OF listed FOR VALUES IN ('sad');
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER cheer BEFORE UPDATE ON person FOR EACH ROW
    WHEN (OLD.now = 'sad' AND NEW.name <> 'sad') EXECUTE FUNCTION noted();
CREATE POLICY only_happy ON person USING (now <> 'sad' AND name <> 'sad')
    WITH CHECK (now = 'sad'::mood);
CREATE RULE keep AS ON DELETE TO person WHERE OLD.now = 'sad'
    DO ALSO INSERT INTO log SELECT 'sad', now FROM person WHERE now IN ('sad', 'happy');
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
ALTER TYPE mood RENAME TO feeling;
