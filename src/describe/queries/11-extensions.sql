-- Those that every database has from the beginning stay unsaid.  A schema that the extension makes
-- itself cannot be named.
SELECT 'pg_extension'::regclass::oid || '.' || e.oid,
       format('CREATE EXTENSION %I', e.extname)
       || CASE WHEN own.objid IS NULL THEN format(' WITH SCHEMA %I', n.nspname) ELSE '' END
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN pg_depend own ON own.classid = 'pg_namespace'::regclass AND own.objid = n.oid
     AND own.refclassid = 'pg_extension'::regclass AND own.refobjid = e.oid
     AND own.deptype = 'e'
WHERE e.oid >= 16384
ORDER BY e.extname
