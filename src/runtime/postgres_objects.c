/*
 * What a database holds, for the digest: one query for each kind of object, in the order
 * of the kinds.  The server's own words (pg_get_viewdef and its kin) are compared with
 * what they were after the last migration, so that no respelling of ours is in between.
 *
 * Left out: what the server itself and extensions brought, the tables of schemac, and
 * what is about the server rather than the schema (owners, oids, statistics).
 *
 * Needs: the settings of postgres_session.c, which the texts depend on.
 */
#include "runtime/postgres.h"

/* Of a row `n` of pg_namespace. */
#define USERS "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "

/* Of an object that an extension did not bring. */
#define NOT_BROUGHT(catalog, oid)                                                        \
    "NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '" catalog "'::regclass "   \
    "AND e.objid = " oid " AND e.deptype = 'e') "

/* Of a row `c` of pg_class in `n`: what stands on it follows it. */
#define RELATION                                                                         \
    USERS                                                                                \
        "AND NOT (n.nspname = 'public' AND c.relname IN ('schemac_history', "            \
        "'schemac_steps', 'schemac_expressions', 'schemac_kept')) AND NOT (n.nspname = " \
        "'public' AND c.relname LIKE 'schemac\\_kept\\_%') AND "                         \
        NOT_BROUGHT("pg_class", "c.oid")

#define CLASS_OF(oid)                                                                    \
    "JOIN pg_class c ON c.oid = " oid " JOIN pg_namespace n ON n.oid = c.relnamespace "

#define NAME_OF_CLASS "format('%I.%I', n.nspname, c.relname)"
#define NAME_ON_CLASS(name) "format('%I on %I.%I', " name ", n.nspname, c.relname)"

/* Around a query of three columns. */
#define OBJECTS "SELECT * FROM ("
#define BY_NAME ") o (kind, name, says) ORDER BY name COLLATE \"C\""

#define FIRST_USER_OID "16384"

/* Rights of others than the owner, whose name is not the schema's. */
#define RIGHTS(acl, owner)                                                               \
    "(SELECT string_agg(format('%s %s%s', CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE "     \
    "g.grantee::regrole::text END, g.privilege_type, CASE WHEN g.is_grantable THEN "     \
    "' again' END), ', ' ORDER BY g.grantee, g.privilege_type) "                         \
    "FROM aclexplode(" acl ") g WHERE g.grantee <> " owner ")"

/* clang-format off: it knows no strings that macros are part of */

static const char comments[] =
    OBJECTS "SELECT 'comment', format('%s %s', o.type, o.identity), d.description "
    "FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) o "
    "WHERE d.objoid >= " FIRST_USER_OID " AND d.classoid <> 'pg_extension'::regclass "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classoid AND "
    "e.objid = d.objoid AND e.deptype = 'e')" BY_NAME;

static const char constraints[] =
    OBJECTS "SELECT 'constraint', " NAME_ON_CLASS("k.conname")
    ", pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' (not "
    "validated)' END FROM pg_constraint k " CLASS_OF("k.conrelid") "WHERE k.contype "
    "IN ('c', 'f', 'p', 'u', 'x') AND " RELATION "UNION ALL SELECT 'constraint', "
    "format('%I on %I.%I', k.conname, n.nspname, t.typname), "
    "pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_type t ON t.oid = "
    "k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE k.contype = 'c' "
    "AND " USERS "AND " NOT_BROUGHT("pg_type", "t.oid") BY_NAME;

static const char extensions[] =
    OBJECTS "SELECT 'extension', quote_ident(e.extname), n.nspname::text FROM "
    "pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= "
    FIRST_USER_OID BY_NAME;

static const char functions[] =
    OBJECTS "SELECT 'function', p.oid::regprocedure::text, CASE p.prokind WHEN 'a' "
    "THEN (SELECT format('%s %s %s %s %s', a.aggkind, a.aggtransfn, a.aggfinalfn, "
    "a.aggtranstype::regtype, a.agginitval) FROM pg_aggregate a WHERE a.aggfnoid = "
    "p.oid) ELSE pg_get_functiondef(p.oid) END FROM pg_proc p JOIN pg_namespace n ON "
    "n.oid = p.pronamespace WHERE " USERS "AND " NOT_BROUGHT("pg_proc", "p.oid")
    /* the constructors of a range type belong to it */
    "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass "
    "AND d.objid = p.oid AND d.deptype = 'i')" BY_NAME;

