CREATE EXTENSION pgcrypto;
CREATE EXTENSION pg_stat_statements;
REVOKE EXECUTE ON FUNCTION digest(text, text) FROM PUBLIC;
GRANT SELECT ON pg_stat_statements_info TO pg_monitor;
