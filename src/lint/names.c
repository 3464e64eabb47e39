/*
 * Rules about names.
 */
#include "lint/rule.h"

#include "expr/sqlw.h"
#include "model/naming.h"

/* Something that has a name, in the space in which names must differ. */
struct named {
    const char *what; /* "table" */
    struct slice name;
    struct span span;
};

typedef void named_fn(struct lint *l, struct map *space, const struct named *n);

static void
visit(struct lint *l, struct map *space, named_fn *fn, const char *what,
      struct slice name, struct span span)
{
    const struct named n = { what, name, span };

    if (!slice_is_none(name))
        fn(l, space, &n);
}

static void
each_column(struct lint *l, const struct table *t, named_fn *fn)
{
    struct map space;

    map_init(&space, l->a);
    VEC_EACH (i, &t->columns)
        visit(l, &space, fn, "column", t->columns.items[i]->name,
              t->columns.items[i]->span);
}

static void
each_constraint(struct lint *l, const struct table *t, named_fn *fn)
{
    struct map space;

    map_init(&space, l->a);
    VEC_EACH (i, &t->constraints)
        if (!t->constraints.items[i]->name_is_derived)
            visit(l, &space, fn, "constraint", t->constraints.items[i]->name,
                  t->constraints.items[i]->span);
}

/* The names of one schema's relations must differ. */
static struct map *
space_of(struct lint *l, struct map *spaces, struct slice schema)
{
    struct slice key = slice_is_none(schema) ? SLICE("") : schema;
    struct map *space = map_get(spaces, key);

    if (space == NULL) {
        space = ARENA_NEW(l->a, struct map);
        map_init(space, l->a);
        map_put(spaces, key, space);
    }
    return space;
}

static void
each_relation(struct lint *l, named_fn *fn)
{
    const struct catalog *c = l->catalog;
    struct map spaces;

    map_init(&spaces, l->a);
    VEC_EACH (i, &c->tables)
        visit(l, space_of(l, &spaces, c->tables.items[i]->schema), fn, "table",
              c->tables.items[i]->name, c->tables.items[i]->span);
    VEC_EACH (i, &c->views)
        visit(l, space_of(l, &spaces, c->views.items[i]->schema), fn, "view",
              c->views.items[i]->name, c->views.items[i]->span);
}

static void
each_index(struct lint *l, named_fn *fn)
{
    const struct catalog *c = l->catalog;
    struct map spaces;

    map_init(&spaces, l->a);
    VEC_EACH (i, &c->indexes)
        if (!c->indexes.items[i]->name_is_derived)
            visit(l, space_of(l, &spaces, c->indexes.items[i]->table->schema), fn,
                  "index", c->indexes.items[i]->name, c->indexes.items[i]->span);
}

static void
each_name(struct lint *l, named_fn *fn)
{
    each_relation(l, fn);
    VEC_EACH (i, &l->catalog->tables)
        each_column(l, l->catalog->tables.items[i], fn);
}

/* With those that nobody writes in a query. */
static void
each_name_of_all(struct lint *l, named_fn *fn)
{
    each_name(l, fn);
    VEC_EACH (i, &l->catalog->tables)
        each_constraint(l, l->catalog->tables.items[i], fn);
    each_index(l, fn);
}

/* ---- the rules ---- */

static void
check_reserved(struct lint *l, struct map *space, const struct named *n)
{
    struct diag *d;

    (void)space;
    if (!sql_style_canonical.is_reserved(slice_lower(l->a, n->name)))
        return;
    d = lint_found(l, n->span, "%s \"%.*s\" is a word of SQL: each query must quote it",
                   n->what, SLICE_ARG(n->name));
    lint_hint(l, d, "another name; -- @was keeps the data");
}

void
rule_reserved_word(struct lint *l)
{
    each_name(l, check_reserved);
}

static void
check_length(struct lint *l, struct map *space, const struct named *n)
{
    struct diag *d;

    (void)space;
    if (n->name.len <= IDENTIFIER_BYTES_MAX)
        return;
    d = lint_found(l, n->span, "the name of this %s has %zu bytes: PostgreSQL keeps %d",
                   n->what, n->name.len, IDENTIFIER_BYTES_MAX);
    lint_hint(l, d, "%.*s", SLICE_ARG(naming_clip(n->name, IDENTIFIER_BYTES_MAX)));
}

void
rule_name_too_long(struct lint *l)
{
    each_name_of_all(l, check_length);
}

static const struct named *
remember(struct lint *l, struct map *space, struct slice key, const struct named *n)
{
    const struct named *first = map_get(space, key);
    struct named *copy;

    if (first != NULL)
        return first;
    copy = ARENA_NEW(l->a, struct named);
    *copy = *n;
    map_put(space, key, copy);
    return NULL;
}

static void
check_cut(struct lint *l, struct map *space, const struct named *n)
{
    struct slice cut = naming_clip(n->name, IDENTIFIER_BYTES_MAX);
    const struct named *first;
    struct diag *d;

    first = remember(l, space, cut, n);
    if (first == NULL || slice_equal(first->name, n->name))
        return;
    d = lint_found(l, n->span, "cut to %d bytes, this %s is called like another",
                   IDENTIFIER_BYTES_MAX, n->what);
    lint_note(l, d, first->span, "the other one is here");
    lint_hint(l, d, "a name that differs in its first %d bytes", IDENTIFIER_BYTES_MAX);
}

void
rule_name_cut_clash(struct lint *l)
{
    each_name_of_all(l, check_cut);
}

static void
check_case(struct lint *l, struct map *space, const struct named *n)
{
    const struct named *first = remember(l, space, slice_lower(l->a, n->name), n);
    struct diag *d;

    if (first == NULL || slice_equal(first->name, n->name))
        return;
    d = lint_found(l, n->span, "%s \"%.*s\" differs from \"%.*s\" in nothing but case",
                   n->what, SLICE_ARG(n->name), SLICE_ARG(first->name));
    lint_note(l, d, first->span, "that one is here");
    lint_hint(l, d, "names that differ in letters: SQLite takes these for one");
}

void
rule_name_differs_by_case(struct lint *l)
{
    each_name(l, check_case);
}
