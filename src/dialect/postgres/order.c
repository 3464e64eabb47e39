/*
 * What must be there before what.  Ties are broken by name, never by the order of
 * declaration, so that equal catalogs give equal DDL.
 */
#include "dialect/postgres/postgres.h"

#include <stdlib.h>

#include "base/sqltext.h"
#include "model/naming.h"

#define ORDER_OF_WHOLES 1000 /* more than any depth of partitions */

/* ---- tables by their foreign keys ---- */

struct slice
order_constraint_key(struct arena *a, const struct table *t, const struct constraint *c)
{
    struct slice table = catalog_key(a, t->schema, t->name);

    return slice_format(a, "%.*s\1%.*s", SLICE_ARG(table), SLICE_ARG(c->name));
}

struct slice
order_taken_key(struct arena *a, struct slice schema, struct slice name)
{
    return slice_format(a, "%.*s\1\2%.*s", SLICE_ARG(schema), SLICE_ARG(name));
}

static int
compare_tables(const void *left, const void *right)
{
    const struct table *a = *(const struct table *const *)left;
    const struct table *b = *(const struct table *const *)right;
    int order = slice_compare(a->schema, b->schema);

    return order != 0 ? order : slice_compare(a->name, b->name);
}

/* A table on the way from one that refers to it, and the next of its constraints to look
 * at.  A stack of our own, because a chain of keys may be as long as the schema. */
struct visit {
    const struct table *table;
    size_t next;
};

struct table_walk {
    struct session *s;
    const struct catalog *c;
    struct table_order *out;
    struct map open;      /* catalog_key: on the stack */
    struct map sequences; /* name → struct table * with the serial column */
    VEC(struct visit) stack;
    size_t ranked;
};

static void
enter(struct table_walk *w, const struct table *t)
{
    struct arena *a = &w->s->arena;

    map_put(&w->open, catalog_key(a, t->schema, t->name), (void *)(uintptr_t)1);
    VEC_PUSH(a, &w->stack, ((struct visit){ t, 0 }));
}

static void
leave(struct table_walk *w)
{
    const struct table *t = w->stack.items[--w->stack.count].table;
    struct slice key = catalog_key(&w->s->arena, t->schema, t->name);

    map_put(&w->open, key, NULL);
    map_put(&w->out->rank, key, (void *)(uintptr_t)++w->ranked);
}

/* A key to a table that waits for this one closes a cycle: it is added afterwards. */
static void
follow(struct table_walk *w, const struct table *t, const struct constraint *c)
{
    struct arena *a = &w->s->arena;
    const struct table *target;
    struct slice key;

    if (c->kind != CONSTRAINT_FOREIGN_KEY)
        return;
    target = catalog_find_table(w->c, c->ref_schema, c->ref_table);
    if (target == NULL || target == t)
        return;
    key = catalog_key(a, target->schema, target->name);
    if (map_get(&w->open, key) != NULL)
        map_put(&w->out->cut, order_constraint_key(a, t, c),
                (void *)(uintptr_t)CUT_CYCLE);
    else if (map_get(&w->out->rank, key) == NULL)
        enter(w, target);
}

/* A parent is made before its children. */
static void
follow_parent(struct table_walk *w, const struct relation_name *name)
{
    const struct table *parent = catalog_find_table(w->c, name->schema, name->name);
    struct slice key;

    if (parent == NULL)
        return;
    key = catalog_key(&w->s->arena, parent->schema, parent->name);
    if (map_get(&w->open, key) == NULL && map_get(&w->out->rank, key) == NULL)
        enter(w, parent);
}

/* nextval('t_id_seq'): the sequence comes with the serial column of another table. */
static void
follow_sequence(struct table_walk *w, const struct column *c)
{
    const struct expr *e = c->default_value;
    const struct table *owner;
    struct slice key;

    if (e == NULL || e->kind != EXPR_CALL || !slice_is(e->text, "nextval")
        || e->arg_count != CALL_ARGS + 1)
        return;
    e = e->args[CALL_ARGS];
    while (e->kind == EXPR_CAST)
        e = e->args[0];
    owner = e->kind == EXPR_STRING ? map_get(&w->sequences, e->text) : NULL;
    if (owner == NULL)
        return;
    key = catalog_key(&w->s->arena, owner->schema, owner->name);
    if (map_get(&w->open, key) == NULL && map_get(&w->out->rank, key) == NULL)
        enter(w, owner);
}

