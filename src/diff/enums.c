/*
 * Enum types.  They are matched before the tables are compared, because a column of a
 * renamed type has not changed its type.
 */
#include "diff/differ.h"

static bool
same_labels(const struct enum_type *old, const struct enum_type *new)
{
    if (old->values.count != new->values.count)
        return false;
    VEC_EACH (i, &old->values) {
        if (!slice_equal(old->values.items[i].label, new->values.items[i].label))
            return false;
    }
    return true;
}

static void
add_enum_change(struct differ *d, enum change_kind kind, const struct enum_type *old,
                const struct enum_type *new)
{
    add_change(d, kind, (struct change_side){ .enum_type = old },
               (struct change_side){ .enum_type = new });
}

static void
name_enums(const struct differ *d, const struct catalog *c, struct nameds *out)
{
    struct arena *a = &d->s->arena;

    VEC_EACH (i, &c->enums) {
        const struct enum_type *e = c->enums.items[i];

        VEC_PUSH(a, &out->all,
                 ((struct named){ catalog_key(a, e->schema, e->name),
                                  was_key(a, e->schema,
                                          differ_was(d, e->schema, e->name, e->was)) }));
    }
}

static void
diff_matched(struct differ *d, const struct enum_type *old, const struct enum_type *new)
{
    if (!slice_equal(old->name, new->name) || !same_text(old->schema, new->schema)) {
        add_enum_change(d, CHANGE_RENAME_ENUM, old, new);
        differ_add_type(d, old->schema, old->name, new->schema, new->name);
    }
    if (!same_labels(old, new))
        add_enum_change(d, CHANGE_ENUM_VALUES, old, new);
    if (!same_text(old->comment, new->comment))
        add_enum_change(d, CHANGE_OBJECT_COMMENT, old, new);
}

void
diff_enums(struct differ *d)
{
    struct nameds olds = { 0 };
    struct nameds news = { 0 };
    struct matching *m = &d->enums;

    name_enums(d, d->from, &olds);
    name_enums(d, d->to, &news);
    match_names(&d->s->arena, &olds, &news, m);
    VEC_EACH (i, &d->to->enums) {
        const struct enum_type *new = d->to->enums.items[i];

        if (m->old_of_new[i] == MATCH_NONE)
            add_enum_change(d, CHANGE_CREATE_ENUM, NULL, new);
        else
            diff_matched(d, d->from->enums.items[m->old_of_new[i]], new);
    }
    VEC_EACH (i, &d->from->enums) {
        if (m->new_of_old[i] == MATCH_NONE)
            add_enum_change(d, CHANGE_DROP_ENUM, d->from->enums.items[i], NULL);
    }
}
