/*
 * Changes that follow from others, as changes of their own, so that whatever carries out
 * a change carries them out, too:
 *
 *   a generated column that reads a column of another type is made anew: the server
 *   changes no type under it;
 *   what stands on a generated column that is made anew goes and comes with it;
 *   an index of a partitioned table over a column of another type is made anew beside one
 *   whose parts have names like those of its parts, and which goes and comes: the server
 *   makes the parts of the first anew by itself, under the names that the other's parts
 *   have given up;
 *   a rename of what has to go and come meanwhile is a drop of the old and an addition
 *   of the new.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

struct follow {
    struct alter *a;
    struct changes *out;
    struct map met;        /* member_key of old members that a change is about already */
    struct map indexes;    /* catalog_key of a new index → it */
    struct map freed;      /* part_names of old indexes that go and come */
    struct map unsettling; /* what foreign keys stand on, and is taken from under them */
};

static struct slice
member_key(const struct follow *f, const char *kind, const struct table *t,
           struct slice member)
{
    struct slice table = catalog_key(&f->a->s->arena, t->schema, t->name);

    return slice_format(&f->a->s->arena, "%.*s\1%s\1%.*s", SLICE_ARG(table), kind,
                        SLICE_ARG(member));
}

static void
push(struct follow *f, struct change c)
{
    VEC_PUSH(&f->a->s->arena, &f->out->all, c);
}

static void
push_constraint_anew(struct follow *f, const struct change_side *old,
                     const struct change_side *new)
{
    push(f, (struct change){ .kind = CHANGE_DROP_CONSTRAINT,
                             .old = *old,
                             .new = { .table = new->table } });
    push(f, (struct change){ .kind = CHANGE_ADD_CONSTRAINT,
                             .old = { .table = old->table },
                             .new = *new });
}

static void
push_index_anew(struct follow *f, const struct index *old, const struct index *new)
{
    push(f, (struct change){ .kind = CHANGE_DROP_INDEX, .old.index = old });
    push(f, (struct change){ .kind = CHANGE_CREATE_INDEX, .new.index = new });
}

static void
begin_changes(struct follow *f)
{
    f->out = arena_copy(&f->a->s->arena, f->a->r->changes, sizeof *f->out);
    f->out->all.items = NULL;
    f->out->all.count = f->out->all.capacity = 0;
}

/* ---- generated columns ---- */

static bool
is_retyped(const struct table *old, const struct table *new, const struct column *c)
{
    VEC_EACH (i, &new->columns) {
        const struct column *now = new->columns.items[i];

        if (diff_old_column(old, new, now) == c)
            return now->has_type && c->has_type
                   && (!type_equal(&now->type, &c->type)
                       || !slice_equal(now->collation, c->collation));
    }
    return false;
}

static bool
reads_retyped(const struct table *old, const struct table *new, const struct column *c)
{
    VEC_EACH (i, &old->columns)
        if (expr_mentions_column(c->generated, old->columns.items[i]->name)
            && is_retyped(old, new, old->columns.items[i]))
            return true;
    return false;
}

/* Is it dropped and added again? */
static bool
is_made_anew(const struct follow *f, const struct table *old, const struct table *new,
             const struct column *c)
{
    return map_has(&f->met, member_key(f, "generated", old, c->name))
           || (c->generated != NULL && reads_retyped(old, new, c));
}

static bool
keys_read(const struct index_keys *keys, const struct slices *include,
          struct slice column)
{
    VEC_EACH (i, &keys->all)
        if (expr_mentions_column(keys->all.items[i].expr, column))
            return true;
    return column_is_in(keys, column) || slices_have(include, column);
}

/* What reads columns of a table, of a constraint or an index. */
struct reader {
    const struct index_keys *keys;
    const struct slices *include;
    const struct expr *condition;
};

static struct reader
reader_of_constraint(const struct constraint *k)
{
    return (struct reader){ &k->keys, &k->include, k->check };
}

static struct reader
reader_of_index(const struct index *x)
{
    return (struct reader){ &x->keys, &x->include, x->where };
}

static bool
reads(const struct reader *r, struct slice column)
{
    return keys_read(r->keys, r->include, column)
           || expr_mentions_column(r->condition, column);
}

static struct slice
column_key(const struct alter *a, const struct table *old, struct slice column)
{
    struct slice table = catalog_key(&a->s->arena, old->schema, old->name);

    return slice_format(&a->s->arena, "%.*s\1%.*s", SLICE_ARG(table), SLICE_ARG(column));
}

