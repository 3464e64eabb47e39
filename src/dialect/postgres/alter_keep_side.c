/*
 * Side tables on PostgreSQL: what they are called, made of, and how their rows are found.
 * Types that the schema declares itself may go in the same version, so their values are
 * kept as text, which every type gives and takes.
 */
#include "dialect/postgres/alter_keep.h"

/* ---- texts ---- */

struct slice
side_string(struct alter *a, struct slice text)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_string(&st.w, text);
    return postgres_end(&st);
}

struct slice
side_full_name(struct alter *a, const struct keep_side *side)
{
    return alter_name(a, SLICE("public"), side->name);
}

bool
side_keeps_as_text(const struct type *t)
{
    return t->kind == TYPE_NAMED;
}

/* A column as the side table keeps it: "t.c" or "t.c::text". */
struct slice
side_value(struct alter *a, struct slice table, const struct column *c, struct slice name)
{
    return slice_format(&a->s->arena, "%.*s.%.*s%s", SLICE_ARG(table),
                        SLICE_ARG(alter_ident(a, name)),
                        side_keeps_as_text(&c->type) ? "::text" : "");
}

/* The table by its last name, to be named in an expression. */
struct slice
side_table(struct alter *a, const struct keep_side *side)
{
    const struct table *t = a->r->down ? side->older : side->newer;

    if (t != NULL)
        return alter_ident(a, t->name);
    return alter_ident(a, alter_name_then(a, side->older->schema, side->older->name));
}

struct slice
side_qualified_table(struct alter *a, const struct keep_side *side)
{
    const struct table *t = a->r->down ? side->older : side->newer;

    if (t != NULL)
        return alter_name(a, t->schema, t->name);
    t = side->older;
    return alter_name(a, t->schema, alter_name_then(a, t->schema, t->name));
}

/* Of a partition that goes: its whole may give the column another name before that. */
static struct slice
column_of_part(const struct alter *a, const struct table *part, const struct column *c)
{
    const struct table *whole = catalog_whole_of(a->r->from, part);

    for (; whole != NULL; whole = catalog_whole_of(a->r->from, whole)) {
        const struct keep_side as = { .older = whole,
                                      .newer = diff_new_table(a->r->changes, whole) };
        const struct column *older = table_find_column(whole, c->name);
        const struct column *newer;

        if (older == NULL)
            break;
        newer = keep_newer_column(&as, older);
        if (newer != NULL)
            return newer->name;
    }
    return c->name;
}

/* A column of it by its name once renames are done. */
struct slice
side_column(const struct alter *a, const struct keep_side *side, const struct column *c)
{
    const struct column *newer = keep_newer_column(side, c);

    if (a->r->down)
        return c->name;
    return newer == NULL ? column_of_part(a, side->older, c) : newer->name;
}

/* "schemac_k.a = t.a AND schemac_k.b = t.b" */
struct slice
side_same_key(struct alter *a, const struct keep_side *side, struct slice table,
              bool is_before)
{
    struct text out;

    text_init(&out, &a->s->arena);
    VEC_EACH (i, &side->keys) {
        const struct column *c = side->keys.items[i];
        struct slice name =
            is_before ? keep_newer_column(side, c)->name : side_column(a, side, c);

        text_addf(&out, "%sschemac_k.%.*s = %.*s", i > 0 ? " AND " : "",
                  SLICE_ARG(alter_ident(a, c->name)),
                  SLICE_ARG(side_value(a, table, c, name)));
    }
    return text_slice(&out);
}

/* ---- steps ---- */

struct action *
side_action(struct alter *a, enum phase phase, size_t order, const struct keep_side *side,
            struct slice title)
{
    struct action *to = ARENA_NEW(&a->s->arena, struct action);

    to->phase = phase;
    to->order = order;
    to->title = title;
    to->table = side->newer == NULL ? side->older->name : side->newer->name;
    action_makes_way_for_all(&a->s->arena, to, &side->occasions);
    VEC_PUSH(&a->s->arena, &a->out->all, to);
    return to;
}

static void
make_registry(struct alter *a, struct action *to)
{
    alter_sql(a, to,
              SLICE("CREATE TABLE IF NOT EXISTS public." KEEP_REGISTRY " (\n"
                    "    side text PRIMARY KEY,\n"
                    "    schema text NOT NULL,\n"
                    "    version text NOT NULL,\n"
                    "    what text NOT NULL,\n"
                    "    row_count bigint NOT NULL,\n"
                    "    counter bigint,\n"
                    "    kept_at text NOT NULL,\n"
                    "    keep_until text,\n"
                    "    migration bigint\n"
                    ")"));
}

