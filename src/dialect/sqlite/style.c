/*
 * How SQLite spells names, types and the few operators that it spells its own way.
 */
#include "dialect/sqlite/lite.h"

#include <assert.h>

/*
 * Words that SQLite never reads as names and that the canonical style does not quote: the
 * tokens without a fallback in SQLite's parse.y.  The canonical list has all others, and
 * what our own parser would trip over.
 */
static const char *const more_reserved[] = {
    "commit",  "escape", "isnull",   "notnull",
    "nothing", "raise",  "rollback", "transaction",
};

static bool
is_reserved(struct slice name)
{
    return slice_is_one_of(name, more_reserved, ARRAY_LEN(more_reserved))
           || sql_style_canonical.is_reserved(name);
}

/* The letters decide the affinity; expr/types.def says why these. */
static const char *const type_names[] = {
    [TYPE_BOOLEAN] = "BOOLEAN",
    [TYPE_INT2] = "SMALLINT",
    [TYPE_INT4] = "INTEGER",
    [TYPE_INT8] = "BIGINT",
    [TYPE_DECIMAL] = "NUMERIC",
    [TYPE_REAL] = "REAL",
    [TYPE_DOUBLE] = "DOUBLE PRECISION",
    [TYPE_TEXT] = "TEXT",
    [TYPE_VARCHAR] = "VARCHAR",
    [TYPE_CHAR] = "CHAR",
    [TYPE_BYTES] = "BLOB",
    [TYPE_DATE] = "DATE",
    [TYPE_TIME] = "TIME",
    [TYPE_TIMETZ] = "TIMETZ",
    [TYPE_TIMESTAMP] = "TIMESTAMP",
    [TYPE_TIMESTAMPTZ] = "TIMESTAMPTZ",
    [TYPE_INTERVAL] = "INTERVAL",
    [TYPE_UUID] = "UUID",
    [TYPE_JSON] = "JSON",
    [TYPE_JSONB] = "JSONB",
    [TYPE_DECIMAL_INT] = "DECIMAL_INT",
    [TYPE_DECIMAL_TEXT] = "DECIMAL_TEXT",
    [TYPE_JSON_TEXT] = "JSON_TEXT",
    [TYPE_ARRAY_TEXT] = "ARRAY_TEXT",
    [TYPE_NAMED] = NULL,
};
static_assert(ARRAY_LEN(type_names) == TYPE_KIND_COUNT, "spell every type");

static bool
is_type_word(struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_' && c != ' '
            && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return name.len > 0;
}

static void
write_upper(struct sqlw *w, struct slice words)
{
    struct text upper;

    text_init(&upper, w->out->arena);
    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i];

        text_addc(&upper, (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
    }
    sqlw_raw(w, text_slice(&upper));
}

static void
write_type(struct sqlw *w, const struct type *t)
{
    if (t->dimensions > 0)
        sqlw_kw(w, type_names[TYPE_ARRAY_TEXT]);
    else if (t->kind != TYPE_NAMED)
        sqlw_kw(w, type_names[t->kind]);
    else if (is_type_word(t->name))
        write_upper(w, t->name);
    else
        sqlw_ident(w, t->name);
    if (t->arg_count == 0 || t->dimensions > 0)
        return;
    w->need_blank = false;
    sqlw_open(w);
    for (size_t i = 0; i < t->arg_count; i++) {
        if (i > 0)
            sqlw_comma(w);
        w->need_blank = false; /* DECIMAL_INT(10,2) */
        sqlw_number(w, t->args[i]);
    }
    sqlw_close(w);
}

/* IS is the weakest operator but AND, OR and NOT, and does not chain. */
static bool
binds_more_than_is(const struct expr *e)
{
    static const char *const operators[] = { "||", "+", "-", "*", "/", "%" };

    if (e->kind != EXPR_BINARY)
        return e->kind == EXPR_COLUMN || e->kind == EXPR_NAME || e->kind == EXPR_CALL
               || e->kind == EXPR_NUMBER || e->kind == EXPR_STRING || e->kind == EXPR_CAST
               || e->kind == EXPR_CASE || e->kind == EXPR_CALL_KEYWORD;
    return slice_is_one_of(e->text, operators, ARRAY_LEN(operators));
}

static void
write_operand(struct sqlw *w, const struct expr *e)
{
    if (binds_more_than_is(e))
        sqlw_expr(w, e);
    else
        sqlw_expr_grouped(w, e);
}

/*
 * IS between two values, which SQLite has had long before IS NOT DISTINCT FROM (3.39).
 * `x IS TRUE` and `x IS NULL` would be read as other operators.
 */
static bool
write_is_distinct(struct sqlw *w, const struct expr *e)
{
    enum expr_kind right = e->args[1]->kind;

    if (right == EXPR_NULL || right == EXPR_BOOL)
        return false;
    write_operand(w, e->args[0]);
    sqlw_kw(w, e->flags & EXPR_NEGATED ? "IS" : "IS NOT");
    write_operand(w, e->args[1]);
    return true;
}

/* RAISE is a word of the syntax, and a name in quotes is none. */
static bool
write_raise(struct sqlw *w, const struct expr *e)
{
    if (!slice_equal_fold(e->text, SLICE("raise")) || e->arg_count <= CALL_ARGS
        || e->args[CALL_ARGS]->kind != EXPR_CALL_KEYWORD)
        return false;
    sqlw_kw(w, "RAISE");
    w->need_blank = false;
    sqlw_open(w);
    for (size_t i = CALL_ARGS; i < e->arg_count; i++) {
        if (i > CALL_ARGS)
            sqlw_comma(w);
        sqlw_expr(w, e->args[i]);
    }
    sqlw_close(w);
    return true;
}

static bool
write_expr(struct sqlw *w, const struct expr *e)
{
    if (e->kind == EXPR_CALL)
        return write_raise(w, e);
    return e->kind == EXPR_IS_DISTINCT && write_is_distinct(w, e);
}

const struct sql_style lite_style = {
    .name = "sqlite",
    .is_reserved = is_reserved,
    .write_type = write_type,
    .write_expr = write_expr,
    .keeps_parens = true,
};

struct slice
lite_expr_text(struct arena *a, const struct expr *e)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    sqlw_expr(&w, e);
    return text_slice(&out);
}

struct slice
lite_quoted(struct arena *a, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &lite_style, &out);
    sqlw_ident(&w, name);
    return text_slice(&out);
}
