/*
 * What @from and @back give is asked for before anything is changed, where the column
 * takes no NULL: the rows that would get none are those in the way.  Asked is what only
 * looks: a call that may count, draw lots or be of this version is left to the step.
 */
#include "dialect/never_null.h"
#include "dialect/postgres/postgres.h"

/* STABLE or IMMUTABLE, whatever they are given (pg_proc.provolatile). */
static const char *const pure_functions[] = {
    "abs",      "btrim",        "cardinality",  "ceil",       "char_length",
    "coalesce", "concat",       "concat_ws",    "date_part",  "date_trunc",
    "extract",  "floor",        "greatest",     "initcap",    "least",
    "left",     "length",       "lower",        "lpad",       "ltrim",
    "md5",      "mod",          "now",          "nullif",     "octet_length",
    "position", "power",        "replace",      "reverse",    "right",
    "round",    "rpad",         "rtrim",        "sign",       "split_part",
    "strpos",   "substr",       "substring",    "to_char",    "to_date",
    "to_number", "to_timestamp", "translate", "trim", "trunc",
    "upper",    "make_date",    "array_length", "regexp_replace",
};

/* The names of the old side are all there; casts to types of the schema may be not. */
static const enum expr_kind plain_kinds[] = {
    EXPR_NULL, EXPR_BOOL,  EXPR_NUMBER,      EXPR_STRING,  EXPR_NAME, EXPR_COLUMN,
    EXPR_PART, EXPR_UNARY, EXPR_BINARY,      EXPR_AND,     EXPR_OR,   EXPR_NOT,
    EXPR_IS,   EXPR_LIST,  EXPR_IS_DISTINCT, EXPR_BETWEEN, EXPR_IN,   EXPR_LIKE,
    EXPR_CASE, EXPR_SUBSCRIPT,
};

static bool
is_pure(const struct alter *a, const struct expr *call)
{
    for (size_t i = 0; i < CALL_ARGS; i++)
        if (call->args[i] != NULL) /* of a schema, a window, an aggregate */
            return false;
    if (map_has(&a->old_routines.by_name, call->text)
        || map_has(&a->new_routines.by_name, call->text))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(pure_functions); i++)
        if (slice_is(call->text, pure_functions[i]))
            return true;
    return false;
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

/* `only_nulls`: rows that have a value in the column keep it. */
void
alter_require_values(struct alter *a, struct action *to, const struct change *c,
                     bool only_nulls)
{
    const struct expr *value = alter_declared_value(a, c);
    const struct table *old = c->old.table;
    struct postgres_statement st;

    if (value == NULL || !c->new.column->not_null || a->r->has_data_step
        || never_null_in_row(old, value) || !expr_walk(value, only_looks, a))
        return;
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    sqlw_raw(&st.w, alter_sample(a, old));
    sqlw_kw(&st.w, "FROM");
    sqlw_qualified(&st.w, old->schema, old->name);
    sqlw_kw(&st.w, "WHERE");
    if (only_nulls) {
        sqlw_ident(&st.w, c->old.column->name);
        sqlw_kw(&st.w, "IS NULL AND");
    }
    sqlw_expr_parens(&st.w, value);
    sqlw_kw(&st.w, "IS NULL");
    alter_require(a, to,
                  slice_format(&a->s->arena, "%s gives NULL for %.*s.%.*s",
                               a->r->down ? "@back" : "@from", SLICE_ARG(old->name),
                               SLICE_ARG(c->new.column->name)),
                  postgres_end(&st));
}
