/*
 * What columns will hold once the version is there, told by the rows as they are and in
 * the names that they have so far, so that it can be asked for before anything changes.
 * Asked is what only looks: a call that may count, draw lots or be of this version is
 * left to the step, and so is what comes from a side table.
 */
#include "dialect/never_null.h"
#include "dialect/postgres/alter.h"
#include "model/functions.h"

/* The names of the old side are all there; casts to types of the schema may be not. */
static const enum expr_kind plain_kinds[] = {
    EXPR_NULL,    EXPR_BOOL, EXPR_NUMBER, EXPR_STRING, EXPR_NAME,
    EXPR_COLUMN,  EXPR_PART, EXPR_UNARY,  EXPR_BINARY, EXPR_AND,
    EXPR_OR,      EXPR_NOT,  EXPR_IS,     EXPR_LIST,   EXPR_IS_DISTINCT,
    EXPR_BETWEEN, EXPR_IN,   EXPR_LIKE,   EXPR_CASE,   EXPR_SUBSCRIPT,
};

static bool
is_pure(const struct alter *a, const struct expr *call)
{
    struct function_facts facts;

    for (size_t i = 0; i < CALL_ARGS; i++)
        if (call->args[i] != NULL) /* of a schema, a window, an aggregate */
            return false;
    if (map_has(&a->old_routines.by_name, call->text)
        || map_has(&a->new_routines.by_name, call->text))
        return false;
    return function_find_facts(call, &facts) && facts.kind == FUNCTION_SCALAR
           && facts.volatility != VOLATILITY_VOLATILE;
}

static bool
only_looks(void *context, const struct expr *e)
{
    if (e->kind == EXPR_CALL)
        return is_pure(context, e);
    if (e->kind == EXPR_CAST)
        return e->type != NULL && e->type->kind != TYPE_NAMED;
    for (size_t i = 0; i < ARRAY_LEN(plain_kinds); i++)
        if (e->kind == plain_kinds[i])
            return true;
    return false;
}

/* ---- what a column will hold ---- */

static bool
is_comparable_as(const struct type *old, const struct type *new)
{
    static const enum type_kind whole[] = { TYPE_INT2, TYPE_INT4, TYPE_INT8 };
    size_t was = 0;
    size_t is = 0;

    if (type_equal(old, new))
        return true;
    if (old->dimensions > 0 || new->dimensions > 0)
        return false;
    if (new->kind == TYPE_TEXT)
        return old->kind == TYPE_VARCHAR;
    while (was < ARRAY_LEN(whole) && whole[was] != old->kind)
        was++;
    while (is < ARRAY_LEN(whole) && whole[is] != new->kind)
        is++;
    return was <= is && is < ARRAY_LEN(whole);
}

/*
 * The value of the new type, where nothing is declared; of one that does not convert,
 * which is asked for by itself, NULL.  NULL: not told, because the types may be new.
 */
static const struct expr *
converted_then(struct alter *a, const struct change *c)
{
    const struct type *old = alter_stored_type(a, &c->old.column->type);
    const struct type *new = alter_stored_type(a, &c->new.column->type);
    struct slice column = alter_ident(a, c->old.column->name);
    struct slice bad = SLICE_NONE;
    struct postgres_statement st;

    if (old->kind == TYPE_NAMED || new->kind == TYPE_NAMED || old->dimensions > 0
        || new->dimensions > 0)
        return NULL;
    if (!alter_server_reads(new))
        bad = alter_does_not_convert(a, c, column);
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "CAST(");
    st.w.need_blank = false;
    if (!slice_is_none(bad))
        column = slice_format(&a->s->arena, "CASE WHEN %.*s THEN NULL ELSE %.*s END",
                              SLICE_ARG(bad), SLICE_ARG(column));
    sqlw_raw(&st.w, column);
    sqlw_kw(&st.w, "AS");
    sqlw_type(&st.w, new);
    sqlw_close(&st.w);
    return expr_leaf(&a->s->arena, EXPR_VERBATIM, c->new.column->span, postgres_end(&st));
}

