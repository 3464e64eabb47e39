-- Default privileges: what a role gives away with each object that it makes from now on.
WITH defaults AS (
    SELECT d.oid, d.defaclnamespace AS nsp, d.defaclacl AS acl,
           CASE WHEN d.defaclnamespace = 0 THEN acldefault(
               CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END::"char", d.defaclrole)
           ELSE acldefault('c', d.defaclrole) END AS given,
           format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s ', a.rolname,
                  coalesce(' IN SCHEMA ' || quote_ident(n.nspname), '')) AS head,
           CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS' END AS what
    FROM pg_default_acl d
    JOIN pg_roles a ON a.oid = d.defaclrole
    LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
), rights AS (
    SELECT d.oid, d.head, d.what, true AS is_given, r.grantee, r.privilege_type, r.is_grantable
    FROM defaults d CROSS JOIN LATERAL aclexplode(d.acl) AS r
    WHERE NOT EXISTS (SELECT FROM aclexplode(d.given) AS g
                      WHERE (g.grantee, g.privilege_type, g.is_grantable)
                            = (r.grantee, r.privilege_type, r.is_grantable))
    UNION ALL
    SELECT d.oid, d.head, d.what, false, g.grantee, g.privilege_type, false
    FROM defaults d CROSS JOIN LATERAL aclexplode(d.given) AS g
    WHERE NOT EXISTS (SELECT FROM aclexplode(d.acl) AS r
                      WHERE (g.grantee, g.privilege_type) = (r.grantee, r.privilege_type))
)
SELECT 'pg_default_acl'::regclass::oid || '.' || r.oid,
       r.head || CASE WHEN r.is_given THEN 'GRANT ' ELSE 'REVOKE ' END
       || string_agg(r.privilege_type, ', ' ORDER BY r.privilege_type)
       || format(' ON %s %s %s', r.what, CASE WHEN r.is_given THEN 'TO' ELSE 'FROM' END,
                 CASE r.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END)
       || CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
FROM rights r
GROUP BY r.oid, r.head, r.what, r.is_given, r.grantee, r.is_grantable
ORDER BY 2
