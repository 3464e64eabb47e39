/*
 * Renames that cannot be true together.
 *
 * A name that is handed on: column c was a, and another column, new or renamed, takes the
 * name a.  Two versions and the annotations between them cannot tell that from a version
 * that has been reached already, where c and a are simply there, and on the way back the
 * new a would be taken for the old one; so it is refused, and one of the two goes into a
 * version of its own.
 *
 * Two that were one: the second would be taken for new, and its rows be empty.
 */
#include "model/was.h"
#include "resolve/build.h"

struct renamed {
    struct slice name;
    struct slice was; /* none: not renamed */
    struct slice only;
    struct span span;
};

struct renameds {
    VEC(struct renamed) all;
};

static void
report_new_heir(struct build *b, const char *what, const struct renamed *r,
                const struct renamed *heir)
{
    struct diag *d = diag_add(&b->s->diags, D_NAME_HANDED_ON, r->span,
                              "%s \"%.*s\" was \"%.*s\", and a new one takes that name",
                              what, SLICE_ARG(r->name), SLICE_ARG(r->was));

    diag_note(&b->s->diags, d, heir->span, "it is declared here");
    diag_hint(
        &b->s->diags, d,
        "add it in a version of its own; there the @was has done its work and goes");
}

static void
report_succession(struct build *b, const char *what, const struct renamed *r,
                  const struct renamed *heir)
{
    struct diag *d = diag_add(
        &b->s->diags, D_NAME_HANDED_ON, r->span,
        "%s \"%.*s\" was \"%.*s\", and the one that was \"%.*s\" takes that name", what,
        SLICE_ARG(r->name), SLICE_ARG(r->was), SLICE_ARG(heir->was));

    diag_note(&b->s->diags, d, heir->span, "it is declared here");
    diag_hint(&b->s->diags, d, "rename one of them in a version of its own");
}

static void
check_twins(struct build *b, const char *what, const struct renameds *all)
{
    struct map first;

    map_init(&first, b->a);
    VEC_EACH (i, &all->all) {
        struct renamed *r = &all->all.items[i];
        const struct renamed *twin =
            slice_is_none(r->was) ? NULL : map_get(&first, r->was);
        struct diag *d;

        if (slice_is_none(r->was))
            continue;
        map_put(&first, r->was, r);
        if (twin == NULL || only_differs(twin->only, r->only))
            continue;
        d = diag_add(&b->s->diags, D_NAME_HANDED_ON, r->span,
                     "%s \"%.*s\" was \"%.*s\", and so was \"%.*s\"", what,
                     SLICE_ARG(r->name), SLICE_ARG(r->was), SLICE_ARG(twin->name));
        diag_note(&b->s->diags, d, twin->span, "it is declared here");
        diag_hint(&b->s->diags, d,
                  "only one of them can be the old one; @from or @migrate make a copy");
    }
}

static void
check_renamed(struct build *b, const char *what, const struct renameds *all)
{
    struct map names;

    check_twins(b, what, all);
    map_init(&names, b->a);
    VEC_EACH (i, &all->all)
        map_put(&names, all->all.items[i].name, &all->all.items[i]);
    VEC_EACH (i, &all->all) {
        const struct renamed *r = &all->all.items[i];
        const struct renamed *heir =
            slice_is_none(r->was) ? NULL : map_get(&names, r->was);

        if (heir == NULL || heir == r || only_differs(heir->only, r->only))
            continue;
        if (slice_is_none(heir->was))
            report_new_heir(b, what, r, heir);
        else
            report_succession(b, what, r, heir);
        return; /* those behind it in a circle would say the same */
    }
}

static bool
has_renamed_column(const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (!slice_is_none(t->columns.items[i]->was))
            return true;
    return false;
}

static void
check_columns(struct build *b, const struct table *t)
{
    struct renameds all = { 0 };

    if (!has_renamed_column(t))
        return;
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        VEC_PUSH(b->a, &all.all, ((struct renamed){ c->name, c->was, c->only, c->span }));
    }
    check_renamed(b, "column", &all);
}

static void
check_values(struct build *b, const struct enum_type *t)
{
    struct renameds all = { 0 };

    VEC_EACH (i, &t->values) {
        const struct enum_value *v = &t->values.items[i];

        VEC_PUSH(b->a, &all.all,
                 ((struct renamed){ v->label, v->was, SLICE_NONE, v->span }));
    }
    check_renamed(b, "value", &all);
}

void
successions_check(struct build *b)
{
    struct renameds tables = { 0 };

    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        const struct table *t;

        if (!o->dropped && o->role == ROLE_ENUM)
            check_values(b, o->u.enum_type->type);
        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        t = o->u.table->table;
        VEC_PUSH(b->a, &tables.all,
                 ((struct renamed){ catalog_key(b->a, t->schema, t->name),
                                    was_key(b->a, t->schema, t->was),
                                    t->only, t->span }));
        check_columns(b, t);
    }
    check_renamed(b, "table", &tables);
}
