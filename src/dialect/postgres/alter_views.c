/*
 * Views.  The server refuses to change a column that a view reads, so every view that
 * reads it (view_reads.c), directly or through another view, is taken down first
 * and put back at the end.
 */
#include "dialect/postgres/alter.h"
#include "dialect/postgres/view_reads.h"

#include <string.h>

struct view_work {
    struct alter *a;
    struct map changes; /* catalog_key of an old or new view → its change */
    /* catalog_key → struct change_list *, of what does it: old tables that a view must
     * not hold on to; old views that are taken down. */
    struct map touched;
    struct map down;
    struct map late;           /* postgres_find_late_views of the new side */
    struct change_list remade; /* types */
};

static struct slice
view_key(const struct view_work *w, const struct view *v)
{
    return catalog_key(&w->a->s->arena, v->schema, v->name);
}

static bool
disturbs_views(enum change_kind kind)
{
    return kind == CHANGE_COLUMN_TYPE || kind == CHANGE_COLUMN_COLLATION
           || kind == CHANGE_DROP_COLUMN || kind == CHANGE_COLUMN_GENERATED
           || kind == CHANGE_DROP_TABLE || kind == CHANGE_RENAME_COLUMN
           || kind == CHANGE_RENAME_TABLE || kind == CHANGE_DROP_CONSTRAINT;
}

static void
note_change(struct view_work *w, const struct change *c)
{
    struct arena *a = &w->a->s->arena;

    if (c->kind == CHANGE_CREATE_VIEW || c->kind == CHANGE_REPLACE_VIEW)
        map_put(&w->changes, view_key(w, c->new.view), (void *)(uintptr_t)c);
    else if (c->kind == CHANGE_DROP_VIEW)
        map_put(&w->changes, view_key(w, c->old.view), (void *)(uintptr_t)c);
    else if (c->old.table != NULL && disturbs_views(c->kind))
        change_list_add(a, &w->touched,
                        catalog_key(a, c->old.table->schema, c->old.table->name), c);
    else if (c->kind == CHANGE_ENUM_VALUES && !alter_enum_only_grows(c))
        VEC_PUSH(a, &w->remade.all, c);
}

/* Columns of types that are made anew. */
static void
note_remade(struct view_work *w, const struct view *v, struct view_reads *reads,
            const struct table *t)
{
    for (size_t i = 0; t != NULL && i < t->columns.count; i++) {
        const struct change *c = alter_type_remade_by(w->a, &t->columns.items[i]->type);

        if (c != NULL && view_reads_column(reads, t, t->columns.items[i]))
            change_list_add(&w->a->s->arena, &w->down, view_key(w, v), c);
    }
}

static void
note_changes_of(struct view_work *w, const struct view *v, struct view_reads *reads,
                const struct change_list *changes)
{
    VEC_EACH (i, &changes->all)
        if (view_holds_on_to(reads, changes->all.items[i]))
            change_list_add(&w->a->s->arena, &w->down, view_key(w, v),
                            changes->all.items[i]);
}

/* Takes it down for the changes of what it reads; those views were looked at before. */
static void
note_what_it_reads(struct view_work *w, const struct view *v)
{
    struct arena *a = &w->a->s->arena;
    struct view_reads reads = { .a = a, .query = v->query };

    if (w->remade.all.count > 0 && view_reads_calls(&reads))
        change_list_add_all(a, &w->down, view_key(w, v), &w->remade);
    VEC_EACH (i, &v->depends.all) {
        struct slice name = v->depends.all.items[i];

        if (w->remade.all.count > 0)
            note_remade(w, v, &reads, map_get(&w->a->r->from->names.tables, name));
        if (map_has(&w->touched, name))
            note_changes_of(w, v, &reads, map_get(&w->touched, name));
        if (map_has(&w->down, name))
            change_list_add_all(a, &w->down, view_key(w, v), map_get(&w->down, name));
    }
}

