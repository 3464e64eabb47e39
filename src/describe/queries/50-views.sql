-- pg_get_viewdef locks what a view reads; so the views may be asked for in $1 shares, of which this
-- is $2.
SELECT 'pg_class'::regclass::oid || '.' || c.oid,
       format('CREATE %sVIEW %I.%I', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END,
              n.nspname, c.relname)
       || CASE WHEN m.amname <> 'heap' THEN format(' USING %I', m.amname) ELSE '' END
       || coalesce(CASE WHEN c.reloptions IS NOT NULL THEN (SELECT ' WITH (' || string_agg(quote_ident(option_name) || ' = '
                           || quote_literal(option_value), ', ' ORDER BY ordinality) || ')'
                    FROM pg_options_to_table(c.reloptions) WITH ORDINALITY
                    WHERE option_name <> 'check_option') END, '')
       || coalesce(' TABLESPACE ' || quote_ident(s.spcname), '')
       || E' AS\n' || rtrim(pg_get_viewdef(c.oid), ';')
       || coalesce(CASE WHEN c.reloptions IS NOT NULL THEN (SELECT E'\nWITH ' || upper(option_value) || ' CHECK OPTION'
                    FROM pg_options_to_table(c.reloptions) WITH ORDINALITY
                    WHERE option_name = 'check_option') END, '')
       || CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN E'\nWITH NO DATA' ELSE '' END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
WHERE @user_schema@ AND c.relkind IN ('v', 'm') AND c.relpersistence <> 't'
  AND c.oid::bigint % $1::bigint = $2::bigint
ORDER BY n.nspname, c.relname
