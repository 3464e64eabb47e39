/*
 * Indexes and keys of partitioned tables that others read and write meanwhile.  The
 * server takes no CONCURRENTLY for them, so each partition's part is built by itself and
 * the whole is put together of what is built (manual, 5.11.2.2; facts pg15-ddl-locks,
 * idx.create_on_only and idx.attach_partition).
 *
 * An index begins as an empty one ON ONLY the partitioned table and is valid once it has
 * its last part.  A key cannot take an index of a partitioned table over; but those of
 * its partitions can, and the key of the whole takes theirs as its parts without a look
 * at a row (DefineIndex: a part of a constraint is what has a constraint itself).
 *
 * What is not done so: trees that gain tables which are there in the same version, and
 * all where a foreign table is a partition.
 */
#include "dialect/postgres/alter.h"

#include "base/sqltext.h"
#include "model/naming.h"

/* What stands right below a table, and on it. */
struct online_family {
    VEC(const struct table *) partitions;
    VEC(const struct index *) indexes;
};

/* ---- who belongs to whom ---- */

static struct online_family *
family_of(const struct alter *a, struct slice schema, struct slice name)
{
    return map_get(&a->families, catalog_key(&a->s->arena, schema, name));
}

static struct online_family *
make_family(struct alter *a, struct slice schema, struct slice name)
{
    struct online_family *f = family_of(a, schema, name);

    if (f == NULL) {
        f = ARENA_NEW(&a->s->arena, struct online_family);
        map_put(&a->families, catalog_key(&a->s->arena, schema, name), f);
    }
    return f;
}

static void
note_families(struct alter *a)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];

        if (t->bound != NULL)
            VEC_PUSH(&a->s->arena,
                     &make_family(a, t->parents.all.items[0].schema,
                                  t->parents.all.items[0].name)
                          ->partitions,
                     t);
    }
    VEC_EACH (i, &a->r->to->indexes) {
        const struct index *x = a->r->to->indexes.items[i];

        if (x->table->bound != NULL || x->table->partition_by != NULL)
            VEC_PUSH(&a->s->arena,
                     &make_family(a, x->table->schema, x->table->name)->indexes, x);
    }
}

/* Foreign tables are kept as text, so nobody knows whose partitions they are. */
static bool
is_foreign_part(const struct definition *d)
{
    struct sqltext text = { .rest = d->text };
    struct sqltext_token token;

    if (!slice_is(d->kind, "foreign table"))
        return false;
    while ((token = sqltext_next_code(&text)).kind != SQLTEXT_END)
        if (sqltext_is_word(token, "partition"))
            return true;
    return false;
}

static void
note_foreign_parts(struct alter *a)
{
    VEC_EACH (i, &a->r->to->definitions)
        a->has_foreign_parts |= is_foreign_part(a->r->to->definitions.items[i]);
}

/* ---- what of a partition's own stays, by its new name ---- */

static struct slice
index_key(const struct alter *a, const struct table *t, struct slice name)
{
    return catalog_key(&a->s->arena, t->schema, name);
}

/* The old side: what is dropped or leaves, and the indexes of each table. */
struct old_parts {
    struct alter *a;
    struct map gone;
    struct map leaving;  /* catalog_key of partitions that leave their place */
    struct map families; /* catalog_key of a table → struct online_family * */
};

static void
note_change(struct old_parts *o, const struct change *c)
{
    struct alter *a = o->a;
    struct arena *arena = &a->s->arena;
    struct map *gone = &o->gone;

    if (c->kind == CHANGE_DROP_INDEX)
        map_put(gone, index_key(a, c->old.index->table, c->old.index->name), NULL);
    else if (c->kind == CHANGE_RENAME_INDEX)
        map_put(&a->standing, index_key(a, c->new.index->table, c->new.index->name),
                NULL);
    else if (c->kind == CHANGE_DROP_CONSTRAINT)
        map_put(gone, order_constraint_key(arena, c->old.table, c->old.constraint), NULL);
    else if (c->kind == CHANGE_RENAME_CONSTRAINT)
        map_put(&a->standing,
                order_constraint_key(arena, c->new.table, c->new.constraint), NULL);
    else if (c->kind == CHANGE_TABLE_PARENTS && c->old.table->bound != NULL)
        map_put(&o->leaving, catalog_key(arena, c->old.table->schema, c->old.table->name),
                NULL);
}

