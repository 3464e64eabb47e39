SELECT id, statement FROM (
    SELECT 'pg_publication'::regclass::oid || '.' || p.oid AS id,
           format('CREATE PUBLICATION %I%s WITH (publish = %L%s)', p.pubname,
                  CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END,
                  concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                            CASE WHEN p.pubupdate THEN 'update' END,
                            CASE WHEN p.pubdelete THEN 'delete' END,
                            CASE WHEN p.pubtruncate THEN 'truncate' END),
                  CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' ELSE '' END
                  || @published_generated@) AS statement,
           1 AS part
    FROM pg_publication p
    UNION ALL
    SELECT 'pg_publication_rel'::regclass::oid || '.' || r.oid,
           format('ALTER PUBLICATION %I ADD TABLE ONLY %I.%I', p.pubname, n.nspname, c.relname)
           || coalesce(@published_columns@, '')
           || coalesce(' WHERE (' || @published_rows@ || ')', ''), 2
    FROM pg_publication_rel r
    JOIN pg_publication p ON p.oid = r.prpubid
    JOIN pg_class c ON c.oid = r.prrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    @published_schemas@
) AS all_of_them
ORDER BY part, statement