static struct slice
kept_at(void)
{
    return SLICE("to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')");
}

static struct slice
keep_until(const struct alter *a)
{
    unsigned days = a->r->keep->days;

    if (days == 0)
        return SLICE("NULL");
    return slice_format(&a->s->arena,
                        "to_char(now() AT TIME ZONE 'UTC' + interval '%u days', "
                        "'YYYY-MM-DD HH24:MI:SS')",
                        days);
}

void
side_register(struct alter *a, const struct keep_side *side, struct action *to,
              struct slice counted)
{
    const struct keep_request *r = a->r->keep;
    struct arena *arena = &a->s->arena;
    struct slice count = SLICE(KEEP_INCOMPLETE);

    make_registry(a, to);
    if (!slice_is_none(counted))
        count = slice_format(arena, "(SELECT count(*) FROM %.*s)", SLICE_ARG(counted));
    alter_sql(
        a, to,
        slice_format(arena,
                     "INSERT INTO public." KEEP_REGISTRY
                     " (side, schema, version, what, row_count, kept_at, keep_until) "
                     "SELECT %.*s, %.*s, %.*s, %.*s, %.*s, %.*s, %.*s",
                     SLICE_ARG(side_string(a, side->name)),
                     SLICE_ARG(side_string(a, r->schema)),
                     SLICE_ARG(side_string(a, r->version)),
                     SLICE_ARG(side_string(a, keep_what(arena, side))), SLICE_ARG(count),
                     SLICE_ARG(kept_at()), SLICE_ARG(keep_until(a))));
}

void
side_keep_counter(struct alter *a, const struct keep_side *side, struct action *to)
{
    const struct column *c = side->newer == NULL ? keep_counter(side->older) : NULL;

    if (c == NULL)
        return;
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "UPDATE public." KEEP_REGISTRY
                           " SET counter = (SELECT last_value FROM pg_sequences WHERE "
                           "format('%%I.%%I', schemaname, sequencename)::regclass = "
                           "pg_get_serial_sequence(%.*s, %.*s)::regclass) WHERE side = "
                           "%.*s",
                           SLICE_ARG(side_string(a, side_qualified_table(a, side))),
                           SLICE_ARG(side_string(a, c->name)),
                           SLICE_ARG(side_string(a, side->name))));
}

/* It is complete and kept from this transaction on. */
void
side_begin_retention(struct alter *a, const struct keep_side *side, struct action *to)
{
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "UPDATE public." KEEP_REGISTRY
                           " SET row_count = " KEEP_UNCOUNTED
                           ", kept_at = %.*s, keep_until = %.*s WHERE side = %.*s",
                           SLICE_ARG(kept_at()), SLICE_ARG(keep_until(a)),
                           SLICE_ARG(side_string(a, side->name))));
}

/* Behind the transaction that has others wait: it reads all of the side table. */
void
side_count_later(struct alter *a, const struct keep_side *side)
{
    struct action *to =
        side_action(a, PHASE_SETTLE, SETTLE_FILL, side,
                    slice_format(&a->s->arena, "count what is kept in %.*s",
                                 SLICE_ARG(side->name)));

    online_settle(to, SETTLE_FILL);
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "UPDATE public." KEEP_REGISTRY
                           " SET row_count = (SELECT count(*) FROM %.*s) WHERE side = "
                           "%.*s",
                           SLICE_ARG(side_full_name(a, side)),
                           SLICE_ARG(side_string(a, side->name))));
    alter_reason(a, to, "Nobody waits for it here.");
}

/* Nothing is there that it would be mixed up with. */
void
side_require_none(struct alter *a, const struct keep_side *side, struct action *to)
{
    alter_require(a, to,
                  slice_format(&a->s->arena,
                               "%.*s is there from an earlier time (schemac migrate "
                               "forget)",
                               SLICE_ARG(side->name)),
                  slice_format(&a->s->arena,
                               "SELECT relname FROM pg_class WHERE oid = "
                               "to_regclass(%.*s)",
                               SLICE_ARG(side_string(a, side_full_name(a, side)))));
}

struct slice
side_create(struct alter *a, const struct keep_side *side)
{
    struct table *t = keep_as_table(a->s, side);
    struct map nothing;

    map_init(&nothing, &a->s->arena);
    t->schema = SLICE("public");
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        if (!side_keeps_as_text(&c->type))
            continue;
        c->type = (struct type){ .kind = TYPE_TEXT };
        c->collation = SLICE_NONE;
    }
    return postgres_create_table(a->s, t, &nothing);
}
