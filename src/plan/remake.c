/*
 * Tables that no ALTER makes of the old ones: with another partition key, or partitioned
 * at all from now on.  The old table is set aside under another name, where all changes
 * of its columns are carried out as on any, and its rows are moved from there into the
 * new one.
 *
 * The planner is given a new catalog that has the old table as one that stays, and bare:
 * keys, indexes, triggers and whatever else stands on a table belong to the new one.
 */
#include "base/sqltext.h"
#include "plan/remake.h"

struct slice
remake_key(const struct remaking *x, const struct table *t)
{
    return catalog_key(&x->s->arena, t->schema, t->name);
}

static void
refuse(struct remaking *x, const struct change *c, struct slice what, const char *why)
{
    diag_add(&x->s->diags, D_CHANGE_IMPOSSIBLE, change_span(c),
             "cannot %.*s: the table is made anew and its rows are moved, but %.*s %s",
             SLICE_ARG(change_title(&x->s->arena, c)), SLICE_ARG(what), why);
    x->failed = true;
}

/* ---- what there is ---- */

static void
note_names(struct remaking *x, const struct catalog *c)
{
    struct arena *a = &x->s->arena;

    VEC_EACH (i, &c->tables)
        map_put(&x->taken, remake_key(x, c->tables.items[i]), NULL);
    VEC_EACH (i, &c->indexes)
        map_put(&x->taken,
                catalog_key(a, c->indexes.items[i]->table->schema,
                            c->indexes.items[i]->name),
                NULL);
    VEC_EACH (i, &c->views)
        map_put(&x->taken,
                catalog_key(a, c->views.items[i]->schema, c->views.items[i]->name), NULL);
    VEC_EACH (i, &c->enums)
        map_put(&x->taken,
                catalog_key(a, c->enums.items[i]->schema, c->enums.items[i]->name), NULL);
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        map_put(&x->taken, catalog_key(a, d->schema, d->name), NULL);
    }
}

static void
note_partitions(struct remaking *x)
{
    struct arena *a = &x->s->arena;

    map_init(&x->partitions, a);
    VEC_EACH (i, &x->from->tables) {
        const struct table *t = x->from->tables.items[i];

        VEC_EACH (k, &t->parents.all) {
            const struct relation_name *p = &t->parents.all.items[k];
            struct slice key = catalog_key(a, p->schema, p->name);
            struct family *f = map_get(&x->partitions, key);

            if (f == NULL) {
                f = ARENA_NEW(a, struct family);
                map_put(&x->partitions, key, f);
            }
            VEC_PUSH(a, &f->all, t);
        }
    }
}

static void
begin(struct remaking *x)
{
    if (x->to != NULL)
        return;
    x->to = catalog_copy(&x->s->arena, x->r->to);
    map_init(&x->taken, &x->s->arena);
    map_init(&x->done, &x->s->arena);
    note_names(x, x->from);
    note_names(x, x->to);
    note_partitions(x);
}

/* ---- what cannot be done so ---- */

/* Its rows are those of another table as well. */
static const struct table *
child_of_several(const struct family *children)
{
    for (size_t i = 0; children != NULL && i < children->all.count; i++)
        if (children->all.items[i]->parents.all.count > 1)
            return children->all.items[i];
    return NULL;
}

static bool
says_table(const struct remaking *x, struct slice text, const struct table *t)
{
    const struct family *parts = map_get(&x->partitions, remake_key(x, t));
    bool says = sqltext_says_name((struct sqltext){ .rest = text }, t->name);

    for (size_t i = 0; !says && parts != NULL && i < parts->all.count; i++)
        says = says_table(x, text, parts->all.items[i]);
    return says;
}

/* A text that the server has read holds on to the old table, or a part of it, and goes
 * with it. */
static const struct definition *
text_that_names(const struct remaking *x, const struct table *t)
{
    VEC_EACH (i, &x->from->definitions) {
        const struct definition *d = x->from->definitions.items[i];

        if (d->detail == DETAIL_NONE && slice_is_none(d->table)
            && says_table(x, d->text, t))
            return d;
    }
    return NULL;
}

