-- Of what is a system's or an extension's own, none; nor the one that every database has on public.
WITH words (type, word) AS (VALUES
    ('table', 'TABLE'), ('view', 'VIEW'), ('materialized view', 'MATERIALIZED VIEW'),
    ('foreign table', 'FOREIGN TABLE'), ('sequence', 'SEQUENCE'), ('index', 'INDEX'),
    ('table column', 'COLUMN'), ('view column', 'COLUMN'), ('materialized view column', 'COLUMN'),
    ('foreign table column', 'COLUMN'), ('composite type column', 'COLUMN'),
    ('table constraint', 'CONSTRAINT'), ('domain constraint', 'CONSTRAINT'), ('type', 'TYPE'),
    ('composite type', 'TYPE'), ('function', 'FUNCTION'), ('procedure', 'PROCEDURE'),
    ('aggregate', 'AGGREGATE'), ('schema', 'SCHEMA'), ('extension', 'EXTENSION'),
    ('trigger', 'TRIGGER'), ('rule', 'RULE'), ('policy', 'POLICY'), ('server', 'SERVER'),
    ('foreign-data wrapper', 'FOREIGN DATA WRAPPER'), ('event trigger', 'EVENT TRIGGER'),
    ('language', 'LANGUAGE'), ('operator', 'OPERATOR'), ('operator class', 'OPERATOR CLASS'),
    ('operator family', 'OPERATOR FAMILY'), ('cast', 'CAST'), ('collation', 'COLLATION'),
    ('conversion', 'CONVERSION'), ('text search configuration', 'TEXT SEARCH CONFIGURATION'),
    ('text search dictionary', 'TEXT SEARCH DICTIONARY'), ('text search parser', 'TEXT SEARCH PARSER'),
    ('text search template', 'TEXT SEARCH TEMPLATE'), ('statistics object', 'STATISTICS'),
    ('publication', 'PUBLICATION'), ('transform', 'TRANSFORM'), ('access method', 'ACCESS METHOD')
), remarks AS (
    SELECT d.classoid, d.objoid, d.objsubid, d.description, i.type, i.schema, i.identity
    FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i
    WHERE d.objoid >= 16384
       OR (d.classoid = 'pg_namespace'::regclass AND d.objoid = 'public'::regnamespace
           AND d.description <> 'standard public schema')
)
SELECT r.classoid || '.' || r.objoid,
       CASE WHEN w.word IS NOT NULL AND k.contype IS DISTINCT FROM 'n' THEN
           format('COMMENT ON %s %s IS %s',
                  CASE WHEN t.typtype = 'd' AND w.word = 'CONSTRAINT' THEN w.word
                       WHEN t.typtype = 'd' THEN 'DOMAIN' ELSE w.word END,
                  CASE WHEN k.contypid <> 0
                       THEN format('%I ON DOMAIN %s', k.conname, format_type(k.contypid, NULL))
                       WHEN p.prokind = 'a'
                       THEN format('%s.%I(%s)', r.schema, p.proname,
                                   coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*'))
                       ELSE r.identity END,
                  quote_literal(r.description)) END,
       CASE WHEN w.word IS NULL OR k.contype = 'n' THEN format('a comment on %s %s is left out', r.type, r.identity) END
FROM remarks r
LEFT JOIN words w ON w.type = r.type
LEFT JOIN pg_type t ON r.classoid = 'pg_type'::regclass AND t.oid = r.objoid
LEFT JOIN pg_constraint k ON r.classoid = 'pg_constraint'::regclass AND k.oid = r.objoid
LEFT JOIN pg_proc p ON r.classoid = 'pg_proc'::regclass AND p.oid = r.objoid
ORDER BY r.type, r.identity