static const char grants[] =
    OBJECTS "SELECT * FROM (SELECT 'grant' AS kind, " NAME_OF_CLASS " AS name, "
    RIGHTS("c.relacl", "c.relowner") " AS rights FROM pg_class c JOIN pg_namespace n "
    "ON n.oid = c.relnamespace WHERE c.relacl IS NOT NULL AND " RELATION
    "UNION ALL SELECT 'grant', format('%I.%I.%I', n.nspname, c.relname, a.attname), "
    RIGHTS("a.attacl", "c.relowner") " FROM pg_attribute a " CLASS_OF("a.attrelid")
    "WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND " RELATION
    "UNION ALL SELECT 'grant', p.oid::regprocedure::text, "
    RIGHTS("coalesce(p.proacl, acldefault('f', p.proowner))", "p.proowner")
    " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " USERS "AND "
    NOT_BROUGHT("pg_proc", "p.oid") "UNION ALL SELECT 'grant', format('%I.%I', "
    "n.nspname, t.typname), " RIGHTS("t.typacl", "t.typowner") " FROM pg_type t JOIN "
    "pg_namespace n ON n.oid = t.typnamespace WHERE t.typacl IS NOT NULL AND " USERS
    "AND " NOT_BROUGHT("pg_type", "t.oid")
    /* public is the server's: what everybody may do there differs by its version */
    "UNION ALL SELECT 'grant', quote_ident(n.nspname), "
    RIGHTS("n.nspacl", "n.nspowner") " FROM pg_namespace n WHERE n.nspacl IS NOT NULL "
    "AND n.nspname <> 'public' AND " USERS "AND " NOT_BROUGHT("pg_namespace", "n.oid")
    ") g WHERE rights IS NOT NULL" BY_NAME;

static const char indexes[] =
    OBJECTS "SELECT 'index', format('%I.%I', n.nspname, x.relname), "
    "pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' "
    "(invalid)' END || CASE WHEN i.indisclustered THEN ' (clustered)' ELSE '' END || "
    "CASE WHEN i.indisreplident THEN ' (identity)' ELSE '' END FROM pg_index i JOIN "
    "pg_class x ON x.oid = i.indexrelid " CLASS_OF("i.indrelid") "WHERE " RELATION
    "AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid "
    "AND k.contype IN ('p', 'u', 'x')) " BY_NAME;

/* What is described and kept as text: that it is there, not what it says. */
#define OTHER(catalog)                                                                   \
    "SELECT '" catalog "'::regclass AS classid, oid FROM " catalog                       \
    " WHERE oid >= " FIRST_USER_OID " "

static const char objects[] =
    OBJECTS "SELECT 'object', format('%s %s', o.type, o.identity), '' FROM ("
    OTHER("pg_am") "UNION ALL " OTHER("pg_cast") "UNION ALL "
    OTHER("pg_collation") "UNION ALL " OTHER("pg_conversion") "UNION ALL "
    OTHER("pg_event_trigger") "UNION ALL " OTHER("pg_foreign_data_wrapper") "UNION ALL "
    OTHER("pg_foreign_server") "UNION ALL " OTHER("pg_language") "UNION ALL "
    OTHER("pg_opclass") "UNION ALL " OTHER("pg_operator") "UNION ALL "
    OTHER("pg_opfamily") "UNION ALL " OTHER("pg_publication") "UNION ALL "
    OTHER("pg_transform") "UNION ALL " OTHER("pg_ts_config") "UNION ALL "
    OTHER("pg_ts_dict") "UNION ALL " OTHER("pg_ts_parser") "UNION ALL "
    OTHER("pg_ts_template") ") x, pg_identify_object(x.classid, x.oid, 0) o "
    "WHERE NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = x.classid "
    "AND e.objid = x.oid AND e.deptype IN ('e', 'i'))" BY_NAME;

static const char policies[] =
    OBJECTS "SELECT 'policy', " NAME_ON_CLASS("p.polname") ", format('%s %s %s %s "
    "%s', p.polcmd, p.polpermissive, (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' "
    "ELSE r::regrole::text END, ', ' ORDER BY r) FROM unnest(p.polroles) r), "
    "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) "
    "FROM pg_policy p " CLASS_OF("p.polrelid") "WHERE " RELATION BY_NAME;

static const char rules[] =
    OBJECTS "SELECT 'rule', " NAME_ON_CLASS("r.rulename") ", pg_get_ruledef(r.oid) || "
    "r.ev_enabled::text FROM pg_rewrite r " CLASS_OF("r.ev_class") "WHERE r.rulename "
    "<> '_RETURN' AND " RELATION BY_NAME;

static const char schemas[] =
    OBJECTS "SELECT 'schema', quote_ident(n.nspname), '' FROM pg_namespace n WHERE "
    "n.nspname <> 'public' AND " USERS "AND " NOT_BROUGHT("pg_namespace", "n.oid")
    BY_NAME;

