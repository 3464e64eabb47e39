CREATE EXTENSION citext;
CREATE TYPE kind AS ENUM ('a','b');
CREATE TYPE pr AS (n bigint, k kind, t text);
CREATE SEQUENCE sq;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE FUNCTION two(a integer, b text DEFAULT 'x', c kind DEFAULT 'a', d date DEFAULT
    '2020-01-01', e numeric DEFAULT 1, f citext DEFAULT 'q', VARIADIC g text[] DEFAULT
    '{}') RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION ret(a integer) RETURNS kind LANGUAGE sql RETURN CASE WHEN a > 1 THEN
    'a'::kind ELSE 'b' END;
CREATE FUNCTION ato(a integer) RETURNS TABLE (x integer, y text) LANGUAGE sql BEGIN
    ATOMIC SELECT 1, 'a'; END;
CREATE TABLE t (id integer PRIMARY KEY, k text, n integer, e kind, ts timestamptz
    DEFAULT now(), d date DEFAULT CURRENT_DATE, c citext, j jsonb DEFAULT
    '{"b": 1, "a": [1,2]}', a text[] DEFAULT ARRAY['x','y'], b boolean DEFAULT (1 = 1),
    u uuid DEFAULT gen_random_uuid(), nu numeric DEFAULT 1.50, f real DEFAULT 1e3, i
    interval DEFAULT '1 day 2 hours', q integer DEFAULT nextval('sq'), z text DEFAULT
    'a' || 'b', ti timestamp DEFAULT (now() AT TIME ZONE 'utc'), x text DEFAULT
    lower('ABC'), m integer DEFAULT (random() * 100)::integer, ea kind[] DEFAULT '{a}',
    ea2 kind[] DEFAULT ARRAY['a'::kind], v varchar(5) DEFAULT 'abc', ch char(3) DEFAULT
    'ab', bo boolean DEFAULT 't', dt date DEFAULT '2020-1-5', tz timestamptz DEFAULT
    '2020-01-01 10:00', tm time DEFAULT '9:30', by bytea DEFAULT 'abc', p pr DEFAULT
    ROW(1, 'a', 'x'), st text DEFAULT current_user, n2 integer DEFAULT -1, n3 bigint
    DEFAULT 5000000000, n4 smallint DEFAULT 3::smallint, ex numeric DEFAULT
    extract(epoch FROM now()), cs text DEFAULT current_setting('a.b', true), js json
    DEFAULT '[]', ca text DEFAULT CASE WHEN true THEN 'a' ELSE 'b' END, co integer
    DEFAULT coalesce(NULL, 3), md text DEFAULT md5('x'), tt text DEFAULT to_char(now(),
    'YYYY'), iv interval DEFAULT interval '15 minutes', ar integer[] DEFAULT
    '{}'::integer[], mi timestamptz DEFAULT now() + '7 days'::interval, ip inet DEFAULT
    '127.0.0.1',
g1 text GENERATED ALWAYS AS (k || '-' || n) STORED, g2 integer GENERATED ALWAYS AS (n *
    2 + 1) STORED, g3 tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(k,
    '') || ' ' || coalesce(v, ''))) STORED, g4 boolean GENERATED ALWAYS AS (e = 'a')
    STORED, g5 text GENERATED ALWAYS AS (CASE WHEN n > 1 THEN 'big' ELSE k END) STORED,
    g6 text GENERATED ALWAYS AS (j ->> 'a') STORED, g7 numeric(10,2) GENERATED ALWAYS AS
    (nu * 1.2) STORED, g8 date GENERATED ALWAYS AS ((ti)::date) STORED);
CREATE TRIGGER a1 BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.k IS DISTINCT FROM NEW.k AND
    NEW.e = 'a') EXECUTE FUNCTION tf();
CREATE TRIGGER a2 AFTER INSERT OR UPDATE OF k, n ON t FOR EACH ROW WHEN (NEW.n > 1 AND
    NEW.c = 'x' AND NEW.k IN ('a', 'b') AND pg_trigger_depth() = 0) EXECUTE FUNCTION
    tf('x', 1);
CREATE TRIGGER a3 AFTER DELETE ON t REFERENCING OLD TABLE AS o FOR EACH STATEMENT
    EXECUTE FUNCTION tf();
CREATE CONSTRAINT TRIGGER a4 AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH
    ROW WHEN (NEW.* IS DISTINCT FROM NULL) EXECUTE FUNCTION tf();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p1 ON t FOR SELECT USING (k = current_user OR e IN ('a') OR c = 'q' OR (j
    ->> 'o') = current_setting('app.u', true));
CREATE POLICY p2 ON t AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (n = (SELECT max(x.n)
    FROM t x WHERE x.k = t.k)) WITH CHECK (n > 0 AND EXISTS (SELECT 1 FROM t y WHERE
    y.id = t.id AND y.e = 'b'));
CREATE RULE r1 AS ON INSERT TO t WHERE NEW.e = 'b' DO ALSO DELETE FROM t WHERE k = 'x';
CREATE RULE r2 AS ON DELETE TO t WHERE OLD.c = 'x' DO INSTEAD UPDATE t SET k = 'gone', n
    = OLD.n + 1 WHERE id = OLD.id;
CREATE VIEW vv AS SELECT id, k, n FROM t WHERE e = 'a';
CREATE RULE r3 AS ON INSERT TO vv DO INSTEAD INSERT INTO t (id, k, n, e) VALUES (NEW.id,
    NEW.k, coalesce(NEW.n, 0), 'a') RETURNING id, k, n;
CREATE STATISTICS s1 (dependencies) ON k, n FROM t; CREATE STATISTICS s2 ON (lower(k)),
    (n % 10) FROM t;
CREATE TABLE pt (id integer, k text, d date, e kind) PARTITION BY LIST (e); CREATE TABLE
    pt1 PARTITION OF pt FOR VALUES IN ('a', NULL);
CREATE TABLE p3 (id integer, d timestamptz) PARTITION BY RANGE (d, id); CREATE TABLE p31
    PARTITION OF p3 FOR VALUES FROM ('2020-01-01', MINVALUE) TO ('2021-01-01', 5);
CREATE TABLE p4 (c citext) PARTITION BY LIST (c); CREATE TABLE p41 PARTITION OF p4 FOR
    VALUES IN ('a', 'B');
