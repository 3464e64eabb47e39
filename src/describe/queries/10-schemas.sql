SELECT 'pg_namespace'::regclass::oid || '.' || n.oid,
       format('CREATE SCHEMA %I', n.nspname)
FROM pg_namespace n
WHERE @user_schema@ AND n.nspname <> 'public'
ORDER BY n.nspname
