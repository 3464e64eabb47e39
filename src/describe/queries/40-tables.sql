-- Columns and checks stand inside; what refers to other tables, and keys, come behind.  A partition
-- says all of its columns and is attached, as pg_dump has it; an heir says only those of its own.
WITH tables AS (
    SELECT c.*, n.nspname, w.reloptions AS toast_options,
           NOT c.relispartition AND c.oid IN (SELECT inhrelid FROM pg_inherits) AS is_heir
    FROM pg_class c LEFT JOIN pg_class w ON w.oid = c.reltoastrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
), elements (relid, place, number, name, element) AS (
    SELECT a.attrelid, 1, a.attnum::int, NULL::name,
           CASE WHEN t.reloftype = 0
                THEN format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
                ELSE format('%I WITH OPTIONS', a.attname) END
           || CASE WHEN t.relkind = 'f' AND a.attfdwoptions IS NOT NULL
                   THEN (SELECT ' OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ')
                                || ')' FROM pg_options_to_table(a.attfdwoptions)) ELSE '' END
           || CASE WHEN a.attcollation <> 0 AND a.attcollation <> y.typcollation AND t.reloftype = 0
                   THEN format(' COLLATE %I.%I', cn.nspname, co.collname) ELSE '' END
           || CASE WHEN a.attgenerated = 's'
                   THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                   WHEN a.attgenerated <> ''
                   THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') VIRTUAL'
                   ELSE coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') END
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    FROM tables t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type y ON y.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_collation co ON co.oid = a.attcollation
    LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    WHERE (a.attislocal OR t.relispartition)
      AND (t.reloftype = 0 OR a.attnotnull OR d.oid IS NOT NULL)
    UNION ALL
    SELECT t.oid, 2, 0, k.conname, format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
    FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid
    WHERE k.contype = 'c' AND k.convalidated AND (k.conislocal OR t.relispartition)
), bodies (relid, body) AS (
    SELECT relid, string_agg(element, ', ' ORDER BY place, number, name) FROM elements GROUP BY relid
)
SELECT 'pg_class'::regclass::oid || '.' || t.oid,
       format('CREATE %sTABLE %I.%I', CASE WHEN t.relkind = 'f' THEN 'FOREIGN '
              WHEN t.relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END, t.nspname, t.relname)
       || CASE WHEN t.reloftype <> 0
               THEN ' OF ' || format_type(t.reloftype, NULL) || coalesce(' (' || b.body || ')', '')
               ELSE ' (' || coalesce(b.body, '') || ')' END
       || coalesce(CASE WHEN t.is_heir THEN (SELECT ' INHERITS (' || string_agg(format('%I.%I', pn.nspname, p.relname), ', '
                                                       ORDER BY i.inhseqno) || ')'
                    FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
                    JOIN pg_namespace pn ON pn.oid = p.relnamespace
                    WHERE i.inhrelid = t.oid) END, '')
       || CASE WHEN t.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(t.oid) ELSE '' END
       || coalesce(' SERVER ' || quote_ident(v.srvname), '')
       || coalesce(CASE WHEN f.ftoptions IS NOT NULL THEN
                   (SELECT ' OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ') || ')'
                    FROM pg_options_to_table(f.ftoptions)) END, '')
       || CASE WHEN m.amname <> 'heap' THEN format(' USING %I', m.amname) ELSE '' END
       || coalesce(CASE WHEN t.reloptions IS NOT NULL OR t.toast_options IS NOT NULL THEN
                   (SELECT ' WITH (' || string_agg(o.name || ' = ' || quote_literal(o.value), ', '
                                                   ORDER BY o.place) || ')'
                    FROM (SELECT quote_ident(option_name), option_value, ordinality
                          FROM pg_options_to_table(t.reloptions) WITH ORDINALITY
                          UNION ALL
                          SELECT 'toast.' || quote_ident(option_name), option_value, 100 + ordinality
                          FROM pg_options_to_table(t.toast_options) WITH ORDINALITY) AS o (name, value, place)) END, '')
       || coalesce(' TABLESPACE ' || quote_ident(s.spcname), '')
FROM tables t
LEFT JOIN bodies b ON b.relid = t.oid
LEFT JOIN pg_am m ON m.oid = t.relam
LEFT JOIN pg_tablespace s ON s.oid = t.reltablespace
LEFT JOIN pg_foreign_table f ON f.ftrelid = t.oid
LEFT JOIN pg_foreign_server v ON v.oid = f.ftserver
ORDER BY t.nspname, t.relname
