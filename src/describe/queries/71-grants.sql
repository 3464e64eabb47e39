-- What differs from that which the server gives by itself.  Owners have all rights of their own and
-- are not named: what one has taken from himself is told.  An extension gives rights of its own on what
-- it brings; what differs from those is told, too.
WITH found (classid, objid, subid, owner, acl, given, what, columns) AS (
    SELECT 'pg_class'::regclass::oid, c.oid, 0, c.relowner, c.relacl,
           acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner),
           format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname), ''
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND c.relacl IS NOT NULL AND c.relpersistence <> 't'
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, a.attnum, c.relowner, a.attacl, acldefault('c', c.relowner),
           format('TABLE %I.%I', n.nspname, c.relname), format(' (%I)', a.attname)
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND a.attacl IS NOT NULL AND c.relpersistence <> 't' AND NOT a.attisdropped
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 0, p.proowner, p.proacl, acldefault('f', p.proowner),
           CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || p.oid::regprocedure, ''
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE @user_schema@ AND p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, t.typowner, t.typacl, acldefault('T', t.typowner),
           format('TYPE %I.%I', n.nspname, t.typname), ''
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE @user_schema@ AND t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 0, n.nspowner, n.nspacl,
           CASE WHEN n.nspname = 'public' THEN @public_acl@ ELSE acldefault('n', n.nspowner) END,
           format('SCHEMA %I', n.nspname), ''
    FROM pg_namespace n
    WHERE @user_schema@ AND n.nspacl IS NOT NULL
    UNION ALL
    SELECT 'pg_language'::regclass, l.oid, 0, l.lanowner, l.lanacl, acldefault('l', l.lanowner),
           format('LANGUAGE %I', l.lanname), ''
    FROM pg_language l WHERE l.lanacl IS NOT NULL AND l.oid >= 16384
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 0, w.fdwowner, w.fdwacl, acldefault('F', w.fdwowner),
           format('FOREIGN DATA WRAPPER %I', w.fdwname), ''
    FROM pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, v.oid, 0, v.srvowner, v.srvacl, acldefault('S', v.srvowner),
           format('FOREIGN SERVER %I', v.srvname), ''
    FROM pg_foreign_server v WHERE v.srvacl IS NOT NULL
), owned AS (
    SELECT f.classid, f.objid, f.owner, f.acl, coalesce(p.initprivs, f.given) AS given, f.what, f.columns,
           EXISTS (SELECT FROM pg_depend d WHERE d.classid = f.classid AND d.objid = f.objid
                   AND d.deptype = 'e') AS is_brought
    FROM found f
    LEFT JOIN pg_init_privs p ON p.classoid = f.classid AND p.objoid = f.objid AND p.objsubid = f.subid
), rights AS (
    SELECT o.classid, o.objid, o.is_brought, o.what, o.columns, o.owner, r.grantee, r.privilege_type, r.is_grantable,
           true AS is_given, coalesce(g.privilege_type IS NOT NULL, false) AS is_usual
    FROM owned o CROSS JOIN LATERAL aclexplode(o.acl) AS r
    LEFT JOIN LATERAL (SELECT DISTINCT x.grantee, x.privilege_type FROM aclexplode(o.given) AS x) AS g
           ON g.grantee = r.grantee AND g.privilege_type = r.privilege_type AND NOT r.is_grantable
    UNION
    SELECT o.classid, o.objid, o.is_brought, o.what, o.columns, o.owner, g.grantee, g.privilege_type, false, false, false
    FROM owned o CROSS JOIN LATERAL aclexplode(o.given) AS g
    WHERE NOT EXISTS (SELECT FROM aclexplode(o.acl) AS r
                      WHERE r.grantee = g.grantee AND r.privilege_type = g.privilege_type)
), named AS (
    SELECT r.*, CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(a.rolname) END AS grantee_name
    FROM rights r LEFT JOIN pg_roles a ON a.oid = r.grantee
    WHERE NOT is_usual
)
SELECT CASE WHEN NOT is_brought THEN classid || '.' || objid END,
       CASE WHEN grantee = owner OR grantee_name IS NULL THEN NULL
            WHEN is_given THEN format('GRANT %s ON %s TO %s%s',
                string_agg(privilege_type || columns, ', ' ORDER BY privilege_type, columns),
                what, grantee_name, CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
            ELSE format('REVOKE %s ON %s FROM %s',
                string_agg(privilege_type, ', ' ORDER BY privilege_type), what, grantee_name) END,
       CASE WHEN grantee_name IS NULL
            THEN format('a grant on %s to a role that is gone (OID %s) is left out', what, grantee)
            WHEN grantee = owner AND NOT is_given
            THEN format('the owner of %s has no right to %s, which is left out: owners are not kept', what,
                string_agg(lower(privilege_type), ', ' ORDER BY privilege_type))
       END
FROM named
WHERE grantee <> owner OR NOT is_given
GROUP BY classid, objid, is_brought, what, owner, grantee, grantee_name, is_given, is_grantable
ORDER BY is_given, what, grantee_name, is_grantable
