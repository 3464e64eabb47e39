/*
 * Triggers, policies, rules and SQL bodies that read a column which gets another type or
 * collation, or is made anew because it is generated.  The server changes no such column
 * under them, so they are taken down and put back, as alter_holders.c does for what is
 * made anew; what needs the routine of such a body goes and comes with it.  Extended
 * statistics follow a type by themselves, and are lost with a column that is made anew.
 *
 * Who reads is told by the words of the definition: one that says a column's name, and
 * stands on its table or says that name, too.  What is made again needlessly is as good.
 * (Views are the business of alter_views.c, generated columns of alter_follow.c.)
 */
#include "base/sqltext.h"
#include "dialect/postgres/alter.h"

static bool
disturbs_readers(const struct change *c)
{
    return c->kind == CHANGE_COLUMN_TYPE || c->kind == CHANGE_COLUMN_COLLATION
           || (c->kind == CHANGE_COLUMN_GENERATED && c->new.column->generated != NULL);
}

/* Beside another comment, that it is replaced is what counts. */
static void
note_changed(struct alter *a, const struct change *c)
{
    struct slice key = alter_definition_key(a, c->old.definition);
    const struct change *before = map_get(&a->changed_definitions, key);

    if (before == NULL || before->kind != CHANGE_REPLACE_DEFINITION)
        map_put(&a->changed_definitions, key, (void *)(uintptr_t)c);
}

void
alter_find_disturbed(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->disturbed, arena);
    map_init(&a->changed_definitions, arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (disturbs_readers(c))
            change_list_add(arena, &a->disturbed, c->old.table->name, c);
        if (c->old.definition != NULL)
            note_changed(a, c);
    }
    alter_find_composites(a);
}

/* The server rebuilds statistics for another type, and drops them with their column. */
static bool
disturbs(const struct definition *d, const struct change *c)
{
    return d->detail != DETAIL_STATISTICS || c->kind == CHANGE_COLUMN_GENERATED;
}

/* The change of a column that it says, of a table of that name; NULL: it says none. */
static const struct change *
says_column(const struct alter *a, const struct definition *d, struct slice table)
{
    const struct change_list *changes = map_get(&a->disturbed, table);

    for (size_t i = 0; changes != NULL && i < changes->all.count; i++)
        if (disturbs(d, changes->all.items[i])
            && sqltext_says_name((struct sqltext){ .rest = d->text },
                                 changes->all.items[i]->old.column->name))
            return changes->all.items[i];
    return NULL;
}

/* A change of a parent's column is one of its children's, too. */
static const struct change *
reads_own_table(const struct alter *a, const struct definition *d, const struct table *t)
{
    const struct change *found = t == NULL ? NULL : says_column(a, d, t->name);

    for (size_t i = 0; t != NULL && found == NULL && i < t->parents.all.count; i++) {
        const struct relation_name *parent = &t->parents.all.items[i];

        found = reads_own_table(
            a, d, catalog_find_table(a->r->from, parent->schema, parent->name));
    }
    return found;
}

static const struct change *
reads_other_table(const struct alter *a, const struct definition *d)
{
    struct sqltext text = { .rest = d->text };
    const struct change *found = NULL;
    struct slice name;

    while (found == NULL && sqltext_next_name(&text, &a->s->arena, &name))
        found = says_column(a, d, name);
    return found;
}

static const struct table *
table_of(const struct alter *a, const struct definition *d)
{
    const struct statistics *s = d->u.statistics;

    return d->detail == DETAIL_STATISTICS
               ? catalog_find_table(a->r->from, s->table_schema, s->table)
               : catalog_find_table(a->r->from, d->schema, d->table);
}

const struct change *
alter_reads_changed_column(const struct alter *a, const struct definition *d)
{
    bool reads_others = d->detail == DETAIL_POLICY || d->detail == DETAIL_RULE;
    const struct change *found;

    if (a->disturbed.count == 0)
        return NULL;
    if (!reads_others && d->detail != DETAIL_TRIGGER && d->detail != DETAIL_STATISTICS)
        return NULL;
    found = reads_own_table(a, d, table_of(a, d));
    return found == NULL && reads_others ? reads_other_table(a, d) : found;
}

/* ---- bodies of routines ---- */

