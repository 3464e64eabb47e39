SELECT id, statement FROM (
    SELECT 'pg_event_trigger'::regclass::oid || '.' || e.oid AS id,
           format('CREATE EVENT TRIGGER %I ON %s', e.evtname, e.evtevent)
           || coalesce(' WHEN TAG IN (' || (SELECT string_agg(quote_literal(t), ', ')
                                            FROM unnest(e.evttags) AS t) || ')', '')
           || format(' EXECUTE FUNCTION %s()', e.evtfoid::regproc) AS statement, 1 AS part, e.evtname
    FROM pg_event_trigger e
    UNION ALL
    SELECT 'pg_event_trigger'::regclass::oid || '.' || e.oid,
           format('ALTER EVENT TRIGGER %I %s', e.evtname, CASE e.evtenabled WHEN 'D' THEN 'DISABLE'
                  WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END), 2, e.evtname
    FROM pg_event_trigger e WHERE e.evtenabled <> 'O'
) AS all_of_them
ORDER BY part, evtname
