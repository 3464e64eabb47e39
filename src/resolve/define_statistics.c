/*
 * Statistics objects: columns and expressions of one table that the server watches
 * together.  They go with their table and with each of their columns, follow renames, and
 * stay in their schema when the table leaves it.
 * [PostgreSQL: CREATE STATISTICS, ALTER STATISTICS; its statscmds.c]
 */
#include "resolve/define.h"
#include "resolve/definitions.h"

#include <stdlib.h>

#include "expr/sqlw.h"
#include "model/naming.h"

#define STATISTICS_KEYS_MAX 8 /* STATS_MAX_DIMENSIONS */
#define TARGET_MAX 10000

static const char *const kinds[] = { "ndistinct", "dependencies", "mcv" };

static struct diag *
report_bad(struct build *b, struct span span, const char *rule)
{
    return diag_add(&b->s->diags, D_BAD_STATISTICS, span, "%s", rule);
}

/* ---- CREATE ---- */

static bool
names_have(const struct ast_names *names, const char *word)
{
    VEC_EACH (i, &names->all)
        if (slice_is(names->all.items[i].name, word))
            return true;
    return false;
}

static bool
is_kind(struct slice name)
{
    return slice_is_one_of(name, kinds, ARRAY_LEN(kinds));
}

static void
report_kind(struct build *b, const struct ast_name *name)
{
    struct slices names = { 0 };
    struct diag *d =
        diag_add(&b->s->diags, D_BAD_STATISTICS, name->span,
                 "there are no statistics of the kind \"%.*s\"", SLICE_ARG(name->name));

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        VEC_PUSH(b->a, &names.all, slice_from(kinds[i]));
    hint_nearest(b->s, d, name->name, &names);
}

/* In one order; all of them are what is meant where none is written. */
static void
take_kinds(struct build *b, struct statistics *s, const struct ast_names *from)
{
    VEC_EACH (i, &from->all)
        if (!is_kind(from->all.items[i].name))
            report_kind(b, &from->all.items[i]);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (names_have(from, kinds[i]))
            VEC_PUSH(b->a, &s->kinds.all, slice_from(kinds[i]));
    if (s->kinds.all.count == ARRAY_LEN(kinds))
        s->kinds.all.count = 0;
}

static bool
is_column(const struct expr *key)
{
    return key->kind == EXPR_NAME || key->kind == EXPR_COLUMN;
}

static void
take_keys(struct build *b, struct statistics *s, const struct ast_create_statistics *ast)
{
    const struct expr *first = ast->keys.items[0];

    if (ast->keys.count > STATISTICS_KEYS_MAX)
        report_bad(b, ast->keys.items[STATISTICS_KEYS_MAX]->span,
                   "statistics are on no more than 8 columns");
    else if (ast->keys.count == 1 && is_column(first))
        report_bad(b, first->span,
                   "statistics are on two columns or more, or on an expression");
    else if (ast->keys.count == 1 && ast->kinds.all.count > 0)
        report_bad(b, ast->kinds.all.items[0].span,
                   "statistics on one expression have no kind");
    VEC_EACH (i, &ast->keys)
        VEC_PUSH(b->a, &s->keys, ast->keys.items[i]);
}

/* As the server does: each expression is called "expr". */
static struct slice
derive_name(struct build *b, const struct statistics *s, struct slice schema)
{
    struct slices columns = { 0 };
    struct slice name;
    struct map taken;

    map_init(&taken, b->a);
    VEC_EACH (i, &s->keys)
        VEC_PUSH(b->a, &columns.all,
                 is_column(s->keys.items[i]) ? s->keys.items[i]->text : SLICE("expr"));
    do
        name = naming_derive(b->s, &taken, s->table, &columns, "stat");
    while (definition_find(b, "statistics", schema, name) != NULL);
    return name;
}

void
declare_statistics(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_statistics *ast = stmt->u.create_statistics;
    const struct work_table *w = table_need(b, &ast->table, false);
    struct statistics *s = ARENA_NEW(b->a, struct statistics);
    struct definition *d;

    if (w == NULL)
        return;
    s->target = STATISTICS_TARGET_DEFAULT;
    s->table_schema = w->table->schema;
    s->table = w->table->name;
    take_kinds(b, s, &ast->kinds);
    take_keys(b, s, ast);
    d = definition_new(b, stmt, SLICE("statistics"), &ast->name);
    if (slice_is_none(ast->name.name)) {
        d->schema = s->table_schema;
        d->name = derive_name(b, s, d->schema);
    }
    d->detail = DETAIL_STATISTICS;
    d->u.statistics = s;
    definition_declare(b, stmt, d, ast->if_not_exists);
}

/* ---- ALTER ---- */

static struct statistics *
edit_statistics(struct build *b, struct object *o)
{
    struct statistics *s = arena_copy(b->a, o->u.definition->u.statistics, sizeof *s);

    o->u.definition->u.statistics = s;
    return s;
}

static void
alter_target(struct build *b, struct object *o, const struct ast_alter_object *ast)
{
    const char *digits = slice_z(b->a, ast->version);
    char *end = NULL;
    long target = strtol(digits, &end, 10);

    if (*end != '\0' || target < STATISTICS_TARGET_DEFAULT || target > TARGET_MAX) {
        report_bad(b, ast->name.span,
                   "the target of statistics is a whole number from 0 to 10000, or -1");
        return;
    }
    edit_statistics(b, o)->target = target;
    definition_respell(b, o);
}