/* The names of the sequences that serial columns make, with and without a schema. */
static void
find_sequences(struct table_walk *w)
{
    struct arena *a = &w->s->arena;

    map_init(&w->sequences, a);
    VEC_EACH (i, &w->c->tables) {
        struct table *t = w->c->tables.items[i];

        VEC_EACH (k, &t->columns) {
            struct slice name;

            if (t->columns.items[k]->identity != IDENTITY_SERIAL
                || t->columns.items[k]->inherited)
                continue;
            name = naming_sequence(w->s, t, t->columns.items[k]);
            map_put(&w->sequences, catalog_key(a, t->schema, name), t);
            map_put(&w->sequences,
                    catalog_key(a, slice_is_none(t->schema) ? SLICE("public") : t->schema,
                                name),
                    t);
        }
    }
}

static void
walk_table(struct table_walk *w, const struct table *t)
{
    if (map_get(&w->out->rank, catalog_key(&w->s->arena, t->schema, t->name)) != NULL)
        return;
    enter(w, t);
    while (w->stack.count > 0) {
        struct visit *v = &w->stack.items[w->stack.count - 1];
        size_t parents = v->table->parents.all.count;
        size_t keys = v->table->constraints.count;
        size_t next = v->next++;

        if (next < parents)
            follow_parent(w, &v->table->parents.all.items[next]);
        else if (next < parents + keys)
            follow(w, v->table, v->table->constraints.items[next - parents]);
        else if (next < parents + keys + v->table->columns.count)
            follow_sequence(w, v->table->columns.items[next - parents - keys]);
        else
            leave(w);
    }
}

static void
add_target_column(struct text *out, struct slice column)
{
    text_addc(out, '\1');
    text_add(out, column);
}

static void
add_target(struct session *s, struct map *out, struct slice schema, struct slice table,
           const struct slices *columns)
{
    struct text target;

    text_init(&target, &s->arena);
    text_add(&target, catalog_key(&s->arena, schema, table));
    VEC_EACH (i, &columns->all)
        add_target_column(&target, columns->all.items[i]);
    map_put(out, text_slice(&target), NULL);
}

/* Foreign keys refer to them, and ON CONFLICT of initial rows names them. */
static void
find_targets(struct session *s, const struct catalog *c, struct map *out)
{
    map_init(out, &s->arena);
    VEC_EACH (i, &c->initial_rows) {
        const struct initial_rows *rows = c->initial_rows.items[i];

        if (rows->key.all.count > 0)
            add_target(s, out, rows->table->schema, rows->table->name, &rows->key);
    }
    VEC_EACH (i, &c->tables)
        VEC_EACH (k, &c->tables.items[i]->constraints) {
            const struct constraint *key = c->tables.items[i]->constraints.items[k];

            if (key->kind == CONSTRAINT_FOREIGN_KEY)
                add_target(s, out, key->ref_schema, key->ref_table, &key->ref_columns);
        }
}

bool
order_is_key_index(struct session *s, const struct table_order *o, const struct index *i)
{
    struct text target;

    if (!i->unique || i->where != NULL)
        return false;
    text_init(&target, &s->arena);
    text_add(&target, catalog_key(&s->arena, i->table->schema, i->table->name));
    VEC_EACH (k, &i->keys.all)
        add_target_column(&target, i->keys.all.items[k].column);
    return map_has(&o->targets, text_slice(&target));
}

bool
order_closes_cycle(struct session *s, const struct table_order *o, const struct table *t,
                   const struct constraint *c)
{
    return map_get(&o->cut, order_constraint_key(&s->arena, t, c))
           == (void *)(uintptr_t)CUT_CYCLE;
}

static void
cut_not_valid(struct session *s, const struct table *t, struct map *cut)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *c = t->constraints.items[i];
        struct slice key = order_constraint_key(&s->arena, t, c);

        if (c->not_valid && !map_has(cut, key))
            map_put(cut, key, (void *)(uintptr_t)CUT_NOT_VALID);
    }
}

