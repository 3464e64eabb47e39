-- Those that constraints do not bring along; which is a part of which; what stands on them.
WITH indexes AS (
    SELECT i.*, c.relkind, c.relname, n.nspname, c.reltablespace, k.oid AS key,
           t.relname AS of_name, tn.nspname AS of_schema,
           c.relkind = 'I' OR (i.indisvalid AND i.indisready) AS is_good
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class t ON t.oid = i.indrelid AND t.relkind <> 't'
    JOIN pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid
         AND k.contype IN ('p', 'u', 'x')
    WHERE @user_schema@ AND c.relpersistence <> 't'
)
SELECT id, statement, note FROM (
    SELECT 'pg_class'::regclass::oid || '.' || x.indexrelid AS id,
           CASE WHEN x.is_good THEN pg_get_indexdef(x.indexrelid)
                || coalesce(' TABLESPACE ' || quote_ident(s.spcname), '') END AS statement,
           CASE WHEN NOT x.is_good
                THEN format('index %I.%I of %I is left out: it is invalid, as CREATE INDEX CONCURRENTLY '
                            'leaves one that failed or is not done', x.nspname, x.relname, x.of_name)
           END AS note,
           1 AS part, x.nspname, x.relname
    FROM indexes x LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
    WHERE x.key IS NULL
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || x.indexrelid,
           format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I', pn.nspname, p.relname, x.nspname, x.relname),
           NULL, 2, x.nspname, x.relname
    FROM indexes x
    JOIN pg_inherits h ON h.inhrelid = x.indexrelid
    JOIN pg_class p ON p.oid = h.inhparent
    JOIN pg_namespace pn ON pn.oid = p.relnamespace
    JOIN pg_class c ON c.oid = x.indrelid
    WHERE x.is_good AND NOT @is_leaving@
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || x.indexrelid,
           format('ALTER INDEX %I.%I ALTER COLUMN %s SET STATISTICS %s', x.nspname, x.relname,
                  a.attnum, a.attstattarget), NULL, 3, x.nspname, x.relname
    FROM indexes x JOIN pg_attribute a ON a.attrelid = x.indexrelid AND a.attstattarget >= 0
    WHERE x.is_good
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || x.indexrelid,
           format('ALTER TABLE %I.%I CLUSTER ON %I', x.of_schema, x.of_name, x.relname),
           NULL, 4, x.nspname, x.relname
    FROM indexes x WHERE x.indisclustered AND x.is_good
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || x.indexrelid,
           format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY USING INDEX %I', x.of_schema, x.of_name, x.relname),
           NULL, 5, x.nspname, x.relname
    FROM indexes x WHERE x.indisreplident AND x.is_good
) AS all_of_them
ORDER BY part, nspname, relname