static const struct expr *
cast_to(struct alter *a, const struct expr *value, const struct type *t)
{
    struct expr *cast = expr_1(&a->s->arena, EXPR_CAST, value->span, SLICE_NONE, value);

    cast->type = t;
    cast->result = t;
    return cast;
}

/* As the column will have it: numbers are rounded, a literal has its type; NULL: not
 * told, because the type may be new as well. */
static const struct expr *
as_stored(struct alter *a, const struct expr *value, const struct type *t)
{
    const struct expr *stored = alter_value_of_type(a, value, t);
    bool is_typed;

    t = alter_stored_type(a, t);
    is_typed = value->result != NULL && type_equal(value->result, t);
    if (t->kind == TYPE_NAMED
        && (stored != value || (!is_typed && !expr_is_constant(value))))
        return NULL;
    if (t->kind == TYPE_NAMED && !is_typed)
        return cast_to(a, value, t);
    if (stored == value && !is_typed
        && (type_family(t) == FAMILY_NUMBER || expr_is_constant(value)))
        return cast_to(a, value, t);
    return stored;
}

static const struct expr *
column_of(struct alter *a, const struct column *c)
{
    struct expr *e = expr_leaf(&a->s->arena, EXPR_COLUMN, c->span, c->name);

    e->result = &c->type;
    return e;
}

static const struct expr *
or_else(struct alter *a, const struct expr *first, const struct expr *second)
{
    struct expr *call =
        expr_new(&a->s->arena, EXPR_CALL, second->span, SLICE("coalesce"), CALL_ARGS + 2);

    call->args[CALL_ARGS] = first;
    call->args[CALL_ARGS + 1] = second;
    call->result = first->result;
    return call;
}

/* What the rows get in a column that is new, and of which nothing is declared. */
static const struct expr *
default_then(struct alter *a, const struct column *c)
{
    static const struct expr null = { .kind = EXPR_NULL };
    const struct expr *value = c->default_value != NULL ? c->default_value : &null;

    if (c->default_value == NULL && c->type.kind == TYPE_NAMED)
        return NULL; /* a domain may have a default of its own */
    if (c->identity != IDENTITY_NONE || !expr_is_constant(value))
        return NULL;
    return as_stored(a, value, &c->type);
}

static const struct expr *
generated_then(struct alter *a, const struct table *old, const struct table *new,
               const struct column *before, const struct column *c)
{
    const struct expr *value = alter_expr_then(a, old, new, c->generated);

    if (value == NULL)
        return NULL;
    return before != NULL && before->generated != NULL
                   && type_equal(&before->type, &c->type)
                   && expr_equal(value, before->generated)
               ? column_of(a, before)
               : as_stored(a, value, &c->type);
}

static const struct expr *
value_then(struct alter *a, const struct table *old, const struct table *new,
           const struct column *c)
{
    const struct column *before = diff_old_column(old, new, c);
    struct change as = { .old = { .table = old, .column = before },
                         .new = { .table = new, .column = c },
                         .kind = CHANGE_ADD_COLUMN };
    const struct expr *value = alter_declared_value(a, &as);
    bool same = before != NULL && type_equal(&before->type, &c->type);

    if (alter_gets_kept_value(a, &as))
        return NULL;
    if (c->generated != NULL)
        return generated_then(a, old, new, before, c);
    if (value == NULL || (same && (before->not_null || !c->not_null))) {
        if (before == NULL)
            return default_then(a, c);
        return is_comparable_as(alter_stored_type(a, &before->type),
                                alter_stored_type(a, &c->type))
                   ? column_of(a, before)
                   : converted_then(a, &as);
    }
    if (!expr_walk(value, only_looks, a))
        return NULL;
    value = as_stored(a, value, &c->type);
    return value != NULL && same ? or_else(a, column_of(a, before), value) : value;
}

const struct expr *
alter_value_then(struct alter *a, const struct table *old, const struct table *new,
                 const struct column *c)
{
    return alter_said_before(a, value_then(a, old, new, c));
}

/* ---- expressions of the new side ---- */

struct asking {
    struct alter *a;
    const struct table *old;
    const struct table *new;
    bool unknown;  /* the rows do not tell */
    bool has_null; /* a column is NULL in each row … */
    bool has_more; /* … or one need not be */
};

