-- Read in shares, as the views are.
SELECT id, statement FROM (
    SELECT 'pg_rewrite'::regclass::oid || '.' || r.oid AS id, rtrim(pg_get_ruledef(r.oid), ';') AS statement,
           1 AS part, n.nspname, c.relname, r.rulename
    FROM pg_rewrite r
    JOIN pg_class c ON c.oid = r.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND r.oid::bigint % $1::bigint = $2::bigint AND r.rulename <> '_RETURN' AND c.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_rewrite'::regclass::oid || '.' || r.oid,
           format('ALTER TABLE %I.%I %s RULE %I', n.nspname, c.relname,
                  CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                  ELSE 'ENABLE ALWAYS' END, r.rulename), 2, n.nspname, c.relname, r.rulename
    FROM pg_rewrite r
    JOIN pg_class c ON c.oid = r.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND r.oid::bigint % $1::bigint = $2::bigint AND r.rulename <> '_RETURN' AND r.ev_enabled <> 'O' AND c.relpersistence <> 't'
) AS all_of_them
ORDER BY part, nspname, relname, rulename
