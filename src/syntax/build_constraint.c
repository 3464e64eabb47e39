/*
 * Constraints and the keys of constraints and indexes.
 */
#include "syntax/build.h"

struct ast_constraint *
build_constraint(struct reader *rd, struct span span, enum constraint_kind kind)
{
    struct ast_constraint *c = ARENA_NEW(rd->arena, struct ast_constraint);

    c->kind = kind;
    c->span = span;
    return c;
}

struct ast_constraint *
build_named_constraint(struct reader *rd, struct span span, struct slice name,
                       struct ast_constraint *c)
{
    (void)rd;
    c->name = name;
    c->span = span;
    return c;
}

void
build_defer(struct ast_constraint *c, enum deferral_words words)
{
    switch (words) {
    case WORDS_DEFERRABLE:
        if (c->deferral == DEFERRAL_NONE)
            c->deferral = DEFERRAL_IMMEDIATE;
        break;
    case WORDS_NOT_DEFERRABLE:
        c->deferral = DEFERRAL_NONE;
        break;
    case WORDS_DEFERRED:
        c->deferral = DEFERRAL_DEFERRED;
        break;
    case WORDS_IMMEDIATE: /* alone it does not make a constraint deferrable */
        if (c->deferral == DEFERRAL_DEFERRED)
            c->deferral = DEFERRAL_IMMEDIATE;
        break;
    }
}

struct ast_constraint *
build_deferral(struct reader *rd, struct span span, struct ast_constraint *c,
               enum deferral_words words)
{
    (void)rd;
    build_defer(c, words);
    c->span = span;
    return c;
}

struct ast_constraint *
build_exclude_where(struct reader *rd, struct span span, struct ast_constraint *c,
                    const struct expr *where)
{
    if (c->kind != CONSTRAINT_EXCLUDE)
        reader_error(rd, D_SYNTAX, where->span,
                     "only EXCLUDE has a WHERE; a partial key is a unique index");
    c->check = where;
    c->span = span;
    return c;
}

struct ast_constraint *
build_check(struct reader *rd, struct span span, const struct expr *check)
{
    struct ast_constraint *c = build_constraint(rd, span, CONSTRAINT_CHECK);

    c->check = check;
    return c;
}

struct ast_constraint *
build_key(struct reader *rd, struct span span, enum constraint_kind kind,
          const struct ast_keys *keys)
{
    struct ast_constraint *c = build_constraint(rd, span, kind);

    c->keys = *keys;
    return c;
}

struct ast_constraint *
build_unique(struct reader *rd, struct span span, bool nulls_not_distinct,
             struct slice name, const struct ast_keys *keys)
{
    struct ast_constraint *c = build_key(rd, span, CONSTRAINT_UNIQUE, keys);

    c->nulls_not_distinct = nulls_not_distinct;
    c->name = name;
    return c;
}

struct ast_constraint *
build_using_index(struct reader *rd, struct span span, enum constraint_kind kind,
                  struct slice index)
{
    struct ast_constraint *c = build_constraint(rd, span, kind);

    c->using_index = index;
    return c;
}

struct ast_constraint *
build_foreign_key(struct reader *rd, struct span span, const struct ast_names *columns,
                  struct ast_constraint *reference)
{
    VEC_EACH (i, &columns->all) {
        struct ast_key key = { .column = columns->all.items[i].name,
                               .span = columns->all.items[i].span };

        VEC_PUSH(rd->arena, &reference->keys.all, key);
    }
    reference->span = span;
    return reference;
}

struct ast_constraint *
build_exclude(struct reader *rd, struct span span, struct slice method,
              const struct ast_keys *keys)
{
    struct ast_constraint *c = build_key(rd, span, CONSTRAINT_EXCLUDE, keys);

    c->method = method;
    return c;
}

/* ---- REFERENCES ---- */

struct ast_constraint *
build_reference(struct reader *rd, struct span span, struct ast_name table,
                const struct ast_names *columns)
{
    struct ast_constraint *c = build_constraint(rd, span, CONSTRAINT_FOREIGN_KEY);

    c->ref_table = table;
    if (columns != NULL)
        c->ref_columns = *columns;
    return c;
}

struct ast_constraint *
build_on_delete(struct reader *rd, struct span span, struct ast_constraint *c,
                struct key_action action)
{
    (void)rd;
    c->on_delete = action.action;
    if (action.columns != NULL)
        c->set_columns = *action.columns;
    c->span = span;
    return c;
}

struct ast_constraint *
build_on_update(struct reader *rd, struct span span, struct ast_constraint *c,
                struct key_action action)
{
    if (action.columns != NULL)
        reader_error(rd, D_SYNTAX, span, "only ON DELETE can name the columns to set");
    c->on_update = action.action;
    c->span = span;
    return c;
}

/* ---- keys ---- */

struct ast_keys *
build_keys(struct reader *rd, struct ast_keys *to, const struct ast_key *key)
{
    if (to == NULL)
        to = ARENA_NEW(rd->arena, struct ast_keys);
    VEC_PUSH(rd->arena, &to->all, *key);
    return to;
}

/* MySQL's name(10): the first ten characters of a column. */
static bool
is_prefix_key(const struct expr *e)
{
    return e->kind == EXPR_CALL && e->arg_count == CALL_ARGS + 1 && e->flags == 0
           && e->args[CALL_QUALIFIER] == NULL && e->args[CALL_FILTER] == NULL
           && e->args[CALL_OVER] == NULL && e->args[CALL_ORDER] == NULL
           && e->args[CALL_ARGS]->kind == EXPR_NUMBER;
}

static void
set_key_expr(struct reader *rd, struct ast_key *key, const struct expr *e)
{
    bool plain = e->kind == EXPR_NAME && e->arg_count == 0;

    if (plain || is_prefix_key(e))
        key->column = e->text;
    else
        key->expr = build_checked(rd, e);
    if (!plain && key->expr == NULL)
        key->prefix = e->args[CALL_ARGS]->text;
}

struct ast_key *
build_index_key(struct reader *rd, struct span span, const struct expr *e,
                struct ast_name opclass, bool descending, enum nulls_order nulls)
{
    struct ast_key *key = ARENA_NEW(rd->scratch, struct ast_key);

    *key = (struct ast_key){
        .opclass = opclass, .descending = descending, .nulls = nulls, .span = span
    };
    if (e->kind == EXPR_COLLATE) {
        key->collation = e->text;
        e = e->args[0];
    }
    set_key_expr(rd, key, e);
    return key;
}

struct ast_column *
build_find_column(const struct ast_create_table *t, struct slice name)
{
    for (size_t i = 0; t != NULL && i < t->columns.count; i++)
        if (slice_equal(t->columns.items[i]->name, name))
            return t->columns.items[i];
    return NULL;
}

struct ast_key *
build_counted_key(struct reader *rd, struct span span, const struct expr *e)
{
    struct ast_name none = { 0 };
    struct ast_key *key = build_index_key(rd, span, e, none, false, NULLS_DEFAULT);
    struct ast_column *c = build_find_column(rd->table, key->column);

    if (c == NULL) {
        reader_error(rd, D_SYNTAX, span, "AUTOINCREMENT belongs to a column above");
        return key;
    }
    c->identity = IDENTITY_BY_DEFAULT;
    c->autoincrement_written = true;
    return key;
}

struct ast_key *
build_with(struct ast_key *key, struct slice operator)
{
    key->operator= operator;
    return key;
}