bool
alter_is_null(const struct expr *e)
{
    return (e->kind == EXPR_CAST ? e->args[0] : e)->kind == EXPR_NULL;
}

/* Values of its type may be new, and no question can say them yet. */
static bool
gets_values(const struct alter *a, const struct type *t)
{
    return t->kind == TYPE_NAMED
           && map_has(&a->growing_enums, catalog_key(&a->s->arena, t->schema, t->name));
}

bool
alter_is_new_routine(const struct alter *a, struct slice name)
{
    return map_has(&a->new_routines.by_name, name)
           && (!map_has(&a->old_routines.by_name, name) || map_has(&a->going, name));
}

static const struct expr *
column_then(struct asking *k, const struct expr *e)
{
    const struct column *c = table_find_column(k->new, e->text);
    const struct expr *value = c == NULL || gets_values(k->a, &c->type)
                                   ? NULL
                                   : value_then(k->a, k->old, k->new, c);

    k->unknown |= value == NULL;
    if (value == NULL)
        return e;
    if (alter_is_null(value))
        k->has_null = true;
    else
        k->has_more = true;
    return value;
}

static const struct expr *
renamed(struct asking *k, const struct expr *e, struct slice name)
{
    struct expr *copy;

    if (slice_equal(e->text, name))
        return e;
    copy = arena_copy(&k->a->s->arena, e, sizeof *e);
    copy->text = name;
    return copy;
}

static const struct expr *
field_then(struct asking *k, const struct expr *e)
{
    const struct slice name = alter_attribute_before(k->a, k->old, e);

    k->unknown |= slice_is_none(name);
    return slice_is_none(name) ? e : renamed(k, e, name);
}

static const struct expr *
node_then(void *context, const struct expr *e)
{
    struct asking *k = context;

    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        return column_then(k, e);
    if (e->kind == EXPR_PART && slice_equal(e->text, k->new->name))
        return renamed(k, e, k->old->name);
    if (e->kind == EXPR_CALL)
        k->unknown |= alter_is_new_routine(k->a, e->text);
    return e->kind == EXPR_FIELD ? field_then(k, e) : e;
}

const struct expr *
alter_expr_then(struct alter *a, const struct table *old, const struct table *new,
                const struct expr *e)
{
    struct asking k = { .a = a, .old = old, .new = new };
    const struct expr *then = expr_rewrite(&a->s->arena, e, node_then, &k);

    return k.unknown || (k.has_null && !k.has_more) ? NULL : alter_said_before(a, then);
}

/* ---- values that it will not take ---- */

/* SELECT … FROM t WHERE, of rows that get the value. */
static void
begin_asking(struct alter *a, struct postgres_statement *st, const struct change *c,
             bool only_nulls)
{
    postgres_begin(a->s, st);
    sqlw_kw(&st->w, "SELECT");
    sqlw_raw(&st->w, alter_sample(a, c->old.table));
    sqlw_kw(&st->w, "FROM");
    sqlw_qualified(&st->w, c->old.table->schema, c->old.table->name);
    sqlw_kw(&st->w, "WHERE");
    if (only_nulls) {
        sqlw_ident(&st->w, c->old.column->name);
        sqlw_kw(&st->w, alter_null_words(a, &c->new.column->type));
        sqlw_kw(&st->w, "AND");
    }
}

static void
end_asking(struct alter *a, struct postgres_statement *st, struct action *to,
           const struct change *c, const char *what)
{
    alter_require(a, to,
                  slice_format(&a->s->arena, "%s gives %s for %.*s.%.*s",
                               a->r->down ? "@back" : "@from", what,
                               SLICE_ARG(c->old.table->name),
                               SLICE_ARG(c->new.column->name)),
                  postgres_end(st));
}

static void
require_not_null(struct alter *a, struct action *to, const struct change *c,
                 const struct expr *value, bool only_nulls)
{
    struct postgres_statement st;

    begin_asking(a, &st, c, only_nulls);
    sqlw_expr_parens(&st.w, value);
    sqlw_kw(&st.w, alter_null_words(a, &c->new.column->type));
    end_asking(a, &st, to, c, "NULL");
}