/* Does it read a column that goes, and comes again? */
static bool
reads_anew(const struct alter *a, const struct table *old, struct reader r)
{
    for (size_t i = 0; a->columns_anew.count > 0 && i < old->columns.count; i++) {
        struct slice name = old->columns.items[i]->name;

        if (reads(&r, name) && map_has(&a->columns_anew, column_key(a, old, name)))
            return true;
    }
    return false;
}

bool
alter_index_is_disturbed(const struct alter *a, const struct table *old,
                         const struct index_keys *keys, const struct slices *include,
                         const struct expr *where)
{
    struct reader r = { keys, include, where };

    VEC_EACH (i, &old->columns) {
        const struct column *c = old->columns.items[i];

        if (c->has_type && alter_type_is_remade(a, &c->type) && reads(&r, c->name))
            return true;
    }
    return reads_anew(a, old, r);
}

static void
follow_columns(struct follow *f, const struct table *old, const struct table *new)
{
    VEC_EACH (i, &new->columns) {
        const struct column *then = new->columns.items[i];
        const struct column *c =
            then->generated == NULL ? NULL : diff_old_column(old, new, then);

        if (c == NULL || !is_made_anew(f, old, new, c))
            continue;
        map_put(&f->a->columns_anew, column_key(f->a, old, c->name), NULL);
        if ((!then->inherited || alter_changes_parents(f->a, old))
            && !map_has(&f->met, member_key(f, "generated", old, c->name)))
            push(f, (struct change){ .kind = CHANGE_COLUMN_GENERATED,
                                     .old = { .table = old, .column = c },
                                     .new = { .table = new, .column = then } });
    }
}

static void
follow_constraints(struct follow *f, const struct table *old, const struct table *new)
{
    VEC_EACH (i, &old->constraints) {
        const struct constraint *k = old->constraints.items[i];
        const struct constraint *then = table_find_constraint(new, k->name);

        if ((!k->inherited || alter_changes_parents(f->a, old)) && then != NULL
            && !map_has(&f->met, member_key(f, "constraint", old, k->name))
            && reads_anew(f->a, old, reader_of_constraint(k)))
            push_constraint_anew(
                f, &(struct change_side){ .table = old, .constraint = k },
                &(struct change_side){ .table = new, .constraint = then });
    }
}

/* The new one of this name on the same table; NULL: none. */
static const struct index *
same_index(const struct follow *f, const struct index *x)
{
    const struct table *new = diff_new_table(f->a->r->changes, x->table);
    const struct index *then =
        new == NULL
            ? NULL
            : map_get(&f->indexes, catalog_key(&f->a->s->arena, new->schema, x->name));

    return then == NULL || then->table != new || x->inherited ? NULL : then;
}

/* Indexes of which the server calls the parts alike, with a number behind. */
static struct slice
part_names(const struct follow *f, const struct index *x)
{
    struct slice key = catalog_key(&f->a->s->arena, x->table->schema, x->table->name);
    struct slices columns = { 0 };

    naming_index_columns(f->a->s, &x->keys, &x->include, &columns);
    VEC_EACH (i, &columns.all)
        key = slice_format(&f->a->s->arena, "%.*s\1%.*s", SLICE_ARG(key),
                           SLICE_ARG(columns.all.items[i]));
    return key;
}

static bool
stands_on_retyped(const struct follow *f, const struct index *x)
{
    const struct table *new = diff_new_table(f->a->r->changes, x->table);
    struct reader r = reader_of_index(x);

    VEC_EACH (i, &x->table->columns) {
        const struct column *c = x->table->columns.items[i];

        if (is_retyped(x->table, new, c) && reads(&r, c->name))
            return true;
    }
    return false;
}

/* Its parts go, and come again under the names that are free then. */
static bool
loses_names(const struct follow *f, const struct index *x)
{
    return x->table->partition_by != NULL && same_index(f, x) != NULL
           && (map_has(&f->met, member_key(f, "index", x->table, x->name))
               || alter_index_is_held(f->a, x)
               || reads_anew(f->a, x->table, reader_of_index(x)));
}

static void
follow_index(struct follow *f, const struct index *x)
{
    const struct index *then = same_index(f, x);

    if (then == NULL || map_has(&f->met, member_key(f, "index", x->table, x->name)))
        return;
    if (reads_anew(f->a, x->table, reader_of_index(x))
        || (f->freed.count > 0 && !alter_index_is_held(f->a, x)
            && map_has(&f->freed, part_names(f, x)) && stands_on_retyped(f, x)))
        push_index_anew(f, x, then);
}