void
order_tables(struct session *s, const struct catalog *c, struct table_order *out)
{
    size_t count = c->tables.count;
    struct table **sorted = ARENA_ARRAY(&s->arena, struct table *, count + 1);
    struct table_walk w = { .s = s, .c = c, .out = out };

    map_init(&out->rank, &s->arena);
    map_init(&out->cut, &s->arena);
    find_targets(s, c, &out->targets);
    find_sequences(&w);
    map_init(&w.open, &s->arena);
    for (size_t i = 0; i < count; i++)
        sorted[i] = c->tables.items[i];
    qsort(sorted, count, sizeof *sorted, compare_tables);
    for (size_t i = 0; i < count; i++)
        walk_table(&w, sorted[i]);
    for (size_t i = 0; i < count; i++)
        cut_not_valid(s, sorted[i], &out->cut);
}

/* The parts of an index on a partitioned table come first: the whole takes them in. */
size_t
order_of_index(const struct index *i)
{
    return i->inherited ? ORDER_OF_WHOLES - i->table->depth : ORDER_OF_WHOLES;
}

size_t
order_of_table(struct session *s, const struct table_order *o, const struct table *t)
{
    return (size_t)(uintptr_t)map_get(&o->rank,
                                      catalog_key(&s->arena, t->schema, t->name));
}

/* ---- views by what they read ---- */

static int
compare_views(const void *left, const void *right)
{
    const struct view *a = *(const struct view *const *)left;
    const struct view *b = *(const struct view *const *)right;
    int order = slice_compare(a->schema, b->schema);

    return order != 0 ? order : slice_compare(a->name, b->name);
}

struct view_walk {
    struct session *s;
    struct map views; /* catalog_key → struct view *; taken out once it was met */
    struct view_order *out;
};

/* No engine accepts views that read each other, so a view is met once and the walk is as
 * deep as the longest chain of views. */
static void
walk_view(struct view_walk *w, struct slice key)
{
    const struct view *v = map_get(&w->views, key);

    if (v == NULL)
        return;
    map_put(&w->views, key, NULL);
    VEC_EACH (i, &v->depends.all)
        walk_view(w, v->depends.all.items[i]);
    VEC_PUSH(&w->s->arena, &w->out->views, v);
}

void
order_views(struct session *s, const struct catalog *c, struct view_order *out)
{
    size_t count = c->views.count;
    struct view **sorted = ARENA_ARRAY(&s->arena, struct view *, count + 1);
    struct view_walk w = { .s = s, .out = out };

    *out = (struct view_order){ 0 };
    map_init(&w.views, &s->arena);
    for (size_t i = 0; i < count; i++)
        sorted[i] = c->views.items[i];
    qsort(sorted, count, sizeof *sorted, compare_views);
    for (size_t i = 0; i < count; i++)
        map_put(&w.views, catalog_key(&s->arena, sorted[i]->schema, sorted[i]->name),
                sorted[i]);
    for (size_t i = 0; i < count; i++)
        walk_view(&w, catalog_key(&s->arena, sorted[i]->schema, sorted[i]->name));
}

/* ---- definitions by their kind ---- */

static const char *const definition_kinds[] = {
    "role",
    "schema",
    "extension",
    "language",
    "collation",
    "foreign data wrapper",
    "server",
    "domain",
    "type",
    "sequence",
    "function",
    "base type",
    "procedure",
    "aggregate",
    "operator",
    "operator family",
    "operator class",
    "cast",
    "text search parser",
    "text search template",
    "text search dictionary",
    "text search configuration",
    "trigger",
    "rule",
    "policy",
    "foreign table",
    "event trigger",
    "publication",
};

/* Kinds up to here are made before the tables, which may name them. */
#define DEFINITION_FIRST_COUNT 10
#define DEFINITION_CODE_COUNT 22 /* and these where they are no trigger function */

/* CREATE TYPE t (INPUT = …): stands behind its functions, which stand behind CREATE TYPE
 * t. */
bool
definition_is_base_type(const struct definition *r)
{
    struct slice text = r->normal;
    struct slice word = SLICE("input");

    if (r->detail != DETAIL_NONE || !slice_is(r->kind, "type"))
        return false;
    for (size_t i = 0; i + word.len <= text.len; i++)
        if (slice_equal_fold(slice_sub(text, i, i + word.len), word))
            return true;
    return false;
}

static size_t
definition_place(const struct definition *r)
{
    struct slice kind = definition_is_base_type(r) ? SLICE("base type") : r->kind;

    for (size_t i = 0; i < ARRAY_LEN(definition_kinds); i++)
        if (slice_is(kind, definition_kinds[i]))
            return i;
    return ARRAY_LEN(definition_kinds);
}