/* Leaves: it is in `down` if it must go. */
static void
judge(struct view_work *w, const struct view *v)
{
    struct arena *a = &w->a->s->arena;
    const struct change *held = alter_view_held_by(w->a, v);
    const struct change *own = map_get(&w->changes, view_key(w, v));

    if (held != NULL)
        change_list_add(a, &w->down, view_key(w, v), held);
    if (own != NULL && !alter_replaces_view(w->a, own))
        change_list_add(a, &w->down, view_key(w, v), own);
    note_what_it_reads(w, v);
}

static struct action *
view_action(struct view_work *w, enum phase phase, size_t order, const struct view *v,
            const char *verb)
{
    const struct change *c = map_get(&w->changes, view_key(w, v));
    struct change none = { .kind = CHANGE_REPLACE_VIEW, .old.view = v, .new.view = v };
    struct action *to = alter_action(w->a, phase, order, c == NULL ? &none : c);

    to->title = slice_format(&w->a->s->arena, "%s view %.*s", verb, SLICE_ARG(v->name));
    if (c == NULL) {
        if (strcmp(verb, "fill") != 0)
            alter_comes_back(w->a, to);
        to->causes.count = 0;
        action_makes_way_for_all(&w->a->s->arena, to,
                                 map_get(&w->down, view_key(w, v)));
        alter_reason(w->a, to,
                     "The view itself does not change: it holds on to a table "
                     "that does.");
    }
    return to;
}

static void
take_down(struct view_work *w, const struct view *v, size_t order)
{
    struct action *to = view_action(w, PHASE_CLEAR, order, v, "drop");
    struct slice name = alter_name(w->a, v->schema, v->name);

    alter_sql(w->a, to,
              slice_format(&w->a->s->arena, "DROP %s %.*s",
                           v->materialized ? "MATERIALIZED VIEW" : "VIEW",
                           SLICE_ARG(name)));
}

static void
fill_at_last(struct view_work *w, const struct view *v, size_t order)
{
    struct action *to =
        view_action(w, PHASE_RESTORE, ORDER_OF_FILLING + order, v, "fill");

    to->scans = true;
    alter_sql(w->a, to, postgres_fill_view(w->a->s, v));
    alter_reason(w->a, to,
                 "Its query runs a routine, and what the body of that needs is in no "
                 "catalog: everything else is there by now.");
}

/* Its rights went with the old one. */
static void
bare(struct view_work *w, const struct view *v)
{
    const struct change_list *held = map_get(&w->down, view_key(w, v));
    const struct change *own = map_get(&w->changes, view_key(w, v));

    if (own != NULL)
        alter_loses_grants(w->a, own, "table", v->schema, v->name, SLICE_NONE);
    for (size_t i = 0; own == NULL && held != NULL && i < held->all.count; i++)
        alter_loses_grants(w->a, held->all.items[i], "table", v->schema, v->name,
                           SLICE_NONE);
}

static void
put_up(struct view_work *w, const struct view *v, size_t order)
{
    struct action *to = view_action(w, PHASE_RESTORE, order, v, "create");
    bool is_late = postgres_view_is_late(w->a->s, &w->late, v);

    to->lock = NULL;
    to->scans = v->materialized && !is_late;
    bare(w, v);
    alter_sql(w->a, to,
              is_late ? postgres_create_unfilled(w->a->s, v)
                      : postgres_create_view(w->a->s, v));
    if (is_late)
        fill_at_last(w, v, order);
    if (v->comment.len > 0)
        alter_sql(w->a, to,
                  postgres_comment(w->a->s,
                                   v->materialized ? "MATERIALIZED VIEW" : "VIEW",
                                   v->schema, v->name, v->comment));
}

/* With its rights, and those who read it. */
static void
replace_where_it_stands(struct view_work *w, const struct view *old, const struct view *v,
                        size_t order)
{
    struct action *to = view_action(w, PHASE_RESTORE, order, v, "replace");

    alter_sql(w->a, to, postgres_replace_view(w->a->s, v));
    if (!alter_same_comment(old->comment, v->comment))
        alter_sql(w->a, to,
                  postgres_comment(w->a->s, "VIEW", v->schema, v->name, v->comment));
}