static void
follow_indexes(struct follow *f)
{
    const struct catalog *from = f->a->r->from;

    map_init(&f->freed, &f->a->s->arena);
    VEC_EACH (i, &from->indexes)
        if (loses_names(f, from->indexes.items[i]))
            map_put(&f->freed, part_names(f, from->indexes.items[i]), NULL);
    VEC_EACH (i, &from->indexes)
        follow_index(f, from->indexes.items[i]);
}

/* A rename stands for what it renames: `follow_renames` looks at it again. */
static void
note_change(struct follow *f, const struct change *c)
{
    const struct index *x = c->old.index;

    if (c->kind == CHANGE_COLUMN_GENERATED && c->new.column->generated != NULL)
        map_put(&f->met, member_key(f, "generated", c->old.table, c->old.column->name),
                NULL);
    if (c->kind == CHANGE_DROP_CONSTRAINT || c->kind == CHANGE_RENAME_CONSTRAINT)
        map_put(&f->met,
                member_key(f, "constraint", c->old.table, c->old.constraint->name), NULL);
    if (c->kind == CHANGE_DROP_INDEX || c->kind == CHANGE_RENAME_INDEX)
        map_put(&f->met, member_key(f, "index", x->table, x->name), NULL);
}

static void
note_all(struct follow *f)
{
    const struct alter_request *r = f->a->r;

    map_init(&f->met, &f->a->s->arena);
    map_init(&f->a->columns_anew, &f->a->s->arena);
    map_init(&f->indexes, &f->a->s->arena);
    VEC_EACH (i, &r->changes->all)
        note_change(f, &r->changes->all.items[i]);
    VEC_EACH (i, &r->to->indexes) {
        const struct index *x = r->to->indexes.items[i];

        map_put(&f->indexes, catalog_key(&f->a->s->arena, x->table->schema, x->name),
                (void *)(uintptr_t)x);
    }
}

static void
follow_tables(struct follow *f)
{
    const struct alter_request *r = f->a->r;

    VEC_EACH (i, &r->changes->all)
        push(f, r->changes->all.items[i]);
    VEC_EACH (i, &r->to->tables) {
        const struct table *new = r->to->tables.items[i];
        const struct table *old = diff_old_table(r->changes, new);

        if (old == NULL)
            continue;
        follow_columns(f, old, new);
        follow_constraints(f, old, new);
    }
    follow_indexes(f);
}

/* ---- renames ---- */

static bool
constraint_goes(const struct follow *f, const struct change_side *old)
{
    const struct constraint *k = old->constraint;

    return (!k->inherited || alter_changes_parents(f->a, old->table))
           && (alter_constraint_is_held(f->a, old->table, k)
               || (k->kind == CONSTRAINT_FOREIGN_KEY
                   && alter_key_is_unsettled(f->a, &f->unsettling, old->table, k))
               || reads_anew(f->a, old->table, reader_of_constraint(k)));
}

static bool
index_goes(const struct follow *f, const struct index *x)
{
    return !x->inherited
           && (alter_index_is_held(f->a, x)
               || reads_anew(f->a, x->table, reader_of_index(x)));
}

/* The type of a column that is made anew is said where it is made. */
static bool
is_said_anew(const struct follow *f, const struct change *c)
{
    return (c->kind == CHANGE_COLUMN_TYPE || c->kind == CHANGE_COLUMN_COLLATION)
           && map_has(&f->a->columns_anew,
                      column_key(f->a, c->old.table, c->old.column->name));
}

static void
follow_renames(struct follow *f)
{
    VEC_EACH (i, &f->a->r->changes->all) {
        const struct change *c = &f->a->r->changes->all.items[i];

        if (c->kind == CHANGE_RENAME_CONSTRAINT && constraint_goes(f, &c->old))
            push_constraint_anew(f, &c->old, &c->new);
        else if (c->kind == CHANGE_RENAME_INDEX && index_goes(f, c->old.index))
            push_index_anew(f, c->old.index, c->new.index);
        else if (!is_said_anew(f, c))
            push(f, *c);
    }
}

/* ---- both ---- */

void
alter_follow(struct alter *a, struct alter_request *whole)
{
    struct follow f = { .a = a };

    note_all(&f);
    begin_changes(&f);
    follow_tables(&f);
    whole->changes = f.out;
    alter_find_unsettling(a, &f.unsettling);
    begin_changes(&f);
    follow_renames(&f);
    whole->changes = f.out;
}
