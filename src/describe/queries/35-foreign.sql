SELECT id, statement FROM (
    SELECT 'pg_foreign_data_wrapper'::regclass::oid || '.' || w.oid AS id,
           format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname)
           || CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc ELSE '' END
           || CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc ELSE '' END
           || coalesce((SELECT ' OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ')
                               || ')' FROM pg_options_to_table(w.fdwoptions)), '') AS statement, 1 AS part
    FROM pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'pg_foreign_server'::regclass::oid || '.' || v.oid,
           format('CREATE SERVER %I', v.srvname)
           || coalesce(' TYPE ' || quote_literal(v.srvtype), '')
           || coalesce(' VERSION ' || quote_literal(v.srvversion), '')
           || format(' FOREIGN DATA WRAPPER %I', w.fdwname)
           || coalesce((SELECT ' OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ')
                               || ')' FROM pg_options_to_table(v.srvoptions)), ''), 2
    FROM pg_foreign_server v JOIN pg_foreign_data_wrapper w ON w.oid = v.srvfdw
) AS all_of_them
ORDER BY part, statement
