/*
 * Triggers, policies and rules that read a column which gets another type or collation,
 * or is made anew because it is generated.  The server changes no such column under them,
 * so they are taken down and put back, as alter_holders.c does for what is made anew.
 *
 * Who reads is told by the words of the definition: one that says a column's name, and
 * stands on its table or says that name, too.  What is made again needlessly is as good.
 * (Views are the business of alter_views.c, generated columns of alter_follow.c.)
 */
#include "base/sqltext.h"
#include "dialect/postgres/postgres.h"

static bool
disturbs_readers(const struct change *c)
{
    return c->kind == CHANGE_COLUMN_TYPE || c->kind == CHANGE_COLUMN_COLLATION
           || (c->kind == CHANGE_COLUMN_GENERATED && c->new.column->generated != NULL);
}

static void
note_tables_then(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, t);

        if (old != NULL)
            map_put(&a->tables_then, catalog_key(arena, old->schema, old->name),
                    (void *)(uintptr_t)t);
    }
}

void
alter_find_readers(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->disturbed, arena);
    map_init(&a->tables_then, arena);
    map_init(&a->changed_definitions, arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (disturbs_readers(c))
            change_list_add(arena, &a->disturbed, c->old.table->name, c);
        if (c->old.definition != NULL)
            map_put(&a->changed_definitions,
                    alter_definition_key(a, c->old.definition), NULL);
    }
    if (a->disturbed.count > 0)
        note_tables_then(a);
}

/* Does it say one of the columns that change in tables of that name? */
static bool
says_column(const struct alter *a, const struct definition *d, struct slice table)
{
    const struct change_list *changes = map_get(&a->disturbed, table);

    for (size_t i = 0; changes != NULL && i < changes->all.count; i++)
        if (sqltext_says_name((struct sqltext){ .rest = d->text },
                              changes->all.items[i]->old.column->name))
            return true;
    return false;
}

/* A change of a parent's column is one of its children's, too. */
static bool
reads_own_table(const struct alter *a, const struct definition *d, const struct table *t)
{
    if (t == NULL)
        return false;
    if (says_column(a, d, t->name))
        return true;
    VEC_EACH (i, &t->parents.all) {
        const struct relation_name *parent = &t->parents.all.items[i];

        if (reads_own_table(a, d,
                            catalog_find_table(a->r->from, parent->schema, parent->name)))
            return true;
    }
    return false;
}

static bool
reads_other_table(const struct alter *a, const struct definition *d)
{
    struct sqltext text = { .rest = d->text };
    struct sqltext_token token;

    while ((token = sqltext_next_code(&text)).kind != SQLTEXT_END)
        if ((token.kind == SQLTEXT_WORD || token.kind == SQLTEXT_QUOTED)
            && says_column(a, d, sqltext_name(&a->s->arena, token)))
            return true;
    return false;
}

bool
alter_reads_changed_column(const struct alter *a, const struct definition *d)
{
    if (a->disturbed.count == 0)
        return false;
    if (d->detail != DETAIL_TRIGGER && d->detail != DETAIL_POLICY
        && d->detail != DETAIL_RULE)
        return false;
    return reads_own_table(a, d, catalog_find_table(a->r->from, d->schema, d->table))
           || (d->detail != DETAIL_TRIGGER && reads_other_table(a, d));
}

const struct definition *
alter_definition_then(const struct alter *a, const struct definition *d)
{
    struct definition then = *d;
    const struct table *t =
        map_get(&a->tables_then, catalog_key(&a->s->arena, d->schema, d->table));

    if (t == NULL || map_has(&a->changed_definitions, alter_definition_key(a, d)))
        return NULL;
    then.schema = t->schema;
    then.table = t->name;
    return map_get(&a->new_definitions, alter_definition_key(a, &then));
}