static const char sequences[] =
    OBJECTS "SELECT 'sequence', " NAME_OF_CLASS ", format('%s %s %s %s %s %s %s %s', "
    "format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmax, s.seqmin, "
    "s.seqcache, s.seqcycle, (SELECT format('%s.%s', d.refobjid::regclass, "
    "d.refobjsubid) FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND "
    "d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', "
    "'i') LIMIT 1)) FROM pg_sequence s " CLASS_OF("s.seqrelid") "WHERE " RELATION
    "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass "
    "AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjid = "
    "coalesce(to_regclass('public.schemac_history'), 0))" BY_NAME;

static const char statistics[] =
    OBJECTS "SELECT 'statistics', format('%I.%I', n.nspname, s.stxname), "
    "pg_get_statisticsobjdef(s.oid) || coalesce(s.stxstattarget, -1) FROM "
    "pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE " USERS
    "AND " NOT_BROUGHT("pg_statistic_ext", "s.oid") BY_NAME;

#define COLUMNS                                                                          \
    "(SELECT string_agg(format('%I %s %s %s %s%s %s %s %s %s %s', a.attname, "           \
    "format_type(a.atttypid, a.atttypmod), (SELECT l.oid::regcollation FROM "            \
    "pg_collation l, pg_type y WHERE y.oid = a.atttypid AND l.oid = a.attcollation AND " \
    "l.oid <> y.typcollation), a.attnotnull, a.attidentity, a.attgenerated, "            \
    "pg_get_expr(b.adbin, b.adrelid), a.attstorage, a.attcompression, "                  \
    "coalesce(a.attstattarget, -1), a.attoptions), E'\\n' ORDER BY a.attnum) "           \
    "FROM pg_attribute a LEFT JOIN pg_attrdef b ON b.adrelid = a.attrelid "              \
    "AND b.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 "                  \
    "AND NOT a.attisdropped)"

static const char tables[] =
    OBJECTS "SELECT 'table', " NAME_OF_CLASS ", format('%s %s %s %s %s %s %s %s %s %s "
    "%s', c.relkind, c.relpersistence, c.reloptions, c.relrowsecurity, "
    "c.relforcerowsecurity, c.relreplident, pg_get_partkeydef(c.oid), "
    "pg_get_expr(c.relpartbound, c.oid), (SELECT "
    "string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM "
    "pg_inherits i WHERE i.inhrelid = c.oid), (SELECT t.spcname FROM pg_tablespace t "
    "WHERE t.oid = c.reltablespace), " COLUMNS ") FROM pg_class c JOIN pg_namespace n "
    "ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f', 'c') AND " RELATION
    BY_NAME;

static const char triggers[] =
    OBJECTS "SELECT 'trigger', " NAME_ON_CLASS("t.tgname")
    ", pg_get_triggerdef(t.oid) || t.tgenabled::text FROM pg_trigger t "
    CLASS_OF("t.tgrelid") "WHERE NOT t.tgisinternal AND " RELATION BY_NAME;

static const char types[] =
    OBJECTS "SELECT 'type', format('%I.%I', n.nspname, t.typname), format('%s %s %s "
    "%s %s %s', t.typtype, (SELECT string_agg(quote_literal(v.enumlabel), ', ' ORDER "
    "BY v.enumsortorder) FROM pg_enum v WHERE v.enumtypid = t.oid), CASE t.typtype "
    "WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull, "
    "t.typdefault, (SELECT format('%s %s %s %s', format_type(r.rngsubtype, NULL), "
    "r.rngcollation::regcollation, r.rngcanonical, r.rngsubdiff) FROM pg_range r "
    "WHERE r.rngtypid = t.oid)) FROM pg_type t JOIN pg_namespace n ON n.oid = "
    "t.typnamespace WHERE t.typtype IN ('e', 'd', 'r', 'b') AND t.typelem = 0 AND "
    USERS "AND " NOT_BROUGHT("pg_type", "t.oid") BY_NAME;

static const char views[] =
    OBJECTS "SELECT 'view', " NAME_OF_CLASS ", format('%s %s %s %s', c.relkind, "
    "c.reloptions, pg_get_viewdef(c.oid), " COLUMNS ") FROM pg_class c JOIN "
    "pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND "
    RELATION BY_NAME;

/* clang-format on */

/* Sorted by kind, as the lists that are compared are. */
const char *const schemac__postgres_objects[] = {
    comments, constraints, extensions, functions, grants,    indexes,
    objects,  policies,    rules,      schemas,   sequences, statistics,
    tables,   triggers,    types,      views,     NULL,
};