static bool
leaves(const struct old_parts *o, const struct table *old)
{
    return map_has(&o->leaving, catalog_key(&o->a->s->arena, old->schema, old->name));
}

static bool
is_part_of(const struct index *part, const struct index *x)
{
    return part->unique == x->unique && slice_equal(part->method, x->method)
           && part->nulls_not_distinct == x->nulls_not_distinct
           && index_keys_equal(&part->keys, &x->keys)
           && slices_equal(&part->include, &x->include)
           && expr_equal(part->where, x->where);
}

static void
note_old_families(struct old_parts *o)
{
    struct arena *arena = &o->a->s->arena;

    map_init(&o->families, arena);
    VEC_EACH (i, &o->a->r->from->indexes) {
        const struct index *x = o->a->r->from->indexes.items[i];
        struct slice key = catalog_key(arena, x->table->schema, x->table->name);
        struct online_family *f = map_get(&o->families, key);

        if (f == NULL) {
            f = ARENA_NEW(arena, struct online_family);
            map_put(&o->families, key, f);
        }
        VEC_PUSH(arena, &f->indexes, x);
    }
}

/* A part stays as long as the index of the whole does. */
static bool
stays(const struct old_parts *o, const struct index *x)
{
    const struct relation_name *of;
    const struct online_family *f;

    if (!x->inherited || x->table->bound == NULL || leaves(o, x->table))
        return !map_has(&o->gone, index_key(o->a, x->table, x->name));
    of = &x->table->parents.all.items[0];
    f = map_get(&o->families, catalog_key(&o->a->s->arena, of->schema, of->name));
    for (size_t i = 0; f != NULL && i < f->indexes.count; i++)
        if (is_part_of(x, f->indexes.items[i]) && stays(o, f->indexes.items[i]))
            return true;
    return false;
}

static void
note_standing_indexes(struct old_parts *o)
{
    struct alter *a = o->a;

    VEC_EACH (i, &a->r->from->indexes) {
        const struct index *x = a->r->from->indexes.items[i];
        const struct table *now = map_get(
            &a->kept, catalog_key(&a->s->arena, x->table->schema, x->table->name));

        if (now != NULL && stays(o, x))
            map_put(x->inherited && !leaves(o, x->table) ? &a->standing_parts
                                                         : &a->standing,
                    index_key(a, now, x->name), NULL);
    }
}

/* By the names of the new side. */
static bool
is_same_key(const struct table *old, const struct constraint *k, const struct table *t,
            const struct constraint *now)
{
    if (now->kind != k->kind || now->keys.all.count != k->keys.all.count)
        return false;
    VEC_EACH (i, &k->keys.all) {
        const struct column *c = table_find_column(t, now->keys.all.items[i].column);
        const struct column *was = c == NULL ? NULL : diff_old_column(old, t, c);

        if (was == NULL || !slice_equal(was->name, k->keys.all.items[i].column))
            return false;
    }
    return true;
}

/* DETACH leaves a partition its parts of keys: they are its own, and become parts again
 * where it joins another time. */
static void
note_left_keys(struct alter *a, const struct table *old, const struct table *t)
{
    VEC_EACH (i, &old->constraints) {
        const struct constraint *part = old->constraints.items[i];

        for (size_t k = 0; part->inherited && k < t->constraints.count; k++)
            if (is_same_key(old, part, t, t->constraints.items[k]))
                map_put(&a->standing,
                        order_constraint_key(&a->s->arena, t, t->constraints.items[k]),
                        NULL);
    }
}