static bool
returns_trigger(const struct definition *r)
{
    struct slice words = SLICE("returns trigger");

    if (r->detail == DETAIL_ROUTINE)
        return r->u.routine->has_result
               && (slice_is(r->u.routine->result.name, "trigger")
                   || slice_is(r->u.routine->result.name, "event_trigger"));
    for (size_t i = 0; i + words.len <= r->normal.len; i++)
        if (slice_equal_fold(slice_sub(r->normal, i, i + words.len), words))
            return true;
    return false;
}

/* Views are made last; a row of one is known only then. */
static enum definition_stage
stage_of_type(const struct catalog *c, const struct type *t)
{
    if (t->kind != TYPE_NAMED)
        return STAGE_CODE;
    if (catalog_find_view(c, t->schema, t->name) != NULL)
        return STAGE_LAST;
    return catalog_find_table(c, t->schema, t->name) != NULL ? STAGE_ROWS : STAGE_CODE;
}

static bool
is_view(const struct catalog *c, const struct type *t)
{
    return t->kind == TYPE_NAMED && catalog_find_view(c, t->schema, t->name) != NULL;
}

/* Needs: DETAIL_ROUTINE. */
bool
definition_takes_views(const struct catalog *c, const struct definition *r)
{
    const struct routine *routine = r->u.routine;

    if (routine->has_result && is_view(c, &routine->result))
        return true;
    VEC_EACH (i, &routine->arguments.all)
        if (is_view(c, &routine->arguments.all.items[i].type))
            return true;
    return false;
}

/* The server reads these bodies when it makes them: what they name must be there. */
static bool
is_read_at_once(const struct routine *r)
{
    return r->body_kind == BODY_RETURN || r->body_kind == BODY_ATOMIC;
}

static bool
is_no_query(void *context, const struct expr *e)
{
    (void)context;
    return !expr_is_query(e);
}

/* RETURN a + b needs what it calls, RETURN (SELECT …) tables and views. */
static bool
reads_tables(const struct routine *r)
{
    if (r->body_kind == BODY_ATOMIC)
        return true;
    VEC_EACH (i, &r->statements)
        if (!expr_walk(r->statements.items[i], is_no_query, NULL))
            return true;
    return false;
}

static enum definition_stage
stage_of_routine(const struct catalog *c, const struct routine *r)
{
    enum definition_stage stage = reads_tables(r) ? STAGE_LAST : STAGE_CODE;

    if (r->has_result && stage_of_type(c, &r->result) > stage)
        stage = stage_of_type(c, &r->result);
    VEC_EACH (i, &r->arguments.all)
        if (stage_of_type(c, &r->arguments.all.items[i].type) > stage)
            stage = stage_of_type(c, &r->arguments.all.items[i].type);
    return stage;
}

/* Of whatever schema: which one is meant is not known here. */
static bool
says_view(const struct catalog *c, struct sqltext_token token)
{
    VEC_EACH (i, &c->views)
        if (sqltext_is_name(token, c->views.items[i]->name))
            return true;
    return false;
}

static bool
is_byte(struct sqltext_token token, char byte)
{
    return token.kind == SQLTEXT_OTHER && token.text.ptr[0] == byte;
}

/*
 * A routine that is kept whole, for t.c%TYPE in it: t must be there.  Only a view is
 * known later than tables; whatever else t is, it is no worse for having them first.
 */
static enum definition_stage
stage_of_words(const struct catalog *c, const struct definition *r)
{
    struct sqltext rest = { .rest = r->normal };
    struct sqltext_token last[4] = { 0 }; /* t . c % */
    struct sqltext_token token = sqltext_next_code(&rest);
    enum definition_stage stage = STAGE_CODE;

    for (; token.kind != SQLTEXT_END; token = sqltext_next_code(&rest)) {
        if (sqltext_is_word(token, "type") && is_byte(last[3], '%')
            && is_byte(last[1], '.') && stage != STAGE_LAST)
            stage = says_view(c, last[0]) ? STAGE_LAST : STAGE_ROWS;
        memmove(last, last + 1, sizeof last - sizeof last[0]);
        last[3] = token;
    }
    return stage;
}

bool
definition_is_code(const struct definition *r)
{
    return definition_place(r) >= DEFINITION_FIRST_COUNT
           && definition_place(r) < DEFINITION_CODE_COUNT;
}

