-- Of the roles $1 and their members $2: which of these are members.  Who grants is no difference.
SELECT NULL,
       format('GRANT %I TO %s%s', a.role,
              CASE WHEN a.member IN ('current_user', 'current_role', 'session_user')
                   THEN upper(a.member) ELSE quote_ident(a.member) END,
              CASE WHEN bool_or(m.admin_option) THEN ' WITH ADMIN OPTION' ELSE '' END),
       @membership_options@
FROM unnest($1::text[], $2::text[]) AS a (role, member)
JOIN pg_roles r ON r.rolname = a.role
JOIN pg_roles x ON x.rolname = CASE WHEN a.member IN ('current_user', 'current_role') THEN current_user
                                    WHEN a.member = 'session_user' THEN session_user
                                    ELSE a.member END
JOIN pg_auth_members m ON m.roleid = r.oid AND m.member = x.oid
GROUP BY a.role, a.member
ORDER BY a.role, a.member
