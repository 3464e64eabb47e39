/*
 * Actions that make or drop one object.
 */
#include "dialect/sqlite/objects.h"

bool
lite_is_trigger(const struct definition *r)
{
    return slice_is(r->kind, "trigger");
}

bool
lite_is_made_first(const struct definition *r)
{
    return !lite_is_trigger(r) && r->detail != DETAIL_COMMENT;
}

static struct slice
quoted_string(struct arena *a, struct slice text)
{
    return lite_expr_text(a, lite_string(a, text));
}

struct slice
lite_exists_query(struct arena *a, const char *type, struct slice name, bool exists)
{
    struct slice quoted = quoted_string(a, name);

    return slice_format(a,
                        "SELECT count(*) = %d FROM sqlite_schema WHERE type = '%s' AND "
                        "name = %.*s COLLATE NOCASE",
                        exists ? 1 : 0, type, SLICE_ARG(quoted));
}

/* AUTOINCREMENT goes on behind the number that is written down here. */
void
lite_start_counter(struct session *s, struct action *a, const struct table *t,
                   struct slice name)
{
    const struct column *c = table_rowid_column(t);
    struct slice text = lite_expr_text(&s->arena, lite_string(&s->arena, name));

    if (c != NULL && c->first_number > 1)
        lite_sql(s, a,
                 "INSERT INTO sqlite_sequence (name, seq) SELECT %.*s, max(%lld, "
                 "(SELECT ifnull(max(%.*s), 0) FROM %.*s))",
                 SLICE_ARG(text), (long long)(c->first_number - 1),
                 SLICE_ARG(lite_quoted(&s->arena, c->name)),
                 SLICE_ARG(lite_quoted(&s->arena, name)));
}

struct action *
lite_make_table(struct session *s, struct actions *out, const struct table *t)
{
    struct action *a =
        lite_action(s, out, PHASE_GROW, t->name, "create table %.*s", SLICE_ARG(t->name));

    VEC_PUSH(&s->arena, &a->sql, lite_create_table(&s->arena, t, t->name));
    lite_start_counter(s, a, t, t->name);
    a->postcondition = lite_exists_query(&s->arena, "table", t->name, true);
    return a;
}

/* There is no online build: the one write lock is held throughout. */
struct action *
lite_make_index(struct session *s, struct actions *out, const struct index *x)
{
    struct action *a = lite_action(s, out, PHASE_INDEX, x->table->name,
                                   "create index %.*s", SLICE_ARG(x->name));

    VEC_PUSH(&s->arena, &a->sql, lite_create_index(&s->arena, x));
    a->postcondition = lite_exists_query(&s->arena, "index", x->name, true);
    a->scans = true;
    return a;
}

struct action *
lite_make_view(struct session *s, struct actions *out, const struct view *v)
{
    struct action *a = lite_action(s, out, PHASE_RESTORE, SLICE_NONE, "create view %.*s",
                                   SLICE_ARG(v->name));

    VEC_PUSH(&s->arena, &a->sql, lite_create_view(&s->arena, v));
    a->postcondition = lite_exists_query(&s->arena, "view", v->name, true);
    return a;
}

struct action *
lite_make_definition(struct session *s, struct actions *out, const struct definition *r)
{
    bool trigger = lite_is_trigger(r);
    struct action *a =
        lite_action(s, out, trigger ? PHASE_RESTORE : PHASE_GROW, r->table,
                    "create %.*s %.*s", SLICE_ARG(r->kind), SLICE_ARG(r->name));

    VEC_PUSH(&s->arena, &a->sql, definition_text(&s->arena, r, &lite_style));
    a->postcondition =
        lite_exists_query(&s->arena, trigger ? "trigger" : "table", r->name, true);
    return a;
}

static struct action *
drop(struct session *s, struct actions *out, enum phase phase, const char *type,
     struct slice name, struct slice table)
{
    struct action *a =
        lite_action(s, out, phase, table, "drop %s %.*s", type, SLICE_ARG(name));
    struct slice quoted = lite_quoted(&s->arena, name);
    struct text upper;

    text_init(&upper, &s->arena);
    for (size_t i = 0; type[i] != '\0'; i++)
        text_addc(&upper, (char)(type[i] - 'a' + 'A'));
    lite_sql(s, a, "DROP %.*s %.*s", SLICE_ARG(text_slice(&upper)), SLICE_ARG(quoted));
    a->postcondition = lite_exists_query(&s->arena, type, name, false);
    return a;
}

struct action *
lite_drop_table(struct session *s, struct actions *out, const struct table *t)
{
    struct action *a = drop(s, out, PHASE_SHRINK, "table", t->name, t->name);
    struct slice quoted = lite_quoted(&s->arena, t->name);

    a->hazards = HAZARD_DATA_LOSS;
    a->loss = slice_format(&s->arena, "table %.*s", SLICE_ARG(t->name));
    a->stake = slice_format(&s->arena, "SELECT count(*) FROM %.*s", SLICE_ARG(quoted));
    return a;
}

struct action *
lite_drop_index(struct session *s, struct actions *out, const struct index *x)
{
    return drop(s, out, PHASE_CLEAR, "index", x->name, x->table->name);
}

struct action *
lite_drop_view(struct session *s, struct actions *out, const struct view *v)
{
    return drop(s, out, PHASE_CLEAR, "view", v->name, SLICE_NONE);
}

/* A virtual table may keep rows of its own. */
struct action *
lite_drop_definition(struct session *s, struct actions *out, const struct definition *r)
{
    struct action *a;

    if (lite_is_trigger(r))
        return drop(s, out, PHASE_CLEAR, "trigger", r->name, r->table);
    a = drop(s, out, PHASE_SHRINK, "table", r->name, r->name);
    a->hazards = HAZARD_DATA_LOSS;
    a->loss = slice_format(&s->arena, "virtual table %.*s", SLICE_ARG(r->name));
    return a;
}
