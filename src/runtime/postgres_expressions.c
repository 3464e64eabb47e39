/*
 * The server's own text of each expression, for schemac_expressions.
 *
 * Needs: the settings of postgres_session.c, which the texts depend on.
 */
#include "runtime/postgres.h"

/* Of a row `c` of pg_class in `n`. */
#define OF_USERS                                                                         \
    "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "                         \
    "AND c.relname NOT LIKE 'schemac\\_%' "

#define CLASS_OF(oid)                                                                    \
    "JOIN pg_class c ON c.oid = " oid " JOIN pg_namespace n ON n.oid = c.relnamespace "

#define MEMBER(name) "concat_ws('.', n.nspname, c.relname, " name ")"

/* clang-format off: it knows no strings that macros are part of */

#define TEXTS                                                                            \
    "(SELECT 'column' AS kind, " MEMBER("a.attname") " AS name, "                        \
    "a.attgenerated::text || pg_get_expr(d.adbin, d.adrelid) AS says "                   \
    "FROM pg_attrdef d "                                                                 \
    CLASS_OF("d.adrelid")                                                                \
    "JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE "        \
    OF_USERS                                                                             \
    "UNION ALL SELECT 'check', " MEMBER("k.conname") ", pg_get_constraintdef(k.oid) "    \
    "FROM pg_constraint k " CLASS_OF("k.conrelid") "WHERE k.contype = 'c' AND " OF_USERS \
    "UNION ALL SELECT 'index', concat_ws('.', n.nspname, x.relname), "                   \
    "pg_get_indexdef(i.indexrelid) FROM pg_index i "                                     \
    "JOIN pg_class x ON x.oid = i.indexrelid " CLASS_OF("i.indrelid") "WHERE " OF_USERS  \
    "UNION ALL SELECT 'view', " MEMBER("NULL") ", pg_get_viewdef(c.oid) "                \
    "|| coalesce(c.reloptions::text, '') "                                               \
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "                     \
    "WHERE c.relkind IN ('v', 'm') AND " OF_USERS                                        \
    "UNION ALL SELECT 'policy', " MEMBER("p.polname") ", format('%s %s %s %s %s', "      \
    "p.polcmd, p.polpermissive, p.polroles::regrole[], "                                 \
    "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) "      \
    "FROM pg_policy p " CLASS_OF("p.polrelid") "WHERE " OF_USERS                         \
    "UNION ALL SELECT 'rule', " MEMBER("r.rulename") ", pg_get_ruledef(r.oid) || "       \
    "r.ev_enabled::text FROM pg_rewrite r " CLASS_OF("r.ev_class")                       \
    "WHERE r.rulename <> '_RETURN' AND " OF_USERS                                        \
    "UNION ALL SELECT 'trigger', " MEMBER("t.tgname") ", pg_get_triggerdef(t.oid) || "   \
    "t.tgenabled::text FROM pg_trigger t " CLASS_OF("t.tgrelid")                         \
    "WHERE NOT t.tgisinternal AND " OF_USERS                                             \
    "UNION ALL SELECT 'domain', concat_ws('.', n.nspname, t.typname), "                  \
    "format('%s %s %s %s', format_type(t.typbasetype, t.typtypmod), t.typnotnull, "      \
    "t.typdefault, (SELECT string_agg(k.conname || pg_get_constraintdef(k.oid), ' ' "    \
    "ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid)) "               \
    "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "                      \
    "WHERE t.typtype = 'd' AND n.nspname !~ '^pg_' "                                     \
    "AND n.nspname <> 'information_schema')"

const char schemac__postgres_expressions_insert[] =
    "INSERT INTO schemac_expressions (kind, name, declared, server) "
    "SELECT t.kind, t.name, l.declared, md5(t.says) FROM " TEXTS " AS t "
    "JOIN (SELECT split_part(x, E'\\t', 1), split_part(x, E'\\t', 2), "
    "split_part(x, E'\\t', 3) FROM string_to_table($1, E'\\n') x) "
    "AS l (declared, kind, name) USING (kind, name) ON CONFLICT DO NOTHING";

const char schemac__postgres_expressions_unchanged[] =
    "SELECT string_agg(concat_ws(E'\\t', e.declared, e.kind, e.name), E'\\n') "
    "FROM schemac_expressions e JOIN " TEXTS " AS t USING (kind, name) "
    "WHERE md5(t.says) = e.server";

/* clang-format on */
