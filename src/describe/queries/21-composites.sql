SELECT 'pg_type'::regclass::oid || '.' || c.reltype,
       format('CREATE TYPE %I.%I AS (%s)', n.nspname, c.relname, coalesce(a.attributes, ''))
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN (
    SELECT a.attrelid,
           string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                      || CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
                              THEN format(' COLLATE %I.%I', cn.nspname, co.collname) ELSE '' END,
                      ', ' ORDER BY a.attnum) AS attributes
    FROM pg_attribute a
    JOIN pg_class k ON k.oid = a.attrelid AND k.relkind = 'c'
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_collation co ON co.oid = a.attcollation
    LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped
    GROUP BY a.attrelid) a ON a.attrelid = c.oid
WHERE @user_schema@ AND c.relkind = 'c'
ORDER BY n.nspname, c.relname
