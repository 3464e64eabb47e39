-- Kept whole by the reader: operators, their families and classes, casts, conversions, collations,
-- languages, access methods.
WITH loose (family, member) AS (
    -- members of a family that belong to none of its classes
    SELECT d.refobjid, format('OPERATOR %s %s', a.amopstrategy, a.amopopr::regoperator)
           || coalesce(' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname), '')
    FROM pg_depend d
    JOIN pg_amop a ON a.oid = d.objid
    LEFT JOIN pg_opfamily s ON s.oid = a.amopsortfamily
    LEFT JOIN pg_namespace sn ON sn.oid = s.opfnamespace
    WHERE d.classid = 'pg_amop'::regclass AND d.refclassid = 'pg_opfamily'::regclass
    UNION ALL
    SELECT d.refobjid, format('FUNCTION %s (%s, %s) %s', a.amprocnum, format_type(a.amproclefttype, NULL),
                              format_type(a.amprocrighttype, NULL), a.amproc::regprocedure)
    FROM pg_depend d
    JOIN pg_amproc a ON a.oid = d.objid
    WHERE d.classid = 'pg_amproc'::regclass AND d.refclassid = 'pg_opfamily'::regclass
)
SELECT id, statement FROM (
    SELECT 'pg_operator'::regclass::oid || '.' || o.oid AS id,
           format('CREATE OPERATOR %I.%s (', n.nspname, o.oprname) || concat_ws(', ',
               'FUNCTION = ' || o.oprcode,
               CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || format_type(o.oprleft, NULL) END,
               CASE WHEN o.oprright <> 0 THEN 'RIGHTARG = ' || format_type(o.oprright, NULL) END,
               'COMMUTATOR = OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')',
               'NEGATOR = OPERATOR(' || quote_ident(gn.nspname) || '.' || g.oprname || ')',
               CASE WHEN o.oprcanmerge THEN 'MERGES' END, CASE WHEN o.oprcanhash THEN 'HASHES' END,
               CASE WHEN o.oprrest <> 0 THEN 'RESTRICT = ' || o.oprrest END,
               CASE WHEN o.oprjoin <> 0 THEN 'JOIN = ' || o.oprjoin END) || ')' AS statement, 2 AS part
    FROM pg_operator o
    JOIN pg_namespace n ON n.oid = o.oprnamespace
    LEFT JOIN pg_operator c ON c.oid = o.oprcom
    LEFT JOIN pg_namespace cn ON cn.oid = c.oprnamespace
    LEFT JOIN pg_operator g ON g.oid = o.oprnegate
    LEFT JOIN pg_namespace gn ON gn.oid = g.oprnamespace
    WHERE @user_schema@ AND o.oprcode <> 0
    UNION ALL
    SELECT 'pg_opfamily'::regclass::oid || '.' || f.oid,
           format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, m.amname), 3
    FROM pg_opfamily f
    JOIN pg_namespace n ON n.oid = f.opfnamespace
    JOIN pg_am m ON m.oid = f.opfmethod
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_opclass'::regclass::oid || '.' || k.oid,
           format('CREATE OPERATOR CLASS %I.%I %sFOR TYPE %s USING %I FAMILY %I.%I AS ', n.nspname, k.opcname,
                  CASE WHEN k.opcdefault THEN 'DEFAULT ' ELSE '' END, format_type(k.opcintype, NULL),
                  m.amname, fn.nspname, f.opfname)
           || concat_ws(', ', CASE WHEN k.opckeytype <> 0 THEN 'STORAGE ' || format_type(k.opckeytype, NULL) END,
               (SELECT string_agg(format('OPERATOR %s %s%s', a.amopstrategy, a.amopopr::regoperator,
                                         coalesce(' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname), '')),
                                  ', ' ORDER BY a.amopstrategy)
                FROM pg_depend d JOIN pg_amop a ON a.oid = d.objid
                LEFT JOIN pg_opfamily s ON s.oid = a.amopsortfamily
                LEFT JOIN pg_namespace sn ON sn.oid = s.opfnamespace
                WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = k.oid
                  AND d.classid = 'pg_amop'::regclass),
               (SELECT string_agg(format('FUNCTION %s (%s, %s) %s', a.amprocnum,
                                         format_type(a.amproclefttype, NULL), format_type(a.amprocrighttype, NULL),
                                         a.amproc::regprocedure), ', ' ORDER BY a.amprocnum)
                FROM pg_depend d JOIN pg_amproc a ON a.oid = d.objid
                WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = k.oid
                  AND d.classid = 'pg_amproc'::regclass)), 4
    FROM pg_opclass k
    JOIN pg_namespace n ON n.oid = k.opcnamespace
    JOIN pg_am m ON m.oid = k.opcmethod
    JOIN pg_opfamily f ON f.oid = k.opcfamily
    JOIN pg_namespace fn ON fn.oid = f.opfnamespace
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_opfamily'::regclass::oid || '.' || f.oid,
           format('ALTER OPERATOR FAMILY %I.%I USING %I ADD ', n.nspname, f.opfname, m.amname)
           || string_agg(l.member, ', ' ORDER BY l.member), 5
    FROM pg_opfamily f
    JOIN pg_namespace n ON n.oid = f.opfnamespace
    JOIN pg_am m ON m.oid = f.opfmethod
    JOIN loose l ON l.family = f.oid
    WHERE @user_schema@
    GROUP BY f.oid, n.nspname, f.opfname, m.amname
    UNION ALL
    SELECT 'pg_cast'::regclass::oid || '.' || c.oid,
           format('CREATE CAST (%s AS %s) ', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))
           || CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure
              WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
           || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END, 6
    FROM pg_cast c
    WHERE c.oid >= 16384
      -- from a range to its multirange, by the server itself
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass
                      AND d.objid = c.oid AND d.deptype = 'i')
    UNION ALL
    SELECT 'pg_conversion'::regclass::oid || '.' || c.oid,
           format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END,
                  n.nspname, c.conname, pg_encoding_to_char(c.conforencoding),
                  pg_encoding_to_char(c.contoencoding), c.conproc), 7
    FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_collation'::regclass::oid || '.' || c.oid,
           format('CREATE COLLATION %I.%I (', n.nspname, c.collname) || concat_ws(', ',
               'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
               CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
               'locale = ' || quote_literal(@collation_locale@),
               CASE WHEN c.collprovider = 'c' AND c.collcollate <> c.collctype THEN NULL
                    WHEN c.collprovider = 'c' THEN 'locale = ' || quote_literal(c.collcollate) END,
               CASE WHEN c.collprovider = 'c' AND c.collcollate <> c.collctype
                    THEN format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype) END,
               'rules = ' || quote_literal(@collation_rules@)) || ')', 1
    FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_language'::regclass::oid || '.' || l.oid,
           format('CREATE %sLANGUAGE %I', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname)
           || CASE WHEN l.lanplcallfoid <> 0 THEN ' HANDLER ' || l.lanplcallfoid::regproc ELSE '' END
           || CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc ELSE '' END
           || CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc ELSE '' END, 1
    FROM pg_language l WHERE l.lanispl AND l.oid >= 16384
    UNION ALL
    SELECT 'pg_transform'::regclass::oid || '.' || t.oid,
           format('CREATE TRANSFORM FOR %s LANGUAGE %I (', format_type(t.trftype, NULL), l.lanname)
           || concat_ws(', ', CASE WHEN t.trffromsql <> 0
                                   THEN format('FROM SQL WITH FUNCTION %s', t.trffromsql::regprocedure) END,
                        CASE WHEN t.trftosql <> 0
                             THEN format('TO SQL WITH FUNCTION %s', t.trftosql::regprocedure) END) || ')', 8
    FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
    UNION ALL
    SELECT 'pg_am'::regclass::oid || '.' || m.oid,
           format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname,
                  CASE m.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, m.amhandler), 1
    FROM pg_am m WHERE m.oid >= 16384
) AS all_of_them
ORDER BY part, statement