static void
note_standing_keys(struct old_parts *o, const struct table *old, const struct table *t)
{
    struct arena *arena = &o->a->s->arena;

    VEC_EACH (i, &old->constraints) {
        const struct constraint *own = old->constraints.items[i];

        if (!own->inherited && !map_has(&o->gone, order_constraint_key(arena, old, own)))
            map_put(&o->a->standing, order_constraint_key(arena, t, own), NULL);
    }
    if (leaves(o, old))
        note_left_keys(o->a, old, t);
}

static void
note_standing(struct alter *a)
{
    struct old_parts o = { .a = a };

    map_init(&o.gone, &a->s->arena);
    map_init(&o.leaving, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all)
        note_change(&o, &a->r->changes->all.items[i]);
    note_old_families(&o);
    note_standing_indexes(&o);
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];
        const struct table *old =
            t->bound == NULL ? NULL : diff_old_table(a->r->changes, t);

        if (old != NULL)
            note_standing_keys(&o, old, t);
    }
}

void
online_find_parts(struct alter *a)
{
    map_init(&a->families, &a->s->arena);
    map_init(&a->standing, &a->s->arena);
    map_init(&a->standing_parts, &a->s->arena);
    if (!a->r->online)
        return;
    note_families(a);
    note_foreign_parts(a);
    note_standing(a);
}

/* ---- which trees ---- */

static bool
keeps_its_place(const struct alter *a, const struct table *whole,
                const struct table *part)
{
    const struct table *was = diff_old_table(a->r->changes, part);
    const struct table *of = diff_old_table(a->r->changes, whole);

    if (was == NULL)
        return true;
    return of != NULL && !alter_changes_parents(a, part)
           && catalog_whole_of(a->r->from, was) == of;
}

static bool
is_settled_tree(const struct alter *a, const struct table *t)
{
    const struct online_family *f = family_of(a, t->schema, t->name);

    for (size_t i = 0; f != NULL && i < f->partitions.count; i++)
        if (!keeps_its_place(a, t, f->partitions.items[i])
            || !is_settled_tree(a, f->partitions.items[i]))
            return false;
    return true;
}

bool
online_goes_by_parts(const struct alter *a, const struct table *t)
{
    return online_is_in_use(a, t) && t->partition_by != NULL && !a->has_foreign_parts
           && is_settled_tree(a, t);
}

void
online_tell_why_whole(struct alter *a, struct action *to, const struct table *t)
{
    if (!online_is_in_use(a, t) || t->partition_by == NULL || online_goes_by_parts(a, t))
        return;
    alter_reason(a, to,
                 a->has_foreign_parts
                     ? "In one go: a foreign table may be one of the partitions, of "
                       "which there is no telling what its part is."
                     : "In one go: a table that is there joins the partitions in the "
                       "same version; in two versions, each part would be built "
                       "CONCURRENTLY.");
}

/* ---- the parts of an index ---- */

/* Of indexes that are alike, the first has the first parts. */
static size_t
number_among_alike(const struct alter *a, const struct index *x)
{
    const struct online_family *f = family_of(a, x->table->schema, x->table->name);
    size_t number = 0;

    for (size_t i = 0; f != NULL && f->indexes.items[i] != x; i++)
        number += is_part_of(f->indexes.items[i], x);
    return number;
}

/* NULL: a key of the partition is the part. */
static const struct index *
find_part(const struct alter *a, const struct index *x, const struct table *t)
{
    const struct online_family *f = family_of(a, t->schema, t->name);
    size_t number = number_among_alike(a, x);

    for (size_t i = 0; f != NULL && i < f->indexes.count; i++)
        if (f->indexes.items[i]->inherited && is_part_of(f->indexes.items[i], x)
            && number-- == 0)
            return f->indexes.items[i];
    return NULL;
}

const struct constraint *
online_find_key_as_part(const struct index *x, const struct table *t)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if ((k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY)
            && !k->inherited && k->nulls_not_distinct == x->nulls_not_distinct
            && index_keys_equal(&k->keys, &x->keys)
            && slices_equal(&k->include, &x->include))
            return k;
    }
    return NULL;
}

