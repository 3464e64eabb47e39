/*
 * Columns of tables in use that are parked before they go: the side table is there first,
 * and a trigger carries to it what others write; batches fill in the rows that are there.
 * So the transaction in which the columns go finds everything parked and reads no row.
 *
 * Invariant: from the first batch on, whoever writes a row of the table writes its row of
 * the side table in the same transaction.  A batch parks only rows that nobody is
 * writing (FOR SHARE SKIP LOCKED), so it waits for nobody and cannot be part of a
 * deadlock; a row cannot be deleted or get another key under it.  The rows that it left
 * out are in the side table once their writer has committed, or are parked by the rounds
 * behind the batches.  These end when a look at both tables finds nothing missing, which
 * holds from then on.
 */
#include "dialect/postgres/alter_keep.h"

#define BATCH_PAGES "256" /* 2 MB, as in alter_online_rows.c */
#define ROW_TRIGGER "schemac_kept"
#define ALL_TRIGGER "schemac_kept_truncate"

/* ---- whether ---- */

/* Two rows that change keys with each other in one statement: the trigger would see the
 * second as the first one's. */
static bool
has_deferrable_key(const struct table *t)
{
    VEC_EACH (i, &t->constraints)
        if ((t->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY
             || t->constraints.items[i]->kind == CONSTRAINT_UNIQUE)
            && t->constraints.items[i]->deferral != DEFERRAL_NONE)
            return true;
    return false;
}

static const char *
why_not_beside(const struct keep_side *side)
{
    VEC_EACH (i, &side->columns)
        if (side->columns.items[i].newer != NULL)
            return "what a value becomes is kept with it";
    if (side->older->partition_by != NULL || side->older->bound != NULL)
        return "the table is partitioned";
    if (has_deferrable_key(side->older))
        return "a key of the table is deferrable, so that rows may change keys with "
               "each other";
    return NULL;
}

/* ---- lists ---- */

/* "a, b": keys, then values, as the side table names them. */
static struct slice
names(struct alter *a, const struct keep_side *side, bool keys, bool values)
{
    struct text out;

    text_init(&out, &a->s->arena);
    for (size_t i = 0; keys && i < side->keys.count; i++)
        text_addf(&out, "%s%.*s", out.len > 0 ? ", " : "",
                  SLICE_ARG(alter_ident(a, side->keys.items[i]->name)));
    for (size_t i = 0; values && i < side->columns.count; i++)
        text_addf(&out, "%s%.*s", out.len > 0 ? ", " : "",
                  SLICE_ARG(alter_ident(a, side->columns.items[i].older->name)));
    return text_slice(&out);
}

/* "t.a, t.b::text": the same of a row of the table. */
static struct slice
values_of(struct alter *a, const struct keep_side *side, struct slice row, bool values)
{
    struct text out;

    text_init(&out, &a->s->arena);
    VEC_EACH (i, &side->keys) {
        const struct column *c = side->keys.items[i];

        text_addf(&out, "%s%.*s", i > 0 ? ", " : "",
                  SLICE_ARG(side_value(a, row, c, side_column(a, side, c))));
    }
    for (size_t i = 0; values && i < side->columns.count; i++) {
        const struct column *c = side->columns.items[i].older;

        text_addf(&out, ", %.*s",
                  SLICE_ARG(side_value(a, row, c, side_column(a, side, c))));
    }
    return text_slice(&out);
}

static struct slice
assignments(struct alter *a, const struct keep_side *side)
{
    struct text out;

    text_init(&out, &a->s->arena);
    VEC_EACH (i, &side->columns) {
        struct slice name = alter_ident(a, side->columns.items[i].older->name);

        text_addf(&out, "%s%.*s = EXCLUDED.%.*s", i > 0 ? ", " : "", SLICE_ARG(name),
                  SLICE_ARG(name));
    }
    return text_slice(&out);
}

/* ---- the trigger ---- */

