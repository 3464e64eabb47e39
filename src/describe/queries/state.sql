-- The names and definitions that the server's own functions look up: they see what is committed at
-- this moment, not what this transaction's snapshot holds.  Asked for before and after.
SELECT sum(hashtextextended(what, 0)::numeric) FROM (
    SELECT concat_ws('.', c.oid, c.relnamespace, c.relname) AS what FROM pg_class c
    WHERE c.oid >= 16384 AND c.relpersistence <> 't' AND c.relkind <> 't'
    UNION ALL
    SELECT concat_ws('.', a.attrelid, a.attnum, a.xmin) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.oid >= 16384 AND c.relpersistence <> 't' AND c.relkind <> 't' AND a.attnum > 0
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_namespace
    WHERE nspname !~ '^pg_(toast_)?temp_'
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT concat_ws('.', t.oid, t.xmin) FROM pg_type t
    WHERE t.oid >= 16384 AND t.typtype IN ('d', 'e', 'r')
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT concat_ws('.', indexrelid, xmin) FROM pg_index WHERE indexrelid >= 16384
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_attrdef
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_rewrite WHERE oid >= 16384
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_trigger
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_policy
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_enum
    UNION ALL SELECT concat_ws('.', inhrelid, inhparent, xmin) FROM pg_inherits
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_statistic_ext
    UNION ALL SELECT concat_ws('.', oid, xmin) FROM pg_operator WHERE oid >= 16384
) AS everything
