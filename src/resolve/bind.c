/*
 * Names in expressions.  A name that is found becomes EXPR_COLUMN with its type; one
 * that an opaque item could explain stays EXPR_NAME; any other is reported once and
 * becomes EXPR_POISON.
 */
#include "resolve/querycheck.h"

/* ---- looking up ---- */

struct found {
    const struct from_item *item; /* NULL: not found */
    struct scope_column column;
    bool ambiguous;
    const struct from_item *other;
};

/* As it is written, else the only one that differs in case. */
static const struct scope_column *
find_scope_column(const struct scope_columns *columns, struct slice name)
{
    const struct scope_column *found = NULL;
    bool several = false;

    VEC_EACH (i, &columns->all) {
        const struct scope_column *c = &columns->all.items[i];

        if (slice_equal(c->name, name))
            return c;
        if (!slice_equal_fold(c->name, name))
            continue;
        several = found != NULL;
        found = c;
    }
    return several ? NULL : found;
}

static bool
item_hides(const struct from_item *item, struct slice name, struct scope_column *out)
{
    VEC_EACH (i, &item->hidden.all)
        if (slice_equal_fold(item->hidden.all.items[i], name)) {
            *out = (struct scope_column){ item->hidden.all.items[i], NULL };
            return true;
        }
    return false;
}

static bool
item_has(const struct from_item *item, struct slice name, struct scope_column *out)
{
    const struct scope_column *c;
    const struct column *own;

    if (item->table != NULL) {
        own = find_column(item->table, name);
        if (own == NULL)
            return item_hides(item, name, out);
        *out = (struct scope_column){ own->name, own->has_type ? &own->type : NULL };
        return true;
    }
    c = find_scope_column(&item->columns, name);
    if (c != NULL)
        *out = *c;
    return c != NULL;
}

/* Of s.t.c; none: nothing is said. */
static struct slice
name_schema(const struct expr *e)
{
    return e->arg_count < 2 ? SLICE_NONE : e->args[e->arg_count - 2]->text;
}

static bool
is_in_schema(const struct from_item *item, struct slice schema)
{
    return slice_is_none(schema) || item->table == NULL
           || slice_equal_fold(schema_plain(schema), schema_plain(item->table->schema));
}

static struct found
look_in_scope(const struct scope *scope, struct slice schema, struct slice qualifier,
              struct slice name)
{
    struct found found = { 0 };

    VEC_EACH (i, &scope->items) {
        const struct from_item *item = scope->items.items[i];
        struct scope_column column;

        if (slice_is_none(qualifier) ? item->qualified_only || item->merged_only
                                     : !slice_equal_fold(item->alias, qualifier)
                                           || !is_in_schema(item, schema))
            continue;
        if (!item_has(item, name, &column))
            continue;
        if (found.item != NULL) {
            found.ambiguous = !slices_have(&scope->merged, name);
            found.other = item;
            return found;
        }
        found.item = item;
        found.column = column;
    }
    return found;
}

static const struct from_item *
find_alias(const struct scope *scope, struct slice alias)
{
    for (; scope != NULL; scope = scope->outer)
        VEC_EACH (i, &scope->items)
            if (slice_equal_fold(scope->items.items[i]->alias, alias))
                return scope->items.items[i];
    return NULL;
}

static bool
is_select_alias(const struct scope *scope, struct slice name)
{
    return slices_have(&scope->aliases, name);
}

/* NORMALIZE(x, NFKC) */
static bool
is_word_of_a_call(struct slice name)
{
    return slice_is(name, "nfc") || slice_is(name, "nfd") || slice_is(name, "nfkc")
           || slice_is(name, "nfkd");
}

/* PostgreSQL's USER and SYSTEM_USER, which are plain names elsewhere. */
bool
bind_is_word_of_session(struct slice name)
{
    return slice_is(name, "user") || slice_is(name, "system_user");
}

/* Columns that every row has without a declaration. */
static bool
is_system_column(struct slice name)
{
    static const char *const names[] = { "rowid", "oid",  "_rowid_",  "ctid", "xmin",
                                         "xmax",  "cmin", "tableoid", "cmax" };

    return slice_is_one_of(name, names, ARRAY_LEN(names));
}

/* ---- what a name becomes ---- */

static struct slice
name_qualifier(const struct expr *e)
{
    for (size_t i = e->arg_count; i-- > 0;)
        if (e->args[i] != NULL)
            return e->args[i]->text;
    return SLICE_NONE;
}

/* A virtual table has a column of its own name, to search it by. */
static bool
is_own_name(const struct from_item *item, struct slice name)
{
    struct scope_column column;

    return slice_equal_fold(item->name, name) && item_hides(item, name, &column);
}

