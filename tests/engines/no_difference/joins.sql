CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE DOMAIN code AS varchar(8);
CREATE DOMAIN whole AS integer;
CREATE DOMAIN feel AS mood;
CREATE DOMAIN doc AS jsonb;
CREATE TABLE log (what text);
CREATE TABLE t (
    id integer PRIMARY KEY, k mood, d date, v varchar(20), c char(3), p pair, s span,
    o code, w whole, f feel, g doc, ip inet, j json, jb jsonb, a integer[], ta text[],
    u uuid, tx text, na name, iv interval, bo boolean, by bytea,
    CONSTRAINT kept CHECK (k || 'x' <> 'lowx' AND v || id <> c || 'x')
);
CREATE INDEX ix ON t ((v || tx), (length(v || 'y')));
CREATE VIEW values_beside_texts AS
SELECT k || 'x' AS e1, 'y' || k AS e2, id || 'z' AS e3, d || v AS e4, v || d AS e5,
       v || k AS e6, k || k::text AS e7, 'a' || id || 'b' AS e8, p || 'x' AS e9,
       s || 'x' AS e10, f || 'x' AS e11, f || v AS e12, ip || 'x' AS e13,
       j || 'x' AS e14, u || v AS e15, iv || v AS e16, bo || v AS e17, w || 'x' AS e18,
       k || NULL AS e19, '[' || k || ',' || id || ']' AS e20, (p).b || k AS e21
FROM t;
CREATE VIEW texts AS
SELECT c || 'x' AS e1, c || v AS e2, o || 'x' AS e3, o || k AS e4, o || o AS e5,
       tx || id AS e6, na || 'x' AS e7, na || v AS e8, v || tx AS e9, o || v AS e10,
       upper(v) || id AS e11, coalesce(v, 'x') || k AS e12, NULL || tx AS e13
FROM t;
CREATE VIEW joined_otherwise AS
SELECT jb || '{}' AS e1, g || '{}' AS e2, a || 1 AS e3, a || '{1}' AS e4, ta || v AS e5,
       by || 'x' AS e6, jb || v::jsonb AS e7
FROM t;
CREATE RULE tells AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES (NEW.k || 'x');