/* Is it made with the index of the parent, by parts? */
bool
online_comes_with_whole(const struct alter *a, const struct index *x)
{
    const struct table *parent = !a->r->online || !x->inherited
                                     ? NULL
                                     : catalog_whole_of(a->r->to, x->table);
    const struct online_family *f =
        parent == NULL ? NULL : family_of(a, parent->schema, parent->name);

    for (size_t i = 0; f != NULL && i < f->indexes.count; i++) {
        const struct index *whole = f->indexes.items[i];

        if (!is_part_of(x, whole))
            continue;
        if (map_get(&a->made_indexes, index_key(a, parent, whole->name)) == whole
            && !whole->on_only && online_goes_by_parts(a, parent))
            return true;
        if (online_comes_with_whole(a, whole))
            return true;
    }
    return false;
}

/* ---- the names of parts ---- */

static struct slice
without_number(struct slice name)
{
    while (name.len > 0 && name.ptr[name.len - 1] >= '0' && name.ptr[name.len - 1] <= '9')
        name.len--;
    return name;
}

static bool
differ_in_number(struct slice a, struct slice b)
{
    return !slice_equal(a, b) && slice_equal(without_number(a), without_number(b));
}

/* The part of another index may have the name that a fresh database gives to this one. */
static struct slice
name_beside_parts(struct alter *a, const struct table *t, struct slice name)
{
    struct slice own = name;

    for (size_t number = 1; map_has(&a->standing_parts, index_key(a, t, own)); number++)
        own = slice_format(&a->s->arena, "%.*s_%zu", SLICE_ARG(name), number + 1);
    return own.len > IDENTIFIER_BYTES_MAX ? name : own;
}

/*
 * The server names the parts that a new partition has of what stands, in its own order:
 * which of names that differ in their number is free is not known.
 */
static struct slice
free_name(struct alter *a, const struct table *t, struct slice name)
{
    const struct online_family *f = family_of(a, t->schema, t->name);
    size_t alike = 0;

    if (alter_was_there(a, t))
        return name_beside_parts(a, t, name);
    for (size_t i = 0; f != NULL && i < f->indexes.count; i++)
        alike += differ_in_number(f->indexes.items[i]->name, name);
    VEC_EACH (i, &t->constraints)
        alike += differ_in_number(t->constraints.items[i]->name, name);
    if (alike == 0 || name.len + 4 > IDENTIFIER_BYTES_MAX)
        return name;
    return slice_format(&a->s->arena, "%.*s_%zu", SLICE_ARG(name), alike + 1);
}

/* While it is built: a new partition has parts of what stands, of unknown names. */
static struct slice
name_so_far(struct alter *a, const struct table *t, struct slice name)
{
    return alter_was_there(a, t) ? online_name_now(a, t, name)
                                 : online_spare_name(a, t, name);
}

/* ---- an index ---- */

static struct action *
part_action(struct alter *a, enum settle_order order, const struct change *c,
            const char *verb, const struct table *t, struct slice name)
{
    struct action *to = alter_action(a, PHASE_SETTLE, order, c);

    to->title = slice_format(&a->s->arena, "%s %.*s on %.*s", verb, SLICE_ARG(name),
                             SLICE_ARG(t->name));
    to->table = t->name;
    return to;
}

static void
begin_whole(struct alter *a, const struct change *c, const struct index *x,
            struct slice name)
{
    struct action *to = part_action(a, SETTLE_WHOLE, c, "begin index", x->table, x->name);
    struct index now = *x;

    now.name = name;
    now.on_only = true;
    to->lock = "SHARE";
    to->own_transaction = true;
    alter_sql(a, to, postgres_create_index(a->s, &now, false));
    if (x == c->new.index) /* its rows are those of all parts */
        alter_require_index_rows(a, to, x);
    alter_reason(a, to,
                 "ON ONLY reads no row.  It serves once each partition's part, built "
                 "CONCURRENTLY, is attached; a plain CREATE INDEX would stop writers "
                 "while it reads all of them.");
}