/* Views come after what they read, so that `down` has that already. */
static void
judge_all(struct view_work *w)
{
    struct view_order order;

    order_views(w->a->s, w->a->r->from, &order);
    VEC_EACH (i, &order.views)
        judge(w, order.views.items[i]);
}

static void
take_down_all(struct view_work *w)
{
    const struct restore_order *order = &w->a->old_restores;

    VEC_EACH (i, &w->a->r->from->views) {
        const struct view *v = w->a->r->from->views.items[i];

        if (map_has(&w->down, view_key(w, v)))
            take_down(w, v,
                      CLEAR_VIEWS + order->count - 1
                          - order_of_view(w->a->s, order, v));
    }
}

/* Policies that read a view which is down, and do not change themselves. */
static void
free_policies(struct view_work *w)
{
    for (size_t i = 0; w->down.count > 0 && i < w->a->r->from->definitions.count; i++) {
        const struct definition *d = w->a->r->from->definitions.items[i];
        const struct change_list *held;
        const struct view *v;

        if (d->detail != DETAIL_POLICY || alter_definition_is_held(w->a, d)
            || (v = alter_view_of_policy(w->a, d->u.policy, &w->down)) == NULL)
            continue;
        held = map_get(&w->down, view_key(w, v));
        alter_free_definition(w->a, d, held->all.items[0]);
    }
}

static void
put_up_all(struct view_work *w)
{
    struct view_order order;

    order_views(w->a->s, w->a->r->to, &order);
    postgres_find_late_views(w->a->s, w->a->r->to, &order, &w->late);
    VEC_EACH (i, &order.views) {
        const struct view *v = order.views.items[i];
        const struct change *own = map_get(&w->changes, view_key(w, v));
        bool is_down = map_has(&w->down, view_key(w, v));
        size_t place = order_of_view(w->a->s, &w->a->new_restores, v);

        if (!is_down && own != NULL && alter_replaces_view(w->a, own))
            replace_where_it_stands(w, own->old.view, v, place);
        else if (is_down || own != NULL)
            put_up(w, v, place);
    }
}

/* Triggers on a view went with it; those that changed are made by alter_definitions. */
static void
put_up_triggers(struct view_work *w)
{
    struct map changed;

    map_init(&changed, &w->a->s->arena);
    VEC_EACH (i, &w->a->r->changes->all) {
        const struct change *c = &w->a->r->changes->all.items[i];

        if (c->new.definition != NULL)
            map_put(&changed, c->new.definition->normal, NULL);
    }
    VEC_EACH (i, &w->a->r->to->definitions) {
        const struct definition *r = w->a->r->to->definitions.items[i];
        struct change c = { .kind = CHANGE_CREATE_DEFINITION, .new.definition = r };

        if (!slice_is_none(r->table) && !map_has(&changed, r->normal)
            && map_has(&w->down, catalog_key(&w->a->s->arena, r->schema, r->table)))
            alter_definitions(w->a, &c);
    }
}

static void
begin_views(struct alter *a, struct view_work *w)
{
    *w = (struct view_work){ .a = a };
    map_init(&w->changes, &a->s->arena);
    map_init(&w->touched, &a->s->arena);
    map_init(&w->down, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all)
        note_change(w, &a->r->changes->all.items[i]);
    judge_all(w);
}

/* Routines that read them go with them, and take others down: this is asked until no
 * more is found. */
void
alter_find_views_down(struct alter *a)
{
    struct view_work w;

    begin_views(a, &w);
    a->views_down = w.down;
}

void
alter_views(struct alter *a)
{
    struct view_work w;

    begin_views(a, &w);
    take_down_all(&w);
    free_policies(&w);
    put_up_all(&w);
    put_up_triggers(&w);
}