/* As its owner: who writes the table has no right on the side table. */
static struct slice
make_routine(struct alter *a, const struct keep_side *side)
{
    struct slice kept = side_full_name(a, side);
    struct text body;

    text_init(&body, &a->s->arena);
    text_addf(&body,
              "BEGIN\n"
              "    IF TG_OP = 'TRUNCATE' THEN\n"
              "        DELETE FROM %.*s;\n"
              "        RETURN NULL;\n"
              "    END IF;\n",
              SLICE_ARG(kept));
    text_addf(&body,
              "    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE'\n"
              "        AND ROW(%.*s) IS DISTINCT FROM ROW(%.*s)) THEN\n"
              "        DELETE FROM %.*s AS schemac_k WHERE %.*s;\n"
              "    END IF;\n",
              SLICE_ARG(values_of(a, side, SLICE("OLD"), false)),
              SLICE_ARG(values_of(a, side, SLICE("NEW"), false)), SLICE_ARG(kept),
              SLICE_ARG(side_same_key(a, side, SLICE("OLD"), false)));
    text_addf(&body,
              "    IF TG_OP <> 'DELETE' THEN\n"
              "        INSERT INTO %.*s (%.*s)\n"
              "        VALUES (%.*s)\n"
              "        ON CONFLICT (%.*s) DO UPDATE SET %.*s;\n"
              "    END IF;\n"
              "    RETURN NULL;\n"
              "END\n",
              SLICE_ARG(kept), SLICE_ARG(names(a, side, true, true)),
              SLICE_ARG(values_of(a, side, SLICE("NEW"), true)),
              SLICE_ARG(names(a, side, true, false)), SLICE_ARG(assignments(a, side)));
    return slice_format(&a->s->arena,
                        "CREATE FUNCTION %.*s() RETURNS trigger\n"
                        "LANGUAGE plpgsql SECURITY DEFINER\n"
                        "SET search_path = pg_catalog, public, pg_temp\n"
                        "AS %.*s",
                        SLICE_ARG(kept),
                        SLICE_ARG(postgres_code(a->s, text_slice(&body))));
}

/* Always: also for rows that replication writes. */
static void
make_trigger(struct alter *a, const struct keep_side *side, struct action *to,
             const char *name, const char *events)
{
    struct slice table = side_qualified_table(a, side);

    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "CREATE TRIGGER %s AFTER %s ON %.*s FOR EACH %s EXECUTE "
                           "FUNCTION %.*s()",
                           name, events, SLICE_ARG(table),
                           events[0] == 'T' ? "STATEMENT" : "ROW",
                           SLICE_ARG(side_full_name(a, side))));
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER TABLE %.*s ENABLE ALWAYS TRIGGER %s",
                           SLICE_ARG(table), name));
}

static void
begin(struct alter *a, const struct keep_side *side)
{
    struct action *to = side_action(
        a, PHASE_GROW, alter_columns_order(a) + 2, side,
        slice_format(&a->s->arena, "begin to keep %.*s",
                     SLICE_ARG(keep_what(&a->s->arena, side))));

    to->own_transaction = true;
    alter_sql(a, to, side_create(a, side));
    side_register(a, side, to, SLICE_NONE);
    alter_sql(a, to, make_routine(a, side));
    make_trigger(a, side, to, ROW_TRIGGER, "INSERT OR UPDATE OR DELETE");
    make_trigger(a, side, to, ALL_TRIGGER, "TRUNCATE");
    to->lock = "SHARE ROW EXCLUSIVE";
    side_require_none(a, side, to);
    alter_reason(a, to,
                 "From here on a trigger keeps what others write, so that the rows that "
                 "are there can be copied while they do.");
}

static void
drop_trigger(struct alter *a, const struct keep_side *side, struct action *to,
             const char *name)
{
    alter_sql(a, to,
              slice_format(&a->s->arena, "DROP TRIGGER %s ON %.*s", name,
                           SLICE_ARG(side_qualified_table(a, side))));
}

static void
end(struct alter *a, const struct keep_side *side)
{
    struct action *to = side_action(
        a, PHASE_TIGHTEN, TIGHTEN_NUMBERS, side,
        slice_format(&a->s->arena, "keep %.*s",
                     SLICE_ARG(keep_what(&a->s->arena, side))));

    drop_trigger(a, side, to, ROW_TRIGGER);
    drop_trigger(a, side, to, ALL_TRIGGER);
    alter_sql(a, to,
              slice_format(&a->s->arena, "DROP FUNCTION %.*s()",
                           SLICE_ARG(side_full_name(a, side))));
    side_begin_retention(a, side, to);
    to->lock = "ACCESS EXCLUSIVE";
    to->parks = slice_format(&a->s->arena, "%.*s in %.*s",
                             SLICE_ARG(keep_what(&a->s->arena, side)),
                             SLICE_ARG(side->name));
    alter_reason(a, to,
                 "All of it is in the side table: this reads no row.  It goes in the "
                 "same transaction.");
}

