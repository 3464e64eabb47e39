-- Keys of partitions are said and attached (44), foreign keys only where they begin.  WITH and the
-- tablespace of a key's index stand before DEFERRABLE; pg_get_constraintdef leaves them out.  A
-- partition that is half detached keeps the foreign keys of the whole as its own.
SELECT 'pg_constraint'::regclass::oid || '.' || k.oid,
       CASE WHEN @is_enforced@ THEN
       format('ALTER %sTABLE %s%I.%I ADD CONSTRAINT %I ',
              CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
              CASE WHEN c.relkind = 'p' AND k.contype = 'f' OR k.contype = 'c' AND NOT k.connoinherit
                   THEN '' ELSE 'ONLY ' END, n.nspname, c.relname, k.conname)
       || CASE WHEN k.contype IN ('p', 'u') THEN
              CASE WHEN k.condeferrable
                   THEN regexp_replace(pg_get_constraintdef(k.oid), ' DEFERRABLE( INITIALLY DEFERRED)?$', '')
                   ELSE pg_get_constraintdef(k.oid) END
              || coalesce(CASE WHEN x.reloptions IS NOT NULL THEN (SELECT ' WITH (' || string_agg(quote_ident(option_name) || ' = '
                                  || quote_literal(option_value), ', ' ORDER BY ordinality) || ')'
                           FROM pg_options_to_table(x.reloptions) WITH ORDINALITY) END, '')
              || coalesce(' USING INDEX TABLESPACE ' || quote_ident(s.spcname), '')
              || CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END
              || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END
          ELSE pg_get_constraintdef(k.oid) END
       END,
       CASE WHEN NOT @is_enforced@
            THEN format('constraint %I of %I.%I is left out: it is NOT ENFORCED', k.conname, n.nspname, c.relname) END
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class x ON x.oid = k.conindid
LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace AND k.contype <> 'f'
WHERE @user_schema@ AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'f')
  AND (k.contype IN ('p', 'u', 'x') OR (k.contype = 'f' AND (k.conparentid = 0
           OR @is_leaving@ AND k.conrelid <> (SELECT w.conrelid FROM pg_constraint w WHERE w.oid = k.conparentid)))
       OR (k.contype = 'c' AND NOT k.convalidated AND k.conislocal))
ORDER BY k.contype = 'f', n.nspname, c.relname, k.conname
