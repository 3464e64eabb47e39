-- Of the extensions ($1, NULL: of all) which version is there.
SELECT 'pg_extension'::regclass::oid || '.' || oid,
       format('ALTER EXTENSION %I UPDATE TO %L', extname, extversion)
FROM pg_extension
WHERE oid >= 16384 AND ($1::text[] IS NULL OR extname = ANY ($1))
ORDER BY extname