static struct slice
name_now(struct binder *b, const struct from_item *item, struct slice name)
{
    if (item->is_target && slice_is_none(b->follow.column) && is_own_name(item, name))
        return b->follow.name;
    if (!item->is_target || slice_is_none(b->follow.column)
        || !slice_equal(b->follow.column, name))
        return name;
    if (b->follow.met != NULL)
        *b->follow.met = true;
    return slice_is_none(b->follow.name) ? name : b->follow.name;
}

bool
scope_item_column(struct binder *b, const struct from_item *item, struct slice *name)
{
    struct scope_column column;

    if (!item_has(item, *name, &column))
        return false;
    *name = name_now(b, item, column.name);
    return true;
}

/* Two tables of one name, a.t and b.t: only the schema tells them apart. */
static bool
has_namesake(const struct scope *scope, const struct from_item *item)
{
    VEC_EACH (i, &scope->items)
        if (scope->items.items[i] != item
            && slice_equal_fold(scope->items.items[i]->alias, item->alias))
            return true;
    return false;
}

static const struct expr *
make_column(struct binder *b, const struct scope *at, const struct expr *e,
            const struct found *found, bool qualified)
{
    bool keeps_schema = qualified && e->arg_count > 1 && has_namesake(at, found->item);
    size_t parts = keeps_schema ? 2 : qualified ? 1 : 0;
    struct expr *c = expr_new(b->a, EXPR_COLUMN, e->span,
                              name_now(b, found->item, found->column.name), parts);
    bool own_table = !qualified && (e->arg_count > 0 || (e->flags & EXPR_OWN_TABLE));

    if (keeps_schema)
        c->args[0] = e->args[e->arg_count - 2];
    c->flags = (e->flags & EXPR_PARENS_BITS) | (own_table ? EXPR_OWN_TABLE : 0);
    if (qualified)
        c->args[parts - 1] = expr_leaf(b->a, EXPR_PART, e->span, found->item->alias_now);
    c->result = b->b == NULL ? found->column.type : type_plain(b->b, found->column.type);
    if (c->result != found->column.type && c->result != NULL)
        c->flags |= EXPR_OF_DOMAIN;
    b->column = c;
    b->column_type = found->column.type;
    return c;
}

static const struct expr *
poison(struct binder *b, const struct expr *e)
{
    b->errors++;
    return expr_leaf(b->a, EXPR_POISON, e->span, e->text);
}

static void
report_ambiguous(struct binder *b, const struct expr *e, const struct found *found)
{
    struct diag *d =
        diag_add(&b->s->diags, D_AMBIGUOUS_NAME, e->span,
                 "column \"%.*s\" is in \"%.*s\" and in \"%.*s\"", SLICE_ARG(e->text),
                 SLICE_ARG(found->item->alias), SLICE_ARG(found->other->alias));

    diag_hint(&b->s->diags, d, "say which: %.*s.%.*s", SLICE_ARG(found->item->alias),
              SLICE_ARG(e->text));
}

/* The column was there until somebody dropped it: that is where the mistake is. */
static bool
report_dropped(struct binder *b, const struct table *t, const struct expr *e)
{
    const struct span *drop =
        b->b == NULL ? NULL : find_drop(b->b, column_key(b->b, t, e->text));
    struct diag *d;

    if (drop == NULL)
        return false;
    d = diag_add(&b->s->diags, D_DROP_HAS_DEPENDANTS, *drop,
                 "column \"%.*s\" of table \"%.*s\" is still used", SLICE_ARG(e->text),
                 SLICE_ARG(t->name));
    diag_note(&b->s->diags, d, e->span, "it is used here");
    return true;
}

static void
report_no_column(struct binder *b, const struct table *t, const struct expr *e)
{
    const struct work_table *w =
        b->b == NULL ? NULL : table_find(b->b, t->schema, t->name);
    struct diag *d;

    if ((w != NULL && w->doubtful) || session_is_unread(b->s, e->text)
        || report_dropped(b, t, e))
        return;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, e->span,
                 "table \"%.*s\" has no column \"%.*s\"", SLICE_ARG(t->name),
                 SLICE_ARG(e->text));
    if (e->flags & EXPR_QUOTED)
        diag_hint(&b->s->diags, d, "a text is written in single quotes: '%.*s'",
                  SLICE_ARG(e->text));
    else
        hint_column(b->s, d, t, e->text);
}

static void
add_item_names(struct arena *a, struct slices *names, const struct from_item *item)
{
    if (item->table != NULL)
        VEC_EACH (i, &item->table->columns)
            VEC_PUSH(a, &names->all, item->table->columns.items[i]->name);
    VEC_EACH (i, &item->columns.all)
        VEC_PUSH(a, &names->all, item->columns.all.items[i].name);
}

