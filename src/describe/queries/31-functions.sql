SELECT 'pg_proc'::regclass::oid || '.' || p.oid,
       'CREATE' || substr(pg_get_functiondef(p.oid), length('CREATE OR REPLACE') + 1)
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE @user_schema@ AND p.prokind <> 'a'
  -- how a range type is made, by the server itself
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                  AND d.objid = p.oid AND d.deptype = 'i')
  -- extensions like PostGIS bring thousands
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                  AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)
