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
name_values(struct arena *a, const struct enum_type *e, struct nameds *out)
{
    VEC_EACH (i, &e->values)
        VEC_PUSH(a, &out->all,
                 ((struct named){ e->values.items[i].label, e->values.items[i].was }));
}

void
match_values(struct arena *a, const struct enum_type *old, const struct enum_type *new,
             struct matching *out)
{
    struct nameds olds = { 0 };
    struct nameds news = { 0 };

    name_values(a, old, &olds);
    name_values(a, new, &news);
    match_names(a, &olds, &news, out);
}

/* What says a value says it by its new label: the engine stores no labels. */
static void
note_labels(struct differ *d, const struct enum_type *old, const struct enum_type *new)
{
    const struct type type = {
        .kind = TYPE_NAMED, .schema = new->schema, .name = new->name
    };
    struct arena *a = &d->s->arena;
    struct matching m;

    match_values(a, old, new, &m);
    VEC_EACH (i, &old->values) {
        size_t at = m.new_of_old[i];
        struct slice label = old->values.items[i].label;

        if (at == MATCH_NONE || slice_equal(new->values.items[at].label, label))
            continue;
        retyping_add_label(&d->types, &type, label, new->values.items[at].label);
        d->renames = true;
    }
}

static void
diff_matched(struct differ *d, const struct enum_type *old, const struct enum_type *new)
{
    if (!slice_equal(old->name, new->name) || !same_text(old->schema, new->schema)) {
        add_enum_change(d, CHANGE_RENAME_ENUM, old, new);
        differ_add_type(d, old->schema, old->name, new->schema, new->name);
    }
    if (!same_labels(old, new)) {
        add_enum_change(d, CHANGE_ENUM_VALUES, old, new);
        note_labels(d, old, new);
    }
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
