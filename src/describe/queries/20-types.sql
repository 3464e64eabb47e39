-- Enum, range, base and shell types.  A base type is two statements: its functions need the name first.
SELECT 'pg_type'::regclass::oid || '.' || t.oid, format('CREATE TYPE %I.%I', n.nspname, t.typname)
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE @user_schema@ AND t.typtype IN ('b', 'p')
  AND t.typsubscript <> 'array_subscript_handler'::regproc
UNION ALL
SELECT 'pg_type'::regclass::oid || '.' || t.oid,
       CASE t.typtype
       WHEN 'e' THEN format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname, coalesce(e.labels, ''))
       WHEN 'r' THEN format('CREATE TYPE %I.%I AS RANGE (', n.nspname, t.typname)
           || concat_ws(', ',
               'subtype = ' || format_type(r.rngsubtype, NULL),
               CASE WHEN NOT oc.opcdefault THEN format('subtype_opclass = %I.%I', ocn.nspname, oc.opcname) END,
               CASE WHEN r.rngcollation <> st.typcollation
                    THEN format('collation = %I.%I', cn.nspname, co.collname) END,
               CASE WHEN r.rngcanonical <> 0 THEN 'canonical = ' || r.rngcanonical END,
               CASE WHEN r.rngsubdiff <> 0 THEN 'subtype_diff = ' || r.rngsubdiff END,
               format('multirange_type_name = %I.%I', mn.nspname, m.typname)) || ')'
       ELSE format('CREATE TYPE %I.%I (', n.nspname, t.typname)
           || concat_ws(', ',
               'INPUT = ' || t.typinput, 'OUTPUT = ' || t.typoutput,
               CASE WHEN t.typreceive <> 0 THEN 'RECEIVE = ' || t.typreceive END,
               CASE WHEN t.typsend <> 0 THEN 'SEND = ' || t.typsend END,
               CASE WHEN t.typmodin <> 0 THEN 'TYPMOD_IN = ' || t.typmodin END,
               CASE WHEN t.typmodout <> 0 THEN 'TYPMOD_OUT = ' || t.typmodout END,
               CASE WHEN t.typanalyze <> 0 THEN 'ANALYZE = ' || t.typanalyze END,
               CASE WHEN t.typsubscript <> 0 THEN 'SUBSCRIPT = ' || t.typsubscript END,
               'INTERNALLENGTH = ' || CASE t.typlen WHEN -1 THEN 'variable' ELSE t.typlen::text END,
               CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
               'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2'
                                 WHEN 'i' THEN 'int4' ELSE 'double' END,
               'STORAGE = ' || CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external'
                               WHEN 'x' THEN 'extended' ELSE 'main' END,
               CASE WHEN t.typcategory <> 'U' THEN 'CATEGORY = ' || quote_literal(t.typcategory::text) END,
               CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
               'DEFAULT = ' || quote_literal(t.typdefault),
               CASE WHEN t.typelem <> 0 THEN 'ELEMENT = ' || format_type(t.typelem, NULL) END,
               CASE WHEN t.typdelim <> ',' THEN 'DELIMITER = ' || quote_literal(t.typdelim::text) END,
               CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END) || ')'
       END
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN (SELECT enumtypid, string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) AS labels
           FROM pg_enum GROUP BY enumtypid) e ON e.enumtypid = t.oid
LEFT JOIN pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_type st ON st.oid = r.rngsubtype
LEFT JOIN pg_type m ON m.oid = r.rngmultitypid
LEFT JOIN pg_namespace mn ON mn.oid = m.typnamespace
LEFT JOIN pg_opclass oc ON oc.oid = r.rngsubopc
LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
LEFT JOIN pg_collation co ON co.oid = r.rngcollation
LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
WHERE @user_schema@
  AND (t.typtype IN ('e', 'r')
       OR (t.typtype = 'b' AND t.typsubscript <> 'array_subscript_handler'::regproc))
ORDER BY 2
