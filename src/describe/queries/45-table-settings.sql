SELECT id, statement FROM (
    SELECT 'pg_class'::regclass::oid || '.' || c.oid AS id,
           format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY %s', n.nspname, c.relname,
                  CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END) AS statement
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND c.relkind IN ('r', 'p', 'm') AND c.relreplident IN ('f', 'n')
      AND c.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || c.oid,
           format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND c.relrowsecurity AND c.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || c.oid,
           format('ALTER TABLE ONLY %I.%I FORCE ROW LEVEL SECURITY', n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND c.relforcerowsecurity AND c.relpersistence <> 't'
) AS all_of_them
ORDER BY statement
