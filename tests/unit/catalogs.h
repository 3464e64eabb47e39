/*
 * Catalogs built by hand, for tests of what comes behind resolve.
 */
#ifndef SCHEMAC_TESTS_CATALOGS_H
#define SCHEMAC_TESTS_CATALOGS_H

#include "model/catalog.h"

static inline struct catalog *
make_catalog(struct session *s, const char *name, const char *version)
{
    struct catalog *c = catalog_new(&s->arena);

    c->name = slice_from(name);
    c->version = slice_from(version);
    return c;
}

static inline struct table *
make_table(struct session *s, struct catalog *c, const char *name)
{
    struct table *t = ARENA_NEW(&s->arena, struct table);

    t->name = slice_from(name);
    map_init(&t->column_names, &s->arena);
    catalog_add_table(c, &s->arena, t);
    return t;
}

static inline struct column *
make_column(struct session *s, struct table *t, const char *name, const char *type,
            bool not_null)
{
    struct column *c = ARENA_NEW(&s->arena, struct column);

    c->name = slice_from(name);
    c->type = type_from_words(SLICE_NONE, slice_from(type), false, NULL);
    c->has_type = true;
    c->not_null = not_null;
    c->number = t->columns.count;
    VEC_PUSH(&s->arena, &t->columns, c);
    map_put(&t->column_names, c->name, c);
    return c;
}

static inline struct column *
make_decimal(struct session *s, struct table *t, const char *name, int precision,
             int scale, bool not_null)
{
    struct column *c = make_column(s, t, name, "numeric", not_null);

    c->type.arg_count = 2;
    c->type.args[0] = precision;
    c->type.args[1] = scale;
    return c;
}

static inline void
add_keys(struct session *s, struct index_keys *keys, const char *const *columns,
         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct index_key key = { .column = slice_from(columns[i]) };

        VEC_PUSH(&s->arena, &keys->all, key);
    }
}

static inline struct constraint *
make_constraint(struct session *s, struct table *t, enum constraint_kind kind,
                const char *name, const char *const *columns, size_t count)
{
    struct constraint *c = ARENA_NEW(&s->arena, struct constraint);

    c->kind = kind;
    c->name = slice_from(name);
    add_keys(s, &c->keys, columns, count);
    VEC_PUSH(&s->arena, &t->constraints, c);
    if (kind == CONSTRAINT_PRIMARY_KEY)
        t->primary_key = c;
    return c;
}

static inline struct index *
make_index(struct session *s, struct catalog *c, const struct table *t, const char *name,
           const char *const *columns, size_t count)
{
    struct index *index = ARENA_NEW(&s->arena, struct index);

    index->name = slice_from(name);
    index->table = t;
    index->method = SLICE("btree");
    add_keys(s, &index->keys, columns, count);
    VEC_PUSH(&s->arena, &c->indexes, index);
    return index;
}

/* column IN ('a', 'b') */
static inline const struct expr *
make_in(struct session *s, const char *column, const char *const *labels, size_t count)
{
    struct expr *list = expr_new(&s->arena, EXPR_LIST, SPAN_NONE, SLICE_NONE, count);

    for (size_t i = 0; i < count; i++)
        list->args[i] =
            expr_leaf(&s->arena, EXPR_STRING, SPAN_NONE, slice_from(labels[i]));
    return expr_2(&s->arena, EXPR_IN, SPAN_NONE, SLICE_NONE,
                  expr_new(&s->arena, EXPR_COLUMN, SPAN_NONE, slice_from(column), 1),
                  list);
}

#define COLUMNS(...)                                                                     \
    (const char *const[]){ __VA_ARGS__ },                                                \
        sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *)

#endif
