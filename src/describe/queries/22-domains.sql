SELECT id, statement FROM (
    SELECT 'pg_type'::regclass::oid || '.' || t.oid AS id,
           format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
           || CASE WHEN t.typcollation <> b.typcollation
                   THEN format(' COLLATE %I.%I', cn.nspname, co.collname) ELSE '' END
           || coalesce(' DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 'pg_type'::regclass),
                                               quote_literal(t.typdefault)), '')
           || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
           || coalesce(k.checks, '') AS statement, 1 AS part
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_type b ON b.oid = t.typbasetype
    LEFT JOIN pg_collation co ON co.oid = t.typcollation
    LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    LEFT JOIN (SELECT contypid,
                      string_agg(format(' CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), ''
                                 ORDER BY conname) AS checks
               FROM pg_constraint WHERE contypid <> 0 AND contype = 'c' AND convalidated
               GROUP BY contypid) k ON k.contypid = t.oid
    WHERE @user_schema@ AND t.typtype = 'd'
    UNION ALL
    SELECT 'pg_constraint'::regclass::oid || '.' || k.oid,
           format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s', n.nspname, t.typname, k.conname,
                  pg_get_constraintdef(k.oid)), 2
    FROM pg_constraint k
    JOIN pg_type t ON t.oid = k.contypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE @user_schema@ AND k.contype = 'c' AND NOT k.convalidated
) AS all_of_them
ORDER BY part, statement
