/*
 * Materialized views whose query runs code of the schema, their own or that of a view
 * which they read.  What the quoted body of a routine needs is in no catalog, so that
 * there is no order in which the view could safely be filled but behind everything else.
 * They are made WITH NO DATA, and filled at the end, as pg_dump does with all.
 */
#include "dialect/postgres/postgres.h"

struct running {
    const struct map *routines; /* by name: which of one name is called is the server's */
    bool runs;
};

static bool
look_for_call(void *context, const struct expr *e)
{
    struct running *r = context;

    r->runs = r->runs || (e->kind == EXPR_CALL && map_has(r->routines, e->text));
    return !r->runs;
}

static void
note_routines(struct session *s, const struct catalog *c, struct map *routines)
{
    map_init(routines, &s->arena);
    VEC_EACH (i, &c->definitions)
        if (c->definitions.items[i]->detail == DETAIL_ROUTINE)
            map_put(routines, c->definitions.items[i]->name, NULL);
}

/* Views come after what they read, so that `running` has that already. */
static bool
runs_code(const struct view *v, const struct map *routines, const struct map *running)
{
    struct running r = { routines, false };

    VEC_EACH (i, &v->depends.all)
        if (map_has(running, v->depends.all.items[i]))
            return true;
    expr_walk(v->query, look_for_call, &r);
    return r.runs;
}

void
postgres_find_late_views(struct session *s, const struct catalog *c,
                         const struct view_order *order, struct map *late)
{
    struct map routines;

    note_routines(s, c, &routines);
    map_init(late, &s->arena);
    VEC_EACH (i, &order->views) {
        const struct view *v = order->views.items[i];

        if (routines.count > 0 && runs_code(v, &routines, late))
            map_put(late, catalog_key(&s->arena, v->schema, v->name), NULL);
    }
}

bool
postgres_view_is_late(struct session *s, const struct map *late, const struct view *v)
{
    return v->materialized && late->count > 0
           && map_has(late, catalog_key(&s->arena, v->schema, v->name));
}

struct slice
postgres_create_unfilled(struct session *s, const struct view *v)
{
    struct slice made = postgres_create_view(s, v);

    return slice_format(&s->arena, "%.*s\nWITH NO DATA", SLICE_ARG(made));
}

struct slice
postgres_fill_view(struct session *s, const struct view *v)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    sqlw_kw(&st.w, "REFRESH MATERIALIZED VIEW");
    sqlw_qualified(&st.w, v->schema, v->name);
    return postgres_end(&st);
}
