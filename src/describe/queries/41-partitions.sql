-- One whose DETACH ... CONCURRENTLY was interrupted has left: nobody who begins now sees its rows there.
SELECT 'pg_class'::regclass::oid || '.' || c.oid,
       CASE WHEN NOT i.inhdetachpending
            THEN format('ALTER TABLE ONLY %I.%I ATTACH PARTITION %I.%I %s', pn.nspname, p.relname,
                        n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid)) END,
       CASE WHEN i.inhdetachpending
            THEN format('DETACH PARTITION %I.%I CONCURRENTLY was interrupted: it is described as the table of its '
                        'own that it is behind ALTER TABLE %I.%I DETACH PARTITION ... FINALIZE', n.nspname,
                        c.relname, pn.nspname, p.relname) END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_inherits i ON i.inhrelid = c.oid
JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE @user_schema@ AND c.relispartition AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
ORDER BY n.nspname, c.relname
