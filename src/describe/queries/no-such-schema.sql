SELECT quote_ident(s) FROM unnest($1::text[]) AS s
WHERE NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = s)
