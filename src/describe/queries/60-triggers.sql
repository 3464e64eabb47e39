-- A trigger of a partition is a part of the one on the parent, but may be switched by itself; one of
-- a partition that is half detached goes with the rest of it.
SELECT id, statement FROM (
    SELECT 'pg_trigger'::regclass::oid || '.' || t.oid AS id, pg_get_triggerdef(t.oid) AS statement,
           1 AS part, n.nspname, c.relname, t.tgname
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND NOT t.tgisinternal AND t.tgparentid = 0 AND c.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_trigger'::regclass::oid || '.' || t.oid,
           format('ALTER %sTABLE %I.%I %s TRIGGER %I', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
                  n.nspname, c.relname, CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                  WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname),
           2, n.nspname, c.relname, t.tgname
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_trigger p ON p.oid = t.tgparentid
    WHERE @user_schema@ AND t.tgenabled <> coalesce(p.tgenabled, 'O') AND c.relpersistence <> 't'
      AND (NOT t.tgisinternal OR (p.oid IS NOT NULL AND NOT p.tgisinternal))
      AND (p.oid IS NULL OR NOT @is_leaving@)
) AS all_of_them
ORDER BY part, nspname, relname, tgname
