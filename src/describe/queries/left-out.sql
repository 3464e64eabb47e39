-- What is no part of the declarations: what an extension brought, schemac's own tables, and what
-- stands on either and goes with it (deptype i and a: row types, indexes, sequences, triggers).
WITH RECURSIVE gone (classid, objid) AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
    UNION
    SELECT 'pg_class'::regclass::oid, oid FROM pg_class
    WHERE (relname IN ('schemac_history', 'schemac_steps', 'schemac_expressions', 'schemac_kept')
        OR relname LIKE 'schemac\_kept\_%') AND relkind IN ('r', 'p')
    UNION
    SELECT d.classid, d.objid
    FROM gone g JOIN pg_depend d ON d.refclassid = g.classid AND d.refobjid = g.objid
    WHERE d.deptype IN ('i', 'a', 'P', 'S')
)
SELECT classid || '.' || objid FROM gone