static void
attach(struct alter *a, const struct change *c, const struct index *x, struct slice whole,
       struct slice part, const struct table *t)
{
    struct action *to =
        part_action(a, SETTLE_ATTACH, c, "attach the part of", t, x->name);

    to->table = c->new.index->table->name; /* all of them in the order of the tree */
    to->own_transaction = true;
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER INDEX %.*s ATTACH PARTITION %.*s",
                           SLICE_ARG(alter_name(a, x->table->schema, whole)),
                           SLICE_ARG(alter_name(a, t->schema, part))));
    alter_reason(a, to,
                 "It is built: no row is read.  One by one, so that no two parts are "
                 "locked at once.");
}

static void
finish_part(struct alter *a, const struct index *x, struct slice name)
{
    struct index at_last = *x;
    struct change own = { .kind = CHANGE_CREATE_INDEX };
    struct index built = *x;

    at_last.name = free_name(a, x->table, x->name);
    own.new.index = arena_copy(&a->s->arena, &at_last, sizeof at_last);
    built.name = name;
    online_finish_index(a, &own, &built);
}

static struct slice
build_part(struct alter *a, const struct change *c, const struct index *part)
{
    struct action *to =
        part_action(a, SETTLE_BUILD, c, "build index", part->table, part->name);
    struct index now = *part;

    now.name = name_so_far(a, part->table, part->name);
    online_build_index(a, to, &now);
    finish_part(a, part, now.name);
    return now.name;
}

static struct slice make_whole(struct alter *a, const struct change *c,
                               const struct index *x);

/* The name of the part of `x` on a partition, which is there by then. */
static struct slice
make_part(struct alter *a, const struct change *c, const struct index *x,
          const struct table *t)
{
    const struct index *part = find_part(a, x, t);
    const struct constraint *key = part != NULL ? NULL : online_find_key_as_part(x, t);

    if (part == NULL)
        return key == NULL ? SLICE_NONE : key->name;
    if (map_has(&a->standing, index_key(a, t, part->name)))
        return part->name;
    return t->partition_by != NULL ? make_whole(a, c, part) : build_part(a, c, part);
}

static struct slice
make_whole(struct alter *a, const struct change *c, const struct index *x)
{
    const struct online_family *f = family_of(a, x->table->schema, x->table->name);
    struct slice name = name_so_far(a, x->table, x->name);

    begin_whole(a, c, x, name);
    VEC_EACH (i, &f->partitions) {
        const struct table *t = f->partitions.items[i];
        struct slice part = make_part(a, c, x, t);

        if (!slice_is_none(part))
            attach(a, c, x, name, part, t);
    }
    finish_part(a, x, name);
    return name;
}

void
online_create_by_parts(struct alter *a, const struct change *c)
{
    const struct index *x = c->new.index;
    struct index now = *x;
    struct action *last = NULL;

    now.name = make_whole(a, c, x);
    VEC_EACH (i, &a->out->all)
        if (a->out->all.items[i]->order == SETTLE_ATTACH
            && a->out->all.items[i]->phase == PHASE_SETTLE
            && a->out->all.items[i]->causes.items[0].new.index == x)
            last = a->out->all.items[i];
    if (last != NULL)
        last->postcondition = online_query_index(a, &now, "count(*) = 1", "i.indisvalid");
}

/* ---- a key ---- */

static const struct constraint *
find_key_part(const struct constraint *k, const struct table *t)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *part = t->constraints.items[i];

        if (part->inherited && part->kind == k->kind
            && index_keys_equal(&part->keys, &k->keys)
            && slices_equal(&part->include, &k->include)
            && part->nulls_not_distinct == k->nulls_not_distinct
            && part->deferral == k->deferral)
            return part;
    }
    return NULL;
}

/* Made with its table, or by hand before. */
bool
online_key_stands(const struct alter *a, const struct table *t,
                  const struct constraint *part)
{
    if (!alter_was_there(a, t))
        return constraint_is_written(t, part);
    return map_has(&a->standing, order_constraint_key(&a->s->arena, t, part));
}