/* Characters of the longest text that it may be; SIZE_MAX: no telling. */
static size_t
longest(const struct table *t, const struct expr *e)
{
    const struct column *c = e->kind == EXPR_NAME || e->kind == EXPR_COLUMN
                                 ? table_find_column(t, e->text)
                                 : NULL;
    size_t most = 0;

    if (e->kind == EXPR_STRING)
        return e->text.len; /* bytes: as many or more */
    if (c != NULL && (c->type.kind == TYPE_VARCHAR || c->type.kind == TYPE_CHAR)
        && c->type.dimensions == 0 && c->type.arg_count > 0)
        return (size_t)c->type.args[0];
    if (e->kind != EXPR_CASE)
        return e->kind == EXPR_NULL ? 0 : SIZE_MAX;
    for (size_t i = 1; i < e->arg_count; i += 2) { /* ELSE, then each THEN */
        size_t more = e->args[i] == NULL ? 0 : longest(t, e->args[i]);

        most = more > most ? more : most;
    }
    return most;
}

static const struct expr *
call(struct alter *a, const char *name, const struct expr *argument)
{
    struct expr *e = expr_new(&a->s->arena, EXPR_CALL, argument->span, slice_from(name),
                              CALL_ARGS + 1);

    e->args[CALL_ARGS] = argument;
    return e;
}

/* Blanks at the end say nothing in a char; of a varchar the server would cut them off
 * without a word. */
static void
require_room(struct alter *a, struct action *to, const struct change *c,
             const struct expr *value, bool only_nulls)
{
    const struct type *t = alter_stored_type(a, &c->new.column->type);
    const struct expr *text = cast_to(a, value, type_shared(TYPE_TEXT));
    struct postgres_statement st;

    if (longest(c->old.table, value) <= (size_t)t->args[0])
        return;
    if (t->kind == TYPE_CHAR)
        text = call(a, "rtrim", text);
    begin_asking(a, &st, c, only_nulls);
    sqlw_expr(&st.w, call(a, "length", text));
    sqlw_kw(&st.w, ">");
    sqlw_number(&st.w, t->args[0]);
    end_asking(a, &st, to, c, "too long a text");
}

/* To ask is to have each value read. */
static void
require_readable(struct alter *a, struct action *to, const struct change *c,
                 const struct expr *value, bool only_nulls)
{
    const struct expr *read = alter_value_of_type(a, value, &c->new.column->type);
    struct postgres_statement st;

    if (read == value)
        return;
    begin_asking(a, &st, c, only_nulls);
    sqlw_expr(&st.w, read);
    sqlw_kw(&st.w, "IS NULL AND");
    sqlw_expr_parens(&st.w, value);
    sqlw_kw(&st.w, "IS NOT NULL");
    end_asking(a, &st, to, c, "what is no value of the type");
}

static bool
has_length(const struct type *t)
{
    return (t->kind == TYPE_VARCHAR || t->kind == TYPE_CHAR) && t->arg_count > 0
           && t->dimensions == 0;
}

/* An added column is filled before the data step, which may still mend NULLs, unless the
 * column refuses them from the begin. */
static bool
may_be_mended(const struct alter *a, const struct change *c)
{
    return a->r->has_data_step && c->new.column->default_value == NULL;
}

/* `only_nulls`: rows that have a value in the column keep it. */
void
alter_require_values(struct alter *a, struct action *to, const struct change *c,
                     bool only_nulls)
{
    const struct expr *value = alter_declared_value(a, c);
    const struct type *t = alter_stored_type(a, &c->new.column->type);

    if (value == NULL || !expr_walk(value, only_looks, a)
        || (a->r->has_data_step && c->kind != CHANGE_ADD_COLUMN))
        return;
    if (c->new.column->not_null && !may_be_mended(a, c)
        && !never_null_in_row(c->old.table, value))
        require_not_null(a, to, c, value, only_nulls);
    if (has_length(t))
        require_room(a, to, c, value, only_nulls);
    if (alter_server_reads(t))
        require_readable(a, to, c, value, only_nulls);
    if (c->kind == CHANGE_ADD_COLUMN)
        alter_require_domain(a, to, c);
}