/* ---- the rows that are there ---- */

static struct slice
is_missing(struct alter *a, const struct keep_side *side)
{
    return slice_format(&a->s->arena,
                        "NOT EXISTS (SELECT 1 FROM %.*s AS schemac_k WHERE %.*s)",
                        SLICE_ARG(side_full_name(a, side)),
                        SLICE_ARG(side_same_key(a, side, side_table(a, side), false)));
}

/* INSERT of the missing rows for which `condition` holds. */
static void
add_missing(struct alter *a, const struct keep_side *side, const char *condition,
            struct text *out)
{
    struct slice table = side_table(a, side);

    text_addf(out,
              "        INSERT INTO %.*s (%.*s)\n"
              "        SELECT %.*s FROM %.*s\n"
              "        WHERE %s%.*s\n"
              "        FOR SHARE OF %.*s SKIP LOCKED\n"
              "        ON CONFLICT DO NOTHING;\n"
              "        COMMIT;\n",
              SLICE_ARG(side_full_name(a, side)),
              SLICE_ARG(names(a, side, true, true)),
              SLICE_ARG(values_of(a, side, table, true)),
              SLICE_ARG(side_qualified_table(a, side)), condition,
              SLICE_ARG(is_missing(a, side)), SLICE_ARG(table));
}

static struct slice
all_batches(struct alter *a, const struct keep_side *side)
{
    struct slice table = side_qualified_table(a, side);
    struct text out;

    text_init(&out, &a->s->arena);
    text_addf(&out,
              "DECLARE\n"
              "    schemac_page bigint := 0;\n"
              "    schemac_end bigint := pg_relation_size(%.*s)\n"
              "        / current_setting('block_size')::bigint;\n"
              "    schemac_pause double precision := 0.1;\n"
              "BEGIN\n"
              "    WHILE schemac_page <= schemac_end LOOP\n",
              SLICE_ARG(side_string(a, table)));
    add_missing(a, side,
                "ctid >= format('(%s,0)', schemac_page)::tid\n"
                "            AND ctid < format('(%s,0)', schemac_page + " BATCH_PAGES
                ")::tid\n"
                "            AND ",
                &out);
    text_addf(&out,
              "        schemac_page := schemac_page + " BATCH_PAGES ";\n"
              "    END LOOP;\n"
              "    WHILE EXISTS (SELECT 1 FROM %.*s WHERE %.*s) LOOP\n"
              "        COMMIT;\n",
              SLICE_ARG(table), SLICE_ARG(is_missing(a, side)));
    add_missing(a, side, "", &out);
    text_addz(&out, "        PERFORM pg_sleep(schemac_pause);\n"
                    "        schemac_pause := least(2 * schemac_pause, 5);\n"
                    "    END LOOP;\n"
                    "END\n");
    return slice_format(&a->s->arena, "DO %.*s",
                        SLICE_ARG(postgres_code(a->s, text_slice(&out))));
}

static void
fill(struct alter *a, const struct keep_side *side)
{
    struct action *to =
        side_action(a, PHASE_FILL, 0, side,
                    slice_format(&a->s->arena, "fill %.*s", SLICE_ARG(side->name)));

    to->outside_transaction = true;
    to->lock = "ROW EXCLUSIVE";
    to->scans = true;
    alter_sql(a, to, all_batches(a, side));
    to->postcondition =
        slice_format(&a->s->arena, "SELECT NOT EXISTS (SELECT 1 FROM %.*s WHERE %.*s)",
                     SLICE_ARG(side_qualified_table(a, side)),
                     SLICE_ARG(is_missing(a, side)));
    alter_reason(a, to,
                 "In batches that are committed one by one.  Rows that are kept already "
                 "are left alone: run again, it goes on where it was.");
    alter_reason(a, to,
                 "A row that somebody is writing is left to the trigger, and looked for "
                 "once more behind the others: it waits for transactions that hold such "
                 "rows, and no program waits for more than one batch.");
}

bool
online_park(struct alter *a, const struct keep_side *side, const char **why_not)
{
    *why_not = NULL;
    if (side->newer == NULL || !online_is_in_use(a, side->newer))
        return false;
    *why_not = why_not_beside(side);
    if (*why_not != NULL)
        return false;
    begin(a, side);
    fill(a, side);
    end(a, side);
    side_count_later(a, side);
    return true;
}
