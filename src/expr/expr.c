/*
 * Building, comparing, hashing and walking trees.  The functions recurse: the parser
 * refuses trees deeper than EXPR_DEPTH_MAX, and no pass makes one much deeper than what
 * it was given.
 */
#include "expr/expr.h"

#include <assert.h>

#include "base/vec.h"

static const char *const expr_tags[] = {
#define EXPR(kind, tag) [kind] = tag,
#include "expr/expr.def"
#undef EXPR
};
static_assert(ARRAY_LEN(expr_tags) == EXPR_KIND_COUNT, "tag every kind");

#define FLAGS_COMPARED (~(uint32_t)EXPR_WRITTEN_BITS)

const char *
expr_tag(enum expr_kind kind)
{
    return expr_tags[kind];
}

struct expr *
expr_new(struct arena *a, enum expr_kind kind, struct span span, struct slice text,
         size_t arg_count)
{
    struct expr *e = ARENA_NEW(a, struct expr);

    e->kind = kind;
    e->span = span;
    e->text = text;
    e->arg_count = (uint32_t)arg_count;
    if (arg_count > 0)
        e->args = ARENA_ARRAY(a, const struct expr *, arg_count);
    return e;
}

struct expr *
expr_leaf(struct arena *a, enum expr_kind kind, struct span span, struct slice text)
{
    return expr_new(a, kind, span, text, 0);
}

struct expr *
expr_1(struct arena *a, enum expr_kind kind, struct span span, struct slice text,
       const struct expr *arg)
{
    struct expr *e = expr_new(a, kind, span, text, 1);

    e->args[0] = arg;
    return e;
}

struct expr *
expr_2(struct arena *a, enum expr_kind kind, struct span span, struct slice text,
       const struct expr *left, const struct expr *right)
{
    struct expr *e = expr_new(a, kind, span, text, 2);

    e->args[0] = left;
    e->args[1] = right;
    return e;
}

uint32_t
expr_opened(const struct expr *e)
{
    return e->flags >> EXPR_OPEN_SHIFT & EXPR_PARENS_MAX;
}

uint32_t
expr_closed(const struct expr *e)
{
    return e->flags >> EXPR_CLOSE_SHIFT & EXPR_PARENS_MAX;
}

uint32_t
expr_parens(const struct expr *e)
{
    uint32_t opened = expr_opened(e);
    uint32_t closed = expr_closed(e);

    return opened < closed ? opened : closed;
}

static uint32_t
at_most(uint32_t n, uint32_t most)
{
    return n < most ? n : most;
}

void
expr_add_parens(struct expr *e, uint32_t opened, uint32_t closed)
{
    opened = at_most(expr_opened(e) + opened, EXPR_PARENS_MAX);
    closed = at_most(expr_closed(e) + closed, EXPR_PARENS_MAX);
    e->flags &= ~(uint32_t)EXPR_PARENS_BITS;
    e->flags |= opened << EXPR_OPEN_SHIFT | closed << EXPR_CLOSE_SHIFT;
}

const struct expr *
expr_unwrapped(struct arena *a, const struct expr *e)
{
    const uint32_t bits = EXPR_PARENS_BITS | EXPR_OWN_TABLE;
    struct expr *copy;

    if ((e->flags & bits) == 0)
        return e;
    copy = arena_copy(a, e, sizeof *e);
    copy->flags &= ~bits;
    return copy;
}

static bool
types_equal(const struct type *a, const struct type *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return type_equal(a, b);
}

static bool
args_equal(const struct expr *a, const struct expr *b)
{
    if (a->arg_count != b->arg_count)
        return false;
    for (size_t i = 0; i < a->arg_count; i++)
        if (!expr_equal(a->args[i], b->args[i]))
            return false;
    return true;
}

bool
expr_equal(const struct expr *a, const struct expr *b)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL)
        return false;
    return a->kind == b->kind && ((a->flags ^ b->flags) & FLAGS_COMPARED) == 0
           && slice_equal(a->text, b->text) && types_equal(a->type, b->type)
           && args_equal(a, b);
}

static uint64_t
mix(uint64_t h, uint64_t with)
{
    h ^= with + UINT64_C(0x9e3779b97f4a7c15) + (h << 6) + (h >> 2);
    return h;
}

/* Coarse, so that types that are equal in different words hash alike. */
static uint64_t
hash_type(const struct type *t)
{
    return t == NULL ? 0 : mix((uint64_t)t->kind + 1, (uint64_t)t->dimensions);
}

