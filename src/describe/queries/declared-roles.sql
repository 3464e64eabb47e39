-- Of the roles $1: what is said of each ($2, words between commas) and, where $3 says one, when its
-- password ends.  $4: is the role made by the declarations, or only altered by them?
WITH asked AS (
    SELECT name, string_to_array(said, ',') AS said, until, is_made
    FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[]) AS a (name, said, until, is_made)
), powers AS (
    SELECT a.name, string_agg(CASE WHEN p.given THEN ' ' ELSE ' NO' END || p.word, '' ORDER BY p.place) AS words
    FROM asked a JOIN pg_roles r ON r.rolname = a.name,
         LATERAL (VALUES (1, 'SUPERUSER', rolsuper), (2, 'CREATEDB', rolcreatedb),
                         (3, 'CREATEROLE', rolcreaterole), (4, 'INHERIT', rolinherit),
                         (5, 'LOGIN', rolcanlogin), (6, 'REPLICATION', rolreplication),
                         (7, 'BYPASSRLS', rolbypassrls)) AS p (place, word, given)
    WHERE p.word = ANY (a.said)
    GROUP BY a.name
)
SELECT NULL,
       format('%s ROLE %I', CASE WHEN a.is_made THEN 'CREATE' ELSE 'ALTER' END, a.name)
       || coalesce(p.words, '')
       || CASE WHEN 'CONNECTION LIMIT' = ANY (a.said)
               THEN format(' CONNECTION LIMIT %s', r.rolconnlimit) ELSE '' END
       -- as it was declared, if that is the same moment
       || CASE WHEN a.until IS NULL THEN ''
               WHEN a.until::timestamptz = coalesce(r.rolvaliduntil, 'infinity')
               THEN format(' VALID UNTIL %L', a.until)
               ELSE format(' VALID UNTIL %L', coalesce(r.rolvaliduntil, 'infinity')) END
FROM asked a
JOIN pg_roles r ON r.rolname = a.name
LEFT JOIN powers p ON p.name = a.name
ORDER BY a.name
