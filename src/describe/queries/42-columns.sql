-- What CREATE TABLE does not say of a column: identity and its sequence, storage, statistics, and
-- where an heir differs from its parents.
WITH columns AS (
    SELECT a.*, c.relname, c.relkind, c.relispartition,
           format('ALTER %sTABLE ONLY %I.%I ALTER COLUMN %I ',
                  CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END,
                  n.nspname, c.relname, a.attname) AS head
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE @user_schema@ AND c.relkind IN ('r', 'p', 'f', 'm') AND c.relpersistence <> 't'
      AND a.attnum > 0 AND NOT a.attisdropped
), inherited AS (
    SELECT k.attrelid, k.attnum, k.attname, k.head, k.attnotnull,
           pg_get_expr(d.adbin, d.adrelid) AS own,
           array_remove(array_agg(pg_get_expr(pd.adbin, pd.adrelid)), NULL) AS theirs,
           bool_or(pa.attnotnull) AS their_not_null
    FROM columns k
    JOIN pg_inherits i ON i.inhrelid = k.attrelid
    JOIN pg_attribute pa ON pa.attrelid = i.inhparent AND pa.attname = k.attname
    LEFT JOIN pg_attrdef d ON d.adrelid = k.attrelid AND d.adnum = k.attnum
    LEFT JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum
    WHERE NOT k.attislocal AND NOT k.relispartition AND k.attgenerated = ''
    GROUP BY k.attrelid, k.attnum, k.attname, k.head, k.attnotnull, d.adbin, d.adrelid
)
SELECT id, statement, note FROM (
    SELECT 'pg_class'::regclass::oid || '.' || k.attrelid AS id,
           replace(k.head, 'ALTER TABLE ONLY', 'ALTER TABLE')
           || format('ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I START WITH %s INCREMENT BY %s '
                     'MINVALUE %s MAXVALUE %s CACHE %s%s)',
                     CASE k.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
                     qn.nspname, q.relname, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                     CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END) AS statement,
           -- to the reader it is then one that stayed behind when the table was renamed; what is
           -- longer than a name may be is cut by the server
           CASE WHEN q.relname <> k.relname || '_' || k.attname || '_seq'
                     AND right(q.relname, length(k.attname) + 5) = '_' || k.attname || '_seq'
                     AND length(k.relname || '_' || k.attname || '_seq') < 64
                THEN format('the name of sequence %I.%I is left out: the one of an identity column is '
                            'named after %I.%I', qn.nspname, q.relname, k.relname, k.attname) END AS note,
           k.attrelid, k.attnum
    FROM columns k
    JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = k.attrelid
         AND d.refobjsubid = k.attnum AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
    JOIN pg_class q ON q.oid = d.objid
    JOIN pg_namespace qn ON qn.oid = q.relnamespace
    JOIN pg_sequence s ON s.seqrelid = q.oid
    WHERE k.attidentity <> ''
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || k.attrelid, k.head || x.action, NULL, k.attrelid, k.attnum
    FROM columns k JOIN pg_type t ON t.oid = k.atttypid, LATERAL (VALUES
        (CASE WHEN k.attstorage <> t.typstorage THEN 'SET STORAGE ' || CASE k.attstorage WHEN 'p' THEN 'PLAIN'
              WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END),
        (CASE k.attcompression WHEN 'p' THEN 'SET COMPRESSION pglz' WHEN 'l' THEN 'SET COMPRESSION lz4' END),
        (CASE WHEN k.attstattarget >= 0 THEN 'SET STATISTICS ' || k.attstattarget END),
        (CASE WHEN k.attoptions IS NOT NULL THEN (SELECT 'SET (' || string_agg(quote_ident(option_name) || ' = ' || option_value, ', '
                                       ORDER BY ordinality) || ')'
          FROM pg_options_to_table(k.attoptions) WITH ORDINALITY) END)) AS x (action)
    WHERE x.action IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || h.attrelid,
           h.head || CASE WHEN h.own IS NULL THEN 'DROP DEFAULT' ELSE 'SET DEFAULT ' || h.own END,
           NULL, h.attrelid, h.attnum
    FROM inherited h
    WHERE h.own IS DISTINCT FROM h.theirs[1] OR (h.own IS NOT NULL AND h.own <> ALL (h.theirs))
    UNION ALL
    SELECT 'pg_class'::regclass::oid || '.' || h.attrelid, h.head || 'SET NOT NULL', NULL, h.attrelid, h.attnum
    FROM inherited h WHERE h.attnotnull AND NOT h.their_not_null
) AS all_of_them
ORDER BY statement
