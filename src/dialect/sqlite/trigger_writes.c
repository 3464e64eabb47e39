/*
 * Triggers that write a column which goes.  DROP COLUMN looks at what a trigger reads
 * through NEW and OLD, but not at UPDATE … SET and INSERT … ( ) in its body: it passes,
 * and the trigger fails when it runs, perhaps long after.  So that is an error here.
 */
#include "dialect/sqlite/alter.h"

struct writes {
    struct lite_alter *x;
    const struct definition *trigger;
    struct map works; /* folded name → struct lite_work *, of tables that lose columns */
    bool ok;
};

static void
report(struct writes *f, const struct lite_work *w, const struct column *c)
{
    struct diags *diags = &f->x->s->diags;
    struct diag *d =
        diag_add(diags, D_DROP_HAS_DEPENDANTS, f->trigger->span,
                 "trigger \"%.*s\" still writes column \"%.*s\" of table \"%.*s\", which "
                 "goes",
                 SLICE_ARG(f->trigger->name), SLICE_ARG(c->name),
                 SLICE_ARG(w->new->name));

    diag_hint(diags, d, "SQLite drops the column, and the trigger fails when it runs");
    f->ok = false;
}

/* `names`: a LIST of EXPR_PART; NULL: none are said. */
static void
check_names(struct writes *f, const struct lite_work *w, const struct expr *names)
{
    for (size_t i = 0; names != NULL && i < names->arg_count; i++)
        VEC_EACH (j, &w->drops)
            if (slice_equal_fold(w->drops.items[j]->name, names->args[i]->text))
                report(f, w, w->drops.items[j]);
}

static const struct lite_work *
work_of(const struct writes *f, const struct expr *table)
{
    if (table == NULL || table->kind != QUERY_TABLE)
        return NULL;
    return map_get(&f->works, slice_lower(&f->x->s->arena, table->text));
}

static bool
visit_statement(void *context, const struct expr *e)
{
    struct writes *f = context;
    const struct lite_work *w = NULL;

    if (e->kind == QUERY_UPDATE)
        w = work_of(f, e->args[UPDATE_TABLE]);
    if (e->kind == QUERY_INSERT)
        w = work_of(f, e->args[INSERT_TABLE]);
    if (w == NULL)
        return true;
    if (e->kind == QUERY_INSERT)
        check_names(f, w, e->args[INSERT_COLUMNS]);
    else
        for (size_t i = 0; i < e->args[UPDATE_ASSIGNS]->arg_count; i++)
            check_names(f, w, e->args[UPDATE_ASSIGNS]->args[i]->args[0]);
    return true;
}

static void
find_works(struct writes *f)
{
    map_init(&f->works, &f->x->s->arena);
    VEC_EACH (i, &f->x->works) {
        struct lite_work *w = f->x->works.entries[i].value;

        if (w->drops.count > 0)
            map_put(&f->works, slice_lower(&f->x->s->arena, w->new->name), w);
    }
}

bool
lite_check_trigger_writes(struct lite_alter *x)
{
    struct writes f = { .x = x, .ok = true };

    find_works(&f);
    VEC_EACH (i, &x->r->to->definitions) {
        const struct definition *d = x->r->to->definitions.items[i];

        f.trigger = d;
        if (d->detail == DETAIL_TRIGGER)
            VEC_EACH (j, &d->u.trigger->body)
                (void)expr_walk(d->u.trigger->body.items[j], visit_statement, &f);
    }
    return f.ok;
}
