/*
 * Views hold no rows, so a view of another name is a new one, and a view that says
 * something else is replaced whole.
 */
#include "diff/differ.h"

static bool
same_columns(const struct view *old, const struct view *new)
{
    if (old->columns.count != new->columns.count)
        return false;
    VEC_EACH (i, &old->columns) {
        if (!slice_equal(old->columns.items[i].name, new->columns.items[i].name))
            return false;
    }
    return true;
}

static bool
same_query(const struct differ *d, const struct view *old, const struct view *new)
{
    return expr_equal(old->query, new->query)
           || expr_equal(differ_query_form(d, d->old_world, old),
                         differ_query_form(d, d->new_world, new));
}

static bool
same_view(const struct differ *d, const struct view *old, const struct view *new)
{
    return old->materialized == new->materialized &&same_text(old->options, new->options)
           && same_columns(old, new) && same_query(d, old, new);
}

static void
add_view_change(struct differ *d, enum change_kind kind, const struct view *old,
                const struct view *new)
{
    add_change(d, kind, (struct change_side){ .view = old },
               (struct change_side){ .view = new });
}

static void
name_views(struct arena *a, const struct catalog *c, struct nameds *out)
{
    VEC_EACH (i, &c->views) {
        const struct view *v = c->views.items[i];

        VEC_PUSH(a, &out->all,
                 ((struct named){ catalog_key(a, v->schema, v->name), SLICE_NONE }));
    }
}

static void
diff_matched(struct differ *d, const struct view *old, const struct view *new)
{
    if (!same_view(d, old, new))
        add_view_change(d, CHANGE_REPLACE_VIEW, old, new);
    else if (!same_text(old->comment, new->comment))
        add_view_change(d, CHANGE_OBJECT_COMMENT, old, new);
}

void
diff_views(struct differ *d)
{
    struct nameds olds = { 0 };
    struct nameds news = { 0 };
    struct matching m;

    name_views(&d->s->arena, d->from, &olds);
    name_views(&d->s->arena, d->to, &news);
    match_names(&d->s->arena, &olds, &news, &m);
    VEC_EACH (i, &d->to->views) {
        if (m.old_of_new[i] == MATCH_NONE)
            add_view_change(d, CHANGE_CREATE_VIEW, NULL, d->to->views.items[i]);
        else
            diff_matched(d, d->from->views.items[m.old_of_new[i]], d->to->views.items[i]);
    }
    VEC_EACH (i, &d->from->views) {
        if (m.new_of_old[i] == MATCH_NONE)
            add_view_change(d, CHANGE_DROP_VIEW, d->from->views.items[i], NULL);
    }
}