enum definition_stage
definition_stage(const struct catalog *c, const struct definition *r)
{
    if (definition_place(r) < DEFINITION_FIRST_COUNT)
        return STAGE_FIRST;
    if (slice_is(r->kind, "foreign table"))
        return STAGE_ROWS;
    if (!definition_is_code(r) || returns_trigger(r))
        return STAGE_LAST;
    return r->detail == DETAIL_ROUTINE ? stage_of_routine(c, r->u.routine)
                                       : stage_of_words(c, r);
}

/* ---- types that routines make possible ---- */

struct call_search {
    const struct routine_order *routines;
};

static bool
calls_none(void *context, const struct expr *e)
{
    const struct call_search *s = context;

    return e->kind != EXPR_CALL || !map_has(&s->routines->by_name, e->text);
}

bool
order_check_waits(const struct routine_order *o, const struct domain_check *c)
{
    struct call_search s = { o };

    return !expr_walk(c->check, calls_none, &s);
}

bool
order_domain_waits(const struct routine_order *o, const struct definition *d)
{
    for (size_t i = 0; d->detail == DETAIL_DOMAIN && i < d->u.domain->checks.count; i++)
        if (order_check_waits(o, &d->u.domain->checks.items[i]))
            return true;
    return false;
}

/* ---- routines by what they call ---- */

/* All of one name, in whatever schema: a call does not say which one it means. */
struct routine_node {
    VEC(const struct definition *) all;
    size_t depth; /* of the longest chain of calls behind it */
    bool open;    /* being walked: who meets it again has closed a circle */
    bool done;
};

struct routine_walk {
    struct routine_order *order;
    size_t *depth; /* of the one that calls */
};

static size_t routine_depth(struct routine_order *o, struct routine_node *n);

static void
meet_name(struct routine_walk *w, struct slice name)
{
    struct routine_node *n = map_get(&w->order->by_name, name);
    size_t behind;

    if (n == NULL || n->open)
        return;
    behind = routine_depth(w->order, n) + 1;
    if (behind > *w->depth)
        *w->depth = behind < ROUTINE_DEPTH_MAX ? behind : ROUTINE_DEPTH_MAX;
}

static bool
meet_call(void *context, const struct expr *e)
{
    if (e->kind == EXPR_CALL)
        meet_name(context, e->text);
    return true;
}

static void
meet_words(struct routine_walk *w, struct arena *a, struct slice text)
{
    struct sqltext t = { .rest = text };
    struct slice name;

    while (sqltext_next_name(&t, a, &name))
        meet_name(w, name);
}

static void
meet_routine(struct routine_walk *w, struct arena *a, const struct routine *r)
{
    VEC_EACH (i, &r->arguments.all)
        if (r->arguments.all.items[i].default_value != NULL)
            expr_walk(r->arguments.all.items[i].default_value, meet_call, w);
    if (is_read_at_once(r))
        meet_words(w, a, r->body);
    if (!slice_is_none(r->support))
        meet_words(w, a, r->support);
    VEC_EACH (i, &r->options.all)
        if (!slice_is_none(r->options.all.items[i].value))
            meet_words(w, a, r->options.all.items[i].value);
}

static size_t
routine_depth(struct routine_order *o, struct routine_node *n)
{
    struct routine_walk w = { o, &n->depth };

    if (n->done)
        return n->depth;
    n->open = true;
    VEC_EACH (i, &n->all)
        meet_routine(&w, o->a, n->all.items[i]->u.routine);
    n->open = false;
    n->done = true;
    return n->depth;
}

void
order_routines(struct session *s, const struct catalog *c, struct routine_order *out)
{
    out->a = &s->arena;
    map_init(&out->by_name, out->a);
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];
        struct routine_node *n;

        if (d->detail != DETAIL_ROUTINE)
            continue;
        n = map_get(&out->by_name, d->name);
        if (n == NULL) {
            n = ARENA_NEW(out->a, struct routine_node);
            map_put(&out->by_name, d->name, n);
        }
        VEC_PUSH(out->a, &n->all, d);
    }
}

size_t
order_of_definition(struct routine_order *o, const struct definition *d)
{
    struct routine_node *n =
        d->detail == DETAIL_ROUTINE ? map_get(&o->by_name, d->name) : NULL;

    return definition_place(d) * ROUTINE_DEPTH_MAX
           + (n == NULL ? 0 : routine_depth(o, n));
}