static void
build_key_part(struct alter *a, const struct change *c, struct action *keys,
               const struct table *t, const struct constraint *part)
{
    struct slice name = name_so_far(a, t, part->name);
    struct index x = online_index_of_key(t, part, name);
    struct constraint at_last = *part;

    online_build_index(
        a, part_action(a, SETTLE_BUILD, c, "build the index of", t, part->name), &x);
    at_last.name = free_name(a, t, part->name);
    alter_sql(a, keys, online_take_index_over(a, t, &at_last, name));
}

/* Leaves first: a key takes what stands below it as its parts. */
static void
add_key_parts(struct alter *a, const struct change *c, struct action *keys,
              const struct table *whole, const struct constraint *k)
{
    const struct online_family *f = family_of(a, whole->schema, whole->name);

    for (size_t i = 0; f != NULL && i < f->partitions.count; i++) {
        const struct table *t = f->partitions.items[i];
        const struct constraint *part = find_key_part(k, t);

        if (part == NULL || online_key_stands(a, t, part))
            continue;
        if (t->partition_by == NULL) {
            build_key_part(a, c, keys, t, part);
            continue;
        }
        add_key_parts(a, c, keys, t, part);
        alter_sql(a, keys, postgres_add_constraint(a->s, t, part));
    }
}

void
online_add_key_by_parts(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.table;
    const struct constraint *k = c->new.constraint;
    struct action *to = alter_action(a, PHASE_SETTLE, SETTLE_KEYS, c);

    to->own_transaction = true;
    online_wait_less(a, to);
    alter_sql(a, to,
              slice_format(&a->s->arena, "LOCK TABLE %.*s IN ACCESS EXCLUSIVE MODE",
                           SLICE_ARG(alter_name(a, t->schema, t->name))));
    add_key_parts(a, c, to, t, k);
    alter_sql(a, to, postgres_add_constraint(a->s, t, k));
    if (k->comment.len > 0)
        alter_sql(a, to, postgres_comment_member(a->s, t, NULL, k, k->comment));
    alter_require_rows(a, to, c);
    alter_reason(a, to,
                 "The partitions' indexes are built and checked, and the key takes them "
                 "as its parts: no row is read.  The tables are locked from the whole "
                 "down, as queries do, so that none of them waits crosswise.");
}

/* ---- a table that becomes a partition ---- */

static bool
is_missing_part(const struct alter *a, const struct table *t, const struct index *x)
{
    return x->inherited && !index_is_written(x)
           && !map_has(&a->standing, index_key(a, t, x->name));
}

static bool
is_missing_key(const struct alter *a, const struct table *t, const struct constraint *k)
{
    return (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY)
           && k->inherited && !online_key_stands(a, t, k);
}

bool
online_lacks_parts(const struct alter *a, const struct table *t)
{
    const struct online_family *f = family_of(a, t->schema, t->name);

    for (size_t i = 0; f != NULL && i < f->indexes.count; i++)
        if (is_missing_part(a, t, f->indexes.items[i]))
            return true;
    VEC_EACH (i, &t->constraints)
        if (is_missing_key(a, t, t->constraints.items[i]))
            return true;
    return false;
}

void
online_build_missing_parts(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.table;
    const struct online_family *f = family_of(a, t->schema, t->name);

    if (t->partition_by != NULL)
        return;
    for (size_t i = 0; f != NULL && i < f->indexes.count; i++) {
        const struct index *x = f->indexes.items[i];

        size_t first = a->out->all.count;

        if (!is_missing_part(a, t, x))
            continue;
        build_part(a, c, x);
        alter_require_index_rows(a, a->out->all.items[first], x);
    }
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];
        struct action *keys;

        if (!is_missing_key(a, t, k))
            continue;
        keys = part_action(a, SETTLE_KEYS, c, "take over", t, k->name);
        build_key_part(a, c, keys, t, k);
        alter_require_key_of_part(a, keys, t, k);
    }
}
