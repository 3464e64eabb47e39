/*
 * What the server knows of the values in a table that is in use: it forgets the
 * statistics of a column with its type ("the column's statistics are removed, so running
 * ANALYZE on the table afterwards is recommended", ALTER TABLE), and has none of a new
 * table, a new expression or a new statistics object.  Autovacuum comes when enough rows
 * were inserted, updated or deleted since it came last, and these are none, so queries
 * would be planned blindly until then.
 *
 * So each such table is looked at once, last of all, in a transaction of its own.  It
 * reads a sample, under a lock that stops neither readers nor writers (facts
 * pg15-ddl-locks, table.analyze).
 */
#include "dialect/postgres/alter.h"

static const struct table *
table_of_statistics(const struct alter *a, const struct change *c)
{
    const struct definition *d = c->new.definition;

    return d->detail != DETAIL_STATISTICS
               ? NULL
               : catalog_find_table(a->r->to, d->u.statistics->table_schema,
                                    d->u.statistics->table);
}

/* The table about whose values nothing is known behind this; NULL: none. */
static const struct table *
left_unknown(const struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_COLUMN_TYPE || c->kind == CHANGE_COLUMN_COLLATION
        || c->kind == CHANGE_MOVE_ROWS
        || ((c->kind == CHANGE_COLUMN_GENERATED || c->kind == CHANGE_ADD_COLUMN)
            && c->new.column->generated != NULL))
        return c->new.table;
    if (c->kind == CHANGE_CREATE_INDEX && index_keys_have_expression(&c->new.index->keys))
        return c->new.index->table;
    return c->kind == CHANGE_CREATE_DEFINITION || c->kind == CHANGE_REPLACE_DEFINITION
               ? table_of_statistics(a, c)
               : NULL;
}

static struct action *
analyze_action(struct alter *a, const struct change *c, const struct table *t)
{
    struct action *to = alter_action(a, PHASE_SETTLE, SETTLE_STATISTICS, c);
    struct slice name = alter_name(a, t->schema, t->name);

    to->samples = true;
    to->own_transaction = true;
    to->causes.count = 0; /* what it looks at is done already */
    to->table = t->name;
    to->title = slice_format(&a->s->arena, "analyze %.*s", SLICE_ARG(t->name));
    alter_sql(a, to, slice_format(&a->s->arena, "ANALYZE %.*s", SLICE_ARG(name)));
    alter_reason(a, to,
                 "The server has no statistics of these values, and plans queries "
                 "without until autovacuum finds that enough rows were written.");
    return to;
}

struct looking {
    struct alter *a;
    struct map analyzed; /* catalog_key → struct action * */
};

/* Once, whatever changes in it. */
static void
look_at(struct looking *l, const struct change *c, const struct table *t)
{
    struct arena *arena = &l->a->s->arena;
    struct action *to;
    struct slice key;

    if (t == NULL || t->successor != NULL || alter_rows_before(l->a, t) == NULL)
        return;
    t = catalog_root_of(l->a->r->to, t); /* ANALYZE of a whole is one of each partition */
    key = catalog_key(arena, t->schema, t->name);
    to = map_get(&l->analyzed, key);
    if (to == NULL)
        map_put(&l->analyzed, key, to = analyze_action(l->a, c, t));
    action_makes_way(arena, to, c);
}

/* Its columns become those of another type under the same name. */
static void
look_at_enum(struct looking *l, const struct change *c)
{
    VEC_EACH (i, &l->a->r->to->tables) {
        const struct table *t = l->a->r->to->tables.items[i];

        for (size_t k = 0; k < t->columns.count; k++)
            if (alter_is_of_enum(t->columns.items[k], c->new.enum_type)) {
                look_at(l, c, t);
                break;
            }
    }
}

void
alter_analyze(struct alter *a)
{
    struct looking l = { .a = a };

    map_init(&l.analyzed, &a->s->arena);
    for (size_t i = 0; a->in_use && i < a->r->changes->all.count; i++) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_ENUM_VALUES && !alter_enum_only_grows(c))
            look_at_enum(&l, c);
        else
            look_at(&l, c, left_unknown(a, c));
    }
}
