-- Of the settings $3 of the roles $1 in the databases $2 (NULL: in each): those that are there.  Of
-- the first ones the server has a list of names in quotes, which SET takes as so many values.
SELECT NULL,
       format('ALTER ROLE %I%s SET %s TO %s', a.role,
              CASE WHEN a.database IS NULL THEN '' ELSE format(' IN DATABASE %I', a.database) END,
              array_to_string(ARRAY(SELECT quote_ident(x) FROM unnest(string_to_array(a.setting, '.')) AS x), '.'),
              CASE WHEN lower(a.setting) IN ('search_path', 'temp_tablespaces', 'local_preload_libraries',
                                             'session_preload_libraries', 'shared_preload_libraries',
                                             'unix_socket_directories')
                   THEN array_to_string(ARRAY(
                       SELECT quote_literal(CASE WHEN m[1] LIKE '"%' THEN replace(trim(BOTH '"' FROM m[1]), '""', '"')
                                                 ELSE trim(m[1]) END)
                       FROM regexp_matches(s.value, '("(?:[^"]|"")*"|[^",]+)', 'g') AS m
                       WHERE trim(m[1]) <> ''), ', ')
                   ELSE quote_literal(s.value) END)
FROM unnest($1::text[], $2::text[], $3::text[]) AS a (role, database, setting)
JOIN pg_roles r ON r.rolname = a.role
JOIN pg_db_role_setting k ON k.setrole = r.oid
     AND k.setdatabase = CASE WHEN a.database IS NULL THEN 0
                              ELSE (SELECT d.oid FROM pg_database d WHERE d.datname = a.database) END
JOIN LATERAL (SELECT split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value
              FROM unnest(k.setconfig) AS c) AS s ON lower(s.name) = lower(a.setting)
ORDER BY a.role, a.database, a.setting
