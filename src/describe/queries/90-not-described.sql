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
    UNION ALL
    SELECT format('operators of family %I.%I that belong to no operator class are left out', n.nspname, f.opfname)
    FROM pg_opfamily f
    JOIN pg_namespace n ON n.oid = f.opfnamespace
    WHERE @user_schema@ AND EXISTS (
        SELECT FROM pg_depend d WHERE d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid
        AND d.classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass))
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_opfamily'::regclass
                      AND e.objid = f.oid AND e.deptype = 'e')
) AS notes
ORDER BY note