uint64_t
expr_hash(const struct expr *e)
{
    uint64_t h;

    if (e == NULL)
        return 0;
    h = slice_hash(slice_from(expr_tags[e->kind]));
    h = mix(h, e->flags & FLAGS_COMPARED);
    h = mix(h, slice_hash(e->text));
    h = mix(h, hash_type(e->type));
    for (size_t i = 0; i < e->arg_count; i++)
        h = mix(h, expr_hash(e->args[i]));
    return h;
}

static struct expr *
copy_with_own_args(struct arena *a, const struct expr *e)
{
    struct expr *copy = arena_copy(a, e, sizeof *e);

    copy->args = arena_copy(a, e->args, sizeof(*e->args) * e->arg_count);
    return copy;
}

const struct expr *
expr_rewrite(struct arena *a, const struct expr *e, expr_edit_fn *edit, void *context)
{
    struct expr *copy = NULL; /* made when the first argument changes */

    if (e == NULL)
        return NULL;
    for (size_t i = 0; i < e->arg_count; i++) {
        const struct expr *arg = expr_rewrite(a, e->args[i], edit, context);

        if (arg == e->args[i])
            continue;
        if (copy == NULL)
            copy = copy_with_own_args(a, e);
        copy->args[i] = arg;
    }
    return edit(context, copy != NULL ? copy : e);
}

bool
expr_walk(const struct expr *e, expr_visit_fn *visit, void *context)
{
    if (e == NULL)
        return true;
    if (!visit(context, e))
        return false;
    for (size_t i = 0; i < e->arg_count; i++)
        if (!expr_walk(e->args[i], visit, context))
            return false;
    return true;
}

/* Visits until it finds the column. */
static bool
is_other_node(void *context, const struct expr *e)
{
    const struct slice *column = context;

    return (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
           || !slice_equal(e->text, *column);
}

bool
expr_mentions_column(const struct expr *e, struct slice column)
{
    return !expr_walk(e, is_other_node, &column);
}

static bool
is_literal(const struct expr *e)
{
    return e->kind == EXPR_NULL || e->kind == EXPR_BOOL || e->kind == EXPR_NUMBER
           || e->kind == EXPR_STRING || e->kind == EXPR_BLOB || e->kind == EXPR_BITS
           || e->kind == EXPR_TYPED_STRING;
}

static bool
is_sign(const struct expr *e)
{
    return e->kind == EXPR_UNARY && (slice_is(e->text, "-") || slice_is(e->text, "+"));
}

bool
expr_is_constant(const struct expr *e)
{
    while (e != NULL && (is_sign(e) || e->kind == EXPR_CAST))
        e = e->args[0];
    return e != NULL && is_literal(e);
}

const struct expr *
expr_bits_of_hex(struct arena *a, const struct expr *blob)
{
    struct text bits;

    text_init(&bits, a);
    for (size_t i = 0; i < blob->text.len; i++) {
        char c = blob->text.ptr[i];
        int digit = c <= '9' ? c - '0' : c - 'a' + 10;

        for (int bit = 8; bit > 0; bit /= 2)
            text_addc(&bits, digit & bit ? '1' : '0');
    }
    return expr_leaf(a, EXPR_BITS, blob->span, text_slice(&bits));
}

bool
expr_is_query(const struct expr *e)
{
    return e != NULL && e->kind >= QUERY_SELECT && e->kind <= QUERY_MERGE;
}

const struct expr *
query_first_select(const struct expr *query)
{
    while (query != NULL && query->kind != QUERY_SELECT) {
        if (query->kind == QUERY_SET)
            query = query->args[0];
        else if (query->kind == QUERY_ORDERED)
            query = query->args[ORDERED_QUERY];
        else
            return NULL;
    }
    return query;
}

/* ---- what texts stand for ---- */

static bool
is_comparison(struct slice operator)
{
    return slice_is(operator, "=") || slice_is(operator, "<>") || slice_is(operator, "<")
           || slice_is(operator, ">") || slice_is(operator, "<=")
           || slice_is(operator, ">=");
}

/* Do all arguments (and the items of a list among them) have one type? */
static bool
compares(const struct expr *e)
{
    return (e->kind == EXPR_BINARY && is_comparison(e->text))
           || e->kind == EXPR_IS_DISTINCT || e->kind == EXPR_BETWEEN
           || e->kind == EXPR_IN;
}

const struct type *
expr_compared_type(const struct expr *e)
{
    for (size_t i = 0; compares(e) && i < e->arg_count; i++) {
        const struct expr *arg = e->args[i];

        if (arg != NULL && arg->kind != EXPR_STRING && arg->result != NULL
            && arg->result->kind == TYPE_NAMED && arg->result->dimensions == 0)
            return arg->result;
    }
    return e->kind == EXPR_CAST && e->type->dimensions == 0 ? e->type : NULL;
}
