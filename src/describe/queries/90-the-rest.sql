-- What has no declaration here, with the reason.
SELECT NULL, NULL, note FROM (
    SELECT format('%s user mappings are left out: they may hold passwords', count(*)) AS note
    FROM pg_user_mappings HAVING count(*) > 0
    UNION ALL
    SELECT format('%s subscriptions are left out: they belong to the server''s surroundings', count(*))
    FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid AND d.datname = current_database()
    HAVING count(*) > 0
    UNION ALL
    SELECT format('%s security labels are left out', count(*)) FROM pg_seclabel HAVING count(*) > 0
    @not_null_constraints@
) AS notes
ORDER BY note
