SELECT id, statement FROM (
    SELECT 'pg_ts_parser'::regclass::oid || '.' || p.oid AS id,
           format('CREATE TEXT SEARCH PARSER %I.%I (START = %s, GETTOKEN = %s, END = %s, %sLEXTYPES = %s)',
                  n.nspname, p.prsname, p.prsstart, p.prstoken, p.prsend,
                  CASE WHEN p.prsheadline <> 0 THEN format('HEADLINE = %s, ', p.prsheadline) ELSE '' END,
                  p.prslextype) AS statement, 1 AS part
    FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace WHERE @user_schema@
    UNION ALL
    SELECT 'pg_ts_template'::regclass::oid || '.' || t.oid,
           format('CREATE TEXT SEARCH TEMPLATE %I.%I (%sLEXIZE = %s)', n.nspname, t.tmplname,
                  CASE WHEN t.tmplinit <> 0 THEN format('INIT = %s, ', t.tmplinit) ELSE '' END, t.tmpllexize), 2
    FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace WHERE @user_schema@
    UNION ALL
    SELECT 'pg_ts_dict'::regclass::oid || '.' || d.oid,
           format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I%s)', n.nspname, d.dictname,
                  tn.nspname, t.tmplname, ', ' || d.dictinitoption), 3
    FROM pg_ts_dict d
    JOIN pg_namespace n ON n.oid = d.dictnamespace
    JOIN pg_ts_template t ON t.oid = d.dicttemplate
    JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_ts_config'::regclass::oid || '.' || c.oid,
           format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname,
                  pn.nspname, p.prsname), 4
    FROM pg_ts_config c
    JOIN pg_namespace n ON n.oid = c.cfgnamespace
    JOIN pg_ts_parser p ON p.oid = c.cfgparser
    JOIN pg_namespace pn ON pn.oid = p.prsnamespace
    WHERE @user_schema@
    UNION ALL
    SELECT 'pg_ts_config'::regclass::oid || '.' || c.oid,
           format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s', n.nspname, c.cfgname,
                  t.alias, string_agg(format('%I.%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno)), 5
    FROM pg_ts_config c
    JOIN pg_namespace n ON n.oid = c.cfgnamespace
    JOIN pg_ts_config_map m ON m.mapcfg = c.oid
    JOIN pg_ts_dict d ON d.oid = m.mapdict
    JOIN pg_namespace dn ON dn.oid = d.dictnamespace
    JOIN LATERAL ts_token_type(c.cfgparser) AS t ON t.tokid = m.maptokentype
    WHERE @user_schema@
    GROUP BY c.oid, n.nspname, c.cfgname, t.alias
) AS all_of_them
ORDER BY part, statement