void
alter_statistics(struct build *b, const struct ast_alter_object *ast)
{
    struct object *o = definition_need(b, "statistics", &ast->name, ast->if_exists);

    if (o == NULL)
        return;
    if (ast->kind == ALTER_OBJECT_TARGET)
        alter_target(b, o, ast);
    else if (ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_RENAME_TABLE)
        definition_rename(b, o, o->schema, ast->action->new_name, ast->name.span);
    else if (ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_SET_SCHEMA)
        definition_rename(b, o, schema_plain(ast->action->new_name), o->name,
                          ast->name.span);
    else
        diag_add(&b->s->diags, D_SYNTAX, ast->name.span,
                 "statistics cannot be altered like this");
}

void
statistics_move(struct build *b, struct object *o, struct slice schema,
                struct slice table)
{
    struct statistics *s;

    o->u.definition = arena_copy(b->a, o->u.definition, sizeof *o->u.definition);
    s = edit_statistics(b, o);
    s->table_schema = schema;
    s->table = table;
    definition_respell(b, o);
}

/* ---- DROP ---- */

static bool
looks_at(const struct statistics *s, struct slice column)
{
    VEC_EACH (i, &s->keys)
        if (slice_equal(s->keys.items[i]->text, column)
            || expr_mentions_column(s->keys.items[i], column))
            return true;
    return false;
}

void
statistics_drop(struct build *b, const struct table *t, struct slice column)
{
    const struct readers *readers = readers_of(b, catalog_key(b->a, t->schema, t->name));

    VEC_EACH (i, &readers->code) {
        struct object *o = readers->code.items[i];

        if (!o->dropped && o->u.definition->detail == DETAIL_STATISTICS
            && (slice_is_none(column) || looks_at(o->u.definition->u.statistics, column)))
            definition_drop(b, o);
    }
}

/* ---- the order of the keys ---- */

static size_t
column_place(const struct table *t, struct slice name)
{
    size_t i = 0;

    while (i < t->columns.count && !slice_equal(t->columns.items[i]->name, name))
        i++;
    return i;
}

/* A copy whose keys may be changed. */
static struct statistics *
keys_apart(struct arena *a, const struct statistics *from)
{
    struct statistics *s = arena_copy(a, from, sizeof *s);

    s->keys.items = NULL;
    s->keys.count = s->keys.capacity = 0;
    VEC_EACH (i, &from->keys)
        VEC_PUSH(a, &s->keys, from->keys.items[i]);
    return s;
}

/* Columns in the order of the table; expressions keep theirs, behind them. */
static void
sort_keys(struct statistics *s, const struct table *t)
{
    for (size_t i = 1; i < s->keys.count; i++)
        for (size_t k = i; k > 0; k--) {
            const struct expr *left = s->keys.items[k - 1];
            const struct expr *right = s->keys.items[k];

            if (!is_column(right)
                || (is_column(left)
                    && column_place(t, left->text) <= column_place(t, right->text)))
                break;
            s->keys.items[k - 1] = right;
            s->keys.items[k] = left;
        }
}

/* ---- LIKE … INCLUDING STATISTICS ---- */

/* The server copies neither the name nor the target. */
static void
copy_one(struct build *b, const struct definition *from, const struct table *to,
         bool with_comments)
{
    struct definition *d = arena_copy(b->a, from, sizeof *d);
    struct statistics *s = keys_apart(b->a, from->u.statistics);

    sort_keys(s, to);
    s->target = STATISTICS_TARGET_DEFAULT;
    s->table_schema = to->schema;
    s->table = to->name;
    d->schema = to->schema;
    d->name = derive_name(b, s, to->schema);
    d->was = SLICE_NONE;
    d->span = to->span;
    if (!with_comments)
        d->comment = SLICE_NONE;
    d->u.statistics = s;
    definition_spell(b->a, d, &sql_style_canonical);
    (void)definition_put(b, d);
}

void
statistics_copy(struct build *b, const struct table *from, const struct table *to,
                bool with_comments)
{
    const struct readers *readers =
        readers_of(b, catalog_key(b->a, from->schema, from->name));
    size_t count = readers->code.count;

    for (size_t i = 0; i < count; i++) {
        const struct object *o = readers->code.items[i];

        if (!o->dropped && o->u.definition->detail == DETAIL_STATISTICS)
            copy_one(b, o->u.definition, to, with_comments);
    }
}

/* ---- at the end, and after each rename ---- */

static void
check_repeats(struct build *b, const struct statistics *s)
{
    VEC_EACH (i, &s->keys)
        for (size_t k = 0; k < i; k++)
            if (expr_equal(s->keys.items[i], s->keys.items[k])) {
                report_bad(b, s->keys.items[i]->span,
                           "statistics name each of their columns once");
                return;
            }
}

void
statistics_bind(struct code_binding *c, struct definition *d)
{
    struct statistics *s = keys_apart(c->binder.a, d->u.statistics);

    if (c->on.table == NULL)
        return;
    VEC_EACH (i, &s->keys)
        s->keys.items[i] = bind_in_table(&c->binder, c->on.table, s->keys.items[i]);
    if (!c->binder.quiet) {
        sort_keys(s, c->on.table);
        check_repeats(c->binder.b, s);
    }
    d->u.statistics = s;
}