static void
report_nowhere(struct binder *b, const struct scope *scope, const struct expr *e)
{
    struct slices names = { 0 };
    struct diag *d;

    if (session_is_unread(b->s, e->text))
        return;
    VEC_EACH (i, &scope->items)
        if (scope->items.items[i]->table != NULL
            && report_dropped(b, scope->items.items[i]->table, e))
            return;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, e->span,
                 "nothing in FROM has a column \"%.*s\"", SLICE_ARG(e->text));
    VEC_EACH (i, &scope->items)
        add_item_names(b->a, &names, scope->items.items[i]);
    hint_nearest(b->s, d, e->text, &names);
}

static bool
has_alias(const struct scope *scope, struct slice name)
{
    VEC_EACH (i, &scope->items)
        if (slice_equal_fold(scope->items.items[i]->alias, name))
            return true;
    return false;
}

static void
report_no_alias(struct binder *b, const struct scope *scope, const struct expr *e,
                struct slice qualifier)
{
    struct slices names = { 0 };
    struct diag *d =
        diag_add(&b->s->diags, D_NO_SUCH_TABLE, e->span,
                 "\"%.*s\" is no table that can be named here", SLICE_ARG(qualifier));

    if (b->beside != NULL && has_alias(b->beside, qualifier)) {
        diag_hint(&b->s->diags, d,
                  "write LATERAL before the query: \"%.*s\" stands beside it in FROM",
                  SLICE_ARG(qualifier));
        return;
    }
    for (; scope != NULL; scope = scope->outer)
        VEC_EACH (i, &scope->items)
            VEC_PUSH(b->a, &names.all, scope->items.items[i]->alias);
    hint_nearest(b->s, d, qualifier, &names);
}

static void
report_unbound(struct binder *b, const struct scope *scope, const struct expr *e,
               struct slice qualifier)
{
    const struct from_item *item =
        slice_is_none(qualifier) ? NULL : find_alias(scope, qualifier);

    if (item == NULL && !slice_is_none(qualifier))
        report_no_alias(b, scope, e, qualifier);
    else if (item == NULL && scope->items.count == 1)
        item = scope->items.items[0];
    if (item != NULL && item->table != NULL)
        report_no_column(b, item->table, e);
    else if (item != NULL || slice_is_none(qualifier))
        report_nowhere(b, scope, e);
}

/* The name means something else, in the parentheses that are around it. */
static const struct expr *
leaf_in_place(struct binder *b, enum expr_kind kind, const struct expr *name)
{
    struct expr *leaf = expr_leaf(b->a, kind, name->span, name->text);

    leaf->flags = name->flags & EXPR_PARENS_BITS;
    return leaf;
}

/* Nothing was found and no opaque item can explain it. */
static const struct expr *
bind_unknown(struct binder *b, const struct scope *scope, const struct expr *e,
             struct slice qualifier)
{
    bool plain = slice_is_none(qualifier);

    if (is_system_column(e->text) || (plain && is_word_of_a_call(e->text))
        || (plain && find_alias(scope, e->text) != NULL))
        return e; /* a row as a whole, or what the engine adds */
    if (plain && (e->flags & EXPR_QUOTED) && b->terms->quoted_may_be_text)
        return leaf_in_place(b, EXPR_STRING, e);
    if (plain && !(e->flags & EXPR_QUOTED) && bind_is_word_of_session(e->text))
        return leaf_in_place(b, EXPR_CALL_KEYWORD, e);
    if (b->own == NULL && !b->terms->checks_queries)
        return e;
    if (b->quiet)
        return e; /* it is bound again, and reported then */
    report_unbound(b, scope, e, qualifier);
    return poison(b, e);
}

static bool
may_explain(const struct scope *scope, struct slice qualifier, struct slice name)
{
    const struct from_item *item;

    if (slice_is_none(qualifier))
        return scope->opaque || is_select_alias(scope, name);
    item = find_alias(scope, qualifier);
    return item != NULL && item->opaque;
}

static const struct expr *
bind_name(struct binder *b, const struct scope *scope, const struct expr *e)
{
    static const struct scope nothing;
    struct slice qualifier = name_qualifier(e);

    if (scope == NULL)
        scope = &nothing;
    for (const struct scope *at = scope; at != NULL; at = at->outer) {
        struct found found = look_in_scope(at, name_schema(e), qualifier, e->text);

        if (found.ambiguous && slice_is_none(qualifier)) {
            if (b->quiet || !b->terms->checks_queries)
                return e;
            report_ambiguous(b, e, &found);
            return poison(b, e);
        }
        if (found.item != NULL)
            return make_column(b, at, e, &found,
                               !slice_is_none(qualifier) && !(at->bare && at == scope));
        if (may_explain(at, qualifier, e->text))
            return e;
    }
    return bind_unknown(b, scope, e, qualifier);
}

