-- Of the roles $1: their comments.
SELECT NULL, format('COMMENT ON ROLE %I IS %L', r.rolname, shobj_description(r.oid, 'pg_authid'))
FROM pg_roles r
WHERE r.rolname = ANY ($1::text[]) AND shobj_description(r.oid, 'pg_authid') IS NOT NULL
ORDER BY r.rolname
