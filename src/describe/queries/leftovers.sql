-- What a run that was stopped left and no declaration says: (id, sort, schema, name, of schema, of).
-- An index that is being built at this moment belongs to who builds it, and one that is a part of
-- another goes with that one.
SELECT 'pg_class'::regclass::oid || '.' || c.oid AS id, 'partition' AS sort, n.nspname, c.relname,
       pn.nspname, p.relname
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE @user_schema@ AND i.inhdetachpending AND c.relpersistence <> 't'
UNION ALL
SELECT 'pg_class'::regclass::oid || '.' || c.oid, 'index', n.nspname, c.relname, tn.nspname, t.relname
FROM pg_index x
JOIN pg_class c ON c.oid = x.indexrelid AND c.relkind = 'i'
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class t ON t.oid = x.indrelid AND t.relkind <> 't'
JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE @user_schema@ AND NOT (x.indisvalid AND x.indisready) AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid)
  AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid)
  AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index b JOIN pg_locks l ON l.pid = b.pid
                  WHERE b.datname = current_database() AND l.relation = x.indrelid
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted)
ORDER BY sort DESC, 3, 4