/* t.* follows the rename of t. */
static const struct expr *
bind_star(struct binder *b, const struct scope *scope, const struct expr *e)
{
    const struct from_item *item;
    struct expr *star;

    if (e->arg_count == 0)
        return e;
    item = find_alias(scope, e->args[e->arg_count - 1]->text);
    if (item == NULL)
        return e;
    star = expr_new(b->a, EXPR_STAR, e->span, e->text, 1);
    star->flags = e->flags;
    star->args[0] =
        expr_leaf(b->a, EXPR_PART, e->args[e->arg_count - 1]->span, item->alias_now);
    return star;
}

/* ---- everything else ---- */

static const struct type *
plain_type(struct binder *b, const struct type *t)
{
    struct type *copy;

    if (t == NULL || slice_is_none(t->schema) || !slice_is_none(schema_plain(t->schema)))
        return t;
    copy = arena_copy(b->a, t, sizeof *t);
    copy->schema = SLICE_NONE;
    return copy;
}

/* The list of one value that x IN ((SELECT …)) has for some; e itself for all else. */
static const struct expr *
with_value_for_query(struct binder *b, const struct expr *e)
{
    const struct expr *query = e->kind == EXPR_IN ? e->args[1] : NULL;
    struct expr *value;
    struct expr *in;

    if (!expr_is_query(query) || expr_parens(query) == 0
        || !b->terms->parens_make_a_value)
        return e;
    value = expr_1(b->a, EXPR_SUBQUERY, query->span, SLICE_NONE,
                   expr_unwrapped(b->a, query));
    expr_add_parens(value, expr_parens(query) - 1, expr_parens(query) - 1);
    in = expr_2(b->a, EXPR_IN, e->span, e->text, e->args[0],
                expr_1(b->a, EXPR_LIST, query->span, SLICE_NONE, value));
    in->flags = e->flags;
    return in;
}

/* A column as the domain that it is of: nothing is cast. */
static bool
is_own_domain(const struct binder *b, const struct expr *cast)
{
    return cast->kind == EXPR_CAST && cast->args[0]->kind == EXPR_COLUMN
           && cast->args[0] == b->column && b->column_type != NULL
           && b->column_type->kind == TYPE_NAMED
           && type_equal(b->column_type, cast->type);
}

static const struct expr *
bind_children(struct binder *b, const struct scope *scope, const struct expr *e)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);

    copy->flags = e->flags;
    copy->type = plain_type(b, e->type);
    for (size_t i = 0; i < e->arg_count; i++)
        copy->args[i] = bind_expr(b, scope, e->args[i]);
    copy->result =
        is_own_domain(b, copy) ? copy->args[0]->result : infer_type(b->a, copy);
    if (copy->result == NULL && copy->kind == EXPR_CALL && b->b != NULL)
        copy->result = call_declared_result(b->b, copy);
    labels_check(b, copy);
    if (copy->kind == EXPR_CALL)
        call_check(b, copy);
    if (e->kind == EXPR_IN)
        value_query_check(b, copy);
    return b->edit == NULL ? copy : b->edit(b->edit_context, copy);
}

/* A query of one column is worth that column: (SELECT …), ARRAY(SELECT …). */
static const struct expr *
with_result(struct binder *b, const struct expr *e, const struct expr *bound,
            const struct scope_columns *columns)
{
    struct expr *copy;

    if (bound == e || columns->all.count != 1 || columns->all.items[0].type == NULL)
        return bound;
    copy = arena_copy(b->a, bound, sizeof *bound);
    copy->result = columns->all.items[0].type;
    return copy;
}

const struct expr *
bind_expr(struct binder *b, const struct scope *scope, const struct expr *e)
{
    struct scope_columns columns = { 0 };
    bool opaque = false;

    if (e == NULL)
        return NULL;
    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        return bind_name(b, scope, e);
    if (e->kind == EXPR_STAR)
        return bind_star(b, scope, e);
    if (expr_is_query(e))
        return with_result(b, e, bind_query(b, scope, e, &columns, &opaque), &columns);
    return bind_children(b, scope, with_value_for_query(b, e));
}

const struct expr *
bind_in_table(struct binder *b, const struct table *t, const struct expr *e)
{
    struct from_item item = { .alias = t->name, .alias_now = t->name, .table = t };
    struct from_item *items[1] = { &item };
    struct scope scope = { .bare = true };

    item.is_target = t == b->follow.table;
    if (item.is_target && slice_is_none(b->follow.column))
        item.alias_now = b->follow.name;
    scope.items.items = items;
    scope.items.count = 1;
    scope.items.capacity = 1;
    b->own = t;
    return bind_expr(b, &scope, e);
}