static bool
is_refused(struct remaking *x, const struct change *c, bool has_data_step)
{
    const struct table *old = c->old.table;
    const struct definition *text = text_that_names(x, old);
    const struct table *child =
        child_of_several(map_get(&x->partitions, remake_key(x, old)));

    if (has_data_step)
        refuse(x, c, SLICE("a data step of the same version"),
               "would find only one of the two; write it into a version of its own");
    else if (child != NULL)
        refuse(x, c, child->name, "has other parents as well; drop those in a version "
                                  "before");
    else if (text != NULL)
        refuse(x, c, slice_is_none(text->name) ? text->kind : text->name,
               "is kept as text and names it, or a part of it; drop it before and create "
               "it again after");
    else
        return false;
    return true;
}

/* ---- which tables ---- */

/* A partition whose whole is made anew goes with it. */
static bool
is_below_another(const struct remaking *x, const struct map *asked,
                 const struct table *old)
{
    while ((old = catalog_only_parent(x->from, old)) != NULL)
        if (map_has(asked, remake_key(x, old)))
            return true;
    return false;
}

/* By a foreign key, also one of its own. */
static bool
is_referred_to(const struct remaking *x, const struct table *t)
{
    VEC_EACH (i, &x->from->tables) {
        const struct table *other = x->from->tables.items[i];

        VEC_EACH (k, &other->constraints) {
            const struct constraint *key = other->constraints.items[k];

            if (key->kind == CONSTRAINT_FOREIGN_KEY
                && catalog_find_table(x->from, key->ref_schema, key->ref_table) == t)
                return true;
        }
    }
    return false;
}

/* No partition leaves a table that foreign keys refer to: the server would find their
 * rows without a parent.  The whole is made anew then. */
static struct change
widened(const struct remaking *x, const struct change *c)
{
    const struct table *root = catalog_root_of(x->from, c->old.table);
    const struct table *now = diff_new_table(x->declared, root);
    struct change out = *c;

    if (root == c->old.table || now == NULL || !is_referred_to(x, root))
        return out;
    out.old = (struct change_side){ .table = root };
    out.new = (struct change_side){ .table = now };
    out.kind = CHANGE_PARTITION_KEY;
    return out;
}

/* ---- all of it ---- */

static void
remake_all(struct remaking *x, bool has_data_step)
{
    VEC(struct change) wanted = { 0 };
    struct map asked;

    map_init(&asked, &x->s->arena);
    VEC_EACH (i, &x->declared->all) {
        const struct change *c = &x->declared->all.items[i];

        if (!x->r->dialect->remakes_table(c))
            continue;
        VEC_PUSH(&x->s->arena, &wanted, widened(x, c));
        map_put(&asked, remake_key(x, wanted.items[wanted.count - 1].old.table), NULL);
    }
    VEC_EACH (i, &wanted) {
        const struct change *c = &wanted.items[i];

        begin(x);
        if (!map_has(&x->done, remake_key(x, c->old.table))
            && !is_below_another(x, &asked, c->old.table)
            && !is_refused(x, c, has_data_step))
            remake_table(x, c);
    }
}

/* What makes room stays the first, and rows are moved last of what is listed. */
static void
add_changes(struct remaking *x, struct changes *changes)
{
    const struct changes found = *changes;

    changes->all.items = NULL;
    changes->all.count = changes->all.capacity = 0;
    VEC_EACH (i, &x->declared->all)
        if (x->declared->all.items[i].kind == CHANGE_SET_ASIDE)
            VEC_PUSH(&x->s->arena, &changes->all, x->declared->all.items[i]);
    VEC_EACH (i, &found.all)
        VEC_PUSH(&x->s->arena, &changes->all, found.all.items[i]);
    VEC_EACH (i, &x->moves)
        VEC_PUSH(&x->s->arena, &changes->all, x->moves.items[i]);
}

bool
plan_remake_tables(struct session *s, const struct plan_request *r,
                   struct alter_request *alter, struct changes *changes)
{
    const struct changes declared = *changes;
    struct remaking x = { .s = s, .r = r, .from = alter->from, .declared = &declared };

    if (r->dialect->remakes_table == NULL || r->to == NULL)
        return true;
    remake_all(&x, alter->has_data_step);
    if (x.failed || x.moves.count == 0)
        return !x.failed;
    alter->to = x.to;
    alter->remakes_tables = true;
    diff_catalogs(s, r->dialect->forms, alter->from, alter->to, changes);
    add_changes(&x, changes);
    return true;
}
