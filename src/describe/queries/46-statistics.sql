SELECT id, statement FROM (
    SELECT 'pg_statistic_ext'::regclass::oid || '.' || s.oid AS id,
           pg_get_statisticsobjdef(s.oid) AS statement, 1 AS part, n.nspname, s.stxname
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass::oid || '.' || s.oid,
           format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget),
           2, n.nspname, s.stxname
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
    WHERE @user_schema@ AND s.stxstattarget >= 0
) AS all_of_them
ORDER BY part, nspname, stxname
