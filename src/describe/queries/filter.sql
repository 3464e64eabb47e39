-- What --schema ($1) and --exclude ($2, LIKE patterns) leave out, and what needs it: an object that
-- is a part of such a one goes without a word, any other is named.  An extension and what it brings
-- stay whatever schema they are in, as tables may be made of its types.
WITH RECURSIVE named (classid, objid, nsp, name) AS (
    SELECT 'pg_class'::regclass::oid, oid, relnamespace, relname::text FROM pg_class
    WHERE relpersistence <> 't' AND relkind <> 't'
    UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace, typname FROM pg_type
    WHERE typtype <> 'c' AND typname !~ '^_'
    UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, proname FROM pg_proc
    UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace, oprname FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace, opcname FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfnamespace, opfname FROM pg_opfamily
    UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace, collname FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid, connamespace, conname FROM pg_conversion
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace, dictname FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid, prsnamespace, prsname FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid, tmplnamespace, tmplname
    FROM pg_ts_template
    UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxnamespace, stxname
    FROM pg_statistic_ext
), roots (classid, objid) AS (
    SELECT o.classid, o.objid FROM named o JOIN pg_namespace n ON n.oid = o.nsp,
         -- p* is about names, not about all that is in public
         (SELECT array_agg(p) FILTER (WHERE p LIKE '%.%') FROM unnest($2::text[]) AS p) AS dotted (patterns)
    WHERE @user_schema@
      AND (n.nspname <> ALL ($1::text[]) OR o.name LIKE ANY ($2::text[])
           OR n.nspname || '.' || o.name LIKE ANY (dotted.patterns))
    UNION ALL SELECT 'pg_namespace'::regclass, n.oid FROM pg_namespace n
    WHERE n.nspname <> ALL ($1::text[])
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
    WHERE $1::text[] IS NOT NULL
    UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
    WHERE $1::text[] IS NOT NULL
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
    WHERE $1::text[] IS NOT NULL
    UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
    WHERE $1::text[] IS NOT NULL AND oid >= 16384
    UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
    WHERE $1::text[] IS NOT NULL AND oid >= 16384
    UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
    WHERE $1::text[] IS NOT NULL
    UNION ALL SELECT 'pg_default_acl'::regclass, oid FROM pg_default_acl
    WHERE $1::text[] IS NOT NULL
      AND (SELECT nspname FROM pg_namespace n WHERE n.oid = defaclnamespace) = ANY ($1)
          IS NOT TRUE
), gone (classid, objid, is_told) AS (
    SELECT classid, objid, false FROM roots r
    WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = r.classid
                      AND e.objid = r.objid AND e.deptype = 'e')
    UNION
    SELECT x.classid, x.objid, x.is_told
    FROM gone g, LATERAL (
        SELECT d.classid, d.objid, d.deptype = 'n' FROM pg_depend d
        WHERE d.refclassid = g.classid AND d.refobjid = g.objid
          AND d.deptype IN ('n', 'i', 'a', 'P', 'S')
          -- being in the schema is no reason of its own: --exclude may name a schema's namesake
          AND d.refclassid <> 'pg_namespace'::regclass
        UNION ALL
        -- a view goes with its query, a table with a default: where these have a reason of their own
        SELECT 'pg_class'::regclass, ev_class, true FROM pg_rewrite
        WHERE g.is_told AND g.classid = 'pg_rewrite'::regclass AND oid = g.objid
          AND rulename = '_RETURN'
        UNION ALL
        SELECT 'pg_class'::regclass, adrelid, true FROM pg_attrdef
        WHERE g.is_told AND g.classid = 'pg_attrdef'::regclass AND oid = g.objid
    ) AS x (classid, objid, is_told)
)
SELECT classid || '.' || objid, NULL,
       CASE WHEN bool_and(is_told) AND classid <> 'pg_attrdef'::regclass
                 AND NOT EXISTS (SELECT FROM pg_rewrite r WHERE r.oid = objid
                                 AND r.rulename = '_RETURN'
                                 AND classid = 'pg_rewrite'::regclass)
                 AND NOT EXISTS (SELECT FROM pg_type t WHERE t.oid = objid
                                 AND classid = 'pg_type'::regclass
                                 AND (t.typtype = 'c' OR t.typelem <> 0))
            THEN pg_describe_object(classid, objid, 0)
                 || ' is left out: it needs what is left out'
       END
FROM gone GROUP BY classid, objid ORDER BY 3, 1
