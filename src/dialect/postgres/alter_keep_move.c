/*
 * A table that is parked as it is: it gets the name of its side table where it would be
 * dropped, and loses all that would hold on to others, be in the way of a name, or let
 * somebody else read it.  No row is read or written: only the catalog changes.
 *
 * What stands on it is taken from the server's catalogs and not from the declarations:
 * names may have stepped aside for new ones (alter_room.c), and foreign keys have gone.
 */
#include "dialect/postgres/alter_keep.h"

/* ---- whether ---- */

static const char *
why_not_moved(const struct alter *a, const struct table *t)
{
    if (a->r->has_data_step)
        return "a data step may still take its rows";
    if (t->partition_by != NULL || t->bound != NULL)
        return "it has partitions, or is one";
    if (!slice_is_none(t->of_type.name))
        return "it is a table of a type";
    if (t->unlogged)
        return "it is not logged, and would be empty after a crash";
    if (!slice_is_none(t->method))
        return "its access method may go";
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->generated == NULL
            && side_keeps_as_text(&t->columns.items[i]->type))
            return "the type of a column may go";
    return NULL;
}

bool
side_is_moved(const struct alter *a, const struct keep_side *side, const char **why_not)
{
    *why_not = NULL;
    if (side->newer != NULL || !side->is_there || a->r->down)
        return false;
    *why_not = why_not_moved(a, side->older);
    return *why_not == NULL;
}

/* ---- how ---- */

/* Of a query with a column `sql`. */
#define EACH(query)                                                                      \
    "    FOR schemac_sql IN " query " LOOP\n"                                            \
    "        EXECUTE schemac_sql;\n"                                                     \
    "    END LOOP;\n"

/* Keys that others would have to be there for first, then what they are made over. */
static const char bare[] =
    EACH("SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', schemac_table, conname)\n"
         "        FROM pg_constraint WHERE conrelid = schemac_table AND contype <> 'n'\n"
         "        AND contype <> 't' ORDER BY contype <> 'f', conname")
    EACH("SELECT format('DROP INDEX %s', indexrelid::regclass)\n"
         "        FROM pg_index WHERE indrelid = schemac_table")
    EACH("SELECT format('DROP TRIGGER %I ON %s', tgname, schemac_table)\n"
         "        FROM pg_trigger WHERE tgrelid = schemac_table AND NOT tgisinternal")
    EACH("SELECT format('DROP RULE %I ON %s', rulename, schemac_table)\n"
         "        FROM pg_rewrite WHERE ev_class = schemac_table")
    EACH("SELECT format('DROP POLICY %I ON %s', polname, schemac_table)\n"
         "        FROM pg_policy WHERE polrelid = schemac_table")
    EACH("SELECT format('DROP STATISTICS %s.%I', stxnamespace::regnamespace, stxname)\n"
         "        FROM pg_statistic_ext WHERE stxrelid = schemac_table")
    EACH("SELECT format('ALTER PUBLICATION %I DROP TABLE %s', p.pubname, schemac_table)\n"
         "        FROM pg_publication_rel AS r JOIN pg_publication AS p ON p.oid =\n"
         "        r.prpubid WHERE r.prrelid = schemac_table")
    EACH("SELECT format('ALTER TABLE %s ' || CASE\n"
         "        WHEN attgenerated <> '' THEN 'DROP COLUMN %I'\n"
         "        WHEN attidentity <> '' THEN 'ALTER COLUMN %I DROP IDENTITY'\n"
         "        ELSE 'ALTER COLUMN %I DROP DEFAULT' END, schemac_table, attname)\n"
         "        FROM pg_attribute WHERE attrelid = schemac_table AND attnum > 0\n"
         "        AND NOT attisdropped AND (atthasdef OR attidentity <> '')")
    EACH("SELECT format('DROP SEQUENCE %s', c.oid::regclass)\n"
         "        FROM pg_depend AS d JOIN pg_class AS c ON c.oid = d.objid\n"
         "        WHERE d.classid = 'pg_class'::regclass AND c.relkind = 'S'\n"
         "        AND d.refobjid = schemac_table AND d.deptype = 'a'")
    EACH("SELECT DISTINCT format('REVOKE ALL ON TABLE %s FROM %s', schemac_table,\n"
         "        CASE WHEN grantee = 0 THEN 'PUBLIC'\n"
         "        ELSE quote_ident(pg_get_userbyid(grantee)) END)\n"
         "        FROM pg_class AS c, LATERAL (SELECT (aclexplode(c.relacl)).grantee\n"
         "        UNION SELECT (aclexplode(attacl)).grantee FROM pg_attribute\n"
         "        WHERE attrelid = c.oid AND attacl IS NOT NULL) AS rights\n"
         "        WHERE c.oid = schemac_table AND grantee <> c.relowner");

static struct slice
make_bare(struct alter *a, struct slice table)
{
    return alter_do(a, slice_format(&a->s->arena,
                                    "DECLARE\n"
                                    "    schemac_table regclass := %.*s;\n"
                                    "    schemac_sql text;\n"
                                    "BEGIN\n%s"
                                    "END\n",
                                    SLICE_ARG(side_string(a, table)), bare));
}

static void
rename_table(struct alter *a, const struct keep_side *side, struct action *to)
{
    const struct table *t = side->older;

    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER TABLE %.*s RENAME TO %.*s",
                           SLICE_ARG(side_qualified_table(a, side)),
                           SLICE_ARG(alter_ident(a, side->name))));
    if (!slice_is_none(t->schema) && !slice_is(t->schema, "public"))
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s SET SCHEMA public",
                               SLICE_ARG(alter_name(a, t->schema, side->name))));
    to->postcondition = slice_format(
        &a->s->arena,
        "SELECT pg_catalog.to_regclass(%.*s) IS NOT NULL "
        "AND pg_catalog.to_regclass(%.*s) IS NULL",
        SLICE_ARG(side_string(a, side_full_name(a, side))),
        SLICE_ARG(side_string(a, side_qualified_table(a, side))));
}

void
side_move(struct alter *a, const struct keep_side *side, struct action *to)
{
    const struct table *t = side->older;

    to->title = slice_format(&a->s->arena, "keep table %.*s", SLICE_ARG(t->name));
    side_register(a, side, to,
                  a->r->online ? SLICE_NONE : side_qualified_table(a, side));
    side_keep_counter(a, side, to);
    alter_sql(a, to, make_bare(a, side_qualified_table(a, side)));
    rename_table(a, side, to);
    to->lock = "ACCESS EXCLUSIVE";
    to->parks = slice_format(&a->s->arena, "%.*s in %.*s",
                             SLICE_ARG(keep_what(&a->s->arena, side)),
                             SLICE_ARG(side->name));
    side_require_none(a, side, to);
    alter_reason(a, to,
                 "With --keep the table stays under another name, without what stands on "
                 "it: no row is read or written.");
    if (!a->r->online)
        return;
    side_begin_retention(a, side, to);
    side_count_later(a, side);
}