/* Words that mean columns without saying them: SELECT *, INSERT INTO t VALUES. */
static bool
says_columns_unnamed(struct slice body)
{
    static const char *const words[] = { "insert", "table", "natural", "merge" };
    struct sqltext t = { .rest = body };
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END) {
        if (slice_is(token.text, "*"))
            return true;
        for (size_t i = 0; i < ARRAY_LEN(words); i++)
            if (sqltext_is_word(token, words[i]))
                return true;
    }
    return false;
}

static bool
says_name(struct slice body, struct slice name)
{
    return sqltext_says_name((struct sqltext){ .rest = body }, name);
}

/* The column, or a generated one that is made anew with it. */
static bool
says_column_of(const struct change *c, struct slice body)
{
    const struct table *t = c->old.table;

    if (says_name(body, c->old.column->name))
        return true;
    VEC_EACH (i, &t->columns)
        if (expr_mentions_column(t->columns.items[i]->generated, c->old.column->name)
            && says_name(body, t->columns.items[i]->name))
            return true;
    return false;
}

/* Of the tables of that name; NULL: none. */
static const struct change *
change_said(const struct alter *a, struct slice body, struct slice table, bool unnamed)
{
    const struct change_list *changes = map_get(&a->disturbed, table);

    for (size_t i = 0; changes != NULL && i < changes->all.count; i++)
        if (unnamed || says_column_of(changes->all.items[i], body))
            return changes->all.items[i];
    return NULL;
}

/* Another table takes the place of that of this name; NULL: none does. */
static const struct change *
move_said(const struct alter *a, struct slice table)
{
    const struct change *c = map_get(&a->remade_tables, table);

    return c != NULL && c->kind == CHANGE_MOVE_ROWS ? c : NULL;
}

static const struct change *
table_disturbing(const struct alter *a, const struct definition *d)
{
    const struct change *found = NULL;
    struct sqltext text;
    struct slice name;
    bool unnamed;

    if ((a->disturbed.count == 0 && !a->r->remakes_tables)
        || d->detail != DETAIL_ROUTINE
        || (d->u.routine->body_kind != BODY_RETURN
            && d->u.routine->body_kind != BODY_ATOMIC))
        return NULL;
    text = (struct sqltext){ .rest = d->u.routine->body };
    unnamed = says_columns_unnamed(d->u.routine->body);
    while (found == NULL && sqltext_next_name(&text, &a->s->arena, &name)) {
        found = change_said(a, d->u.routine->body, name, unnamed);
        if (found == NULL && a->r->remakes_tables)
            found = move_said(a, name);
    }
    return found;
}

/* What takes down a view of which it takes or gives rows; NULL: nothing. */
static const struct change_list *
view_down_of_type(const struct alter *a, const struct type *t)
{
    return t->kind == TYPE_NAMED
               ? map_get(&a->views_down, catalog_key(&a->s->arena, t->schema, t->name))
               : NULL;
}

/* … or that its body reads. */
static const struct change_list *
view_down_of(struct alter *a, const struct routine *r)
{
    const struct change_list *found =
        r->has_result ? view_down_of_type(a, &r->result) : NULL;
    const struct view *v = NULL;

    for (size_t i = 0; found == NULL && i < r->arguments.all.count; i++)
        found = view_down_of_type(a, &r->arguments.all.items[i].type);
    for (size_t i = 0; found == NULL && v == NULL && i < r->statements.count; i++)
        v = alter_view_read(a, r->statements.items[i], &a->views_down);
    return v == NULL ? found
                     : map_get(&a->views_down,
                               catalog_key(&a->s->arena, v->schema, v->name));
}

const struct change *
alter_body_disturbed_by(struct alter *a, const struct definition *d)
{
    const struct change_list *views =
        a->views_down.count == 0 || d->detail != DETAIL_ROUTINE
            ? NULL
            : view_down_of(a, d->u.routine);

    if (views == NULL || views->all.count == 0)
        return table_disturbing(a, d);
    a->code_reads_views = true;
    return views->all.items[0];
}

const struct definition *
alter_definition_then(const struct alter *a, const struct definition *d)
{
    struct definition then = *d;
    const struct table *old = catalog_find_table(a->r->from, d->schema, d->table);
    const struct table *t = old == NULL ? NULL : diff_new_table(a->r->changes, old);

    if (t == NULL || map_has(&a->changed_definitions, alter_definition_key(a, d)))
        return NULL;
    then.schema = t->schema;
    then.table = t->name;
    return map_get(&a->new_definitions, alter_definition_key(a, &then));
}
