/*
 * Forms of operators: the operands are cast to what both are compared as, and LIKE and
 * BETWEEN are kept as the operators that they stand for.
 */
#include "dialect/postgres/form.h"

static bool
is_comparison(struct slice op)
{
    static const char *const ops[] = { "=", "<>", "<", "<=", ">", ">=" };

    return slice_is_one_of(op, ops, ARRAY_LEN(ops));
}

bool
form_is_text_operator(struct slice op)
{
    static const char *const ops[] = { "~~", "!~~", "~~*", "!~~*", "~",  "~*", "!~",
                                       "!~*", "^@", "%",   "<%",   "%>", "<->" };

    return is_comparison(op) || slice_is_one_of(op, ops, ARRAY_LEN(ops));
}

static bool
is_arithmetic(struct slice op)
{
    static const char *const ops[] = { "+", "-", "*", "/" };

    return is_comparison(op) || slice_is_one_of(op, ops, ARRAY_LEN(ops));
}

static const struct expr *
as_number(const struct form *s, const struct expr *e, const struct expr *other)
{
    if (form_is_type(other, TYPE_DECIMAL) && form_is_whole(e))
        return form_cast(s, type_shared(TYPE_DECIMAL), e);
    if (form_is_floating(other) && (form_is_whole(e) || form_is_type(e, TYPE_DECIMAL)))
        return form_cast(s, type_shared(TYPE_DOUBLE), e);
    return e;
}

/* What a string beside it is read as by a comparison. */
const struct type *
form_compared_type(const struct expr *e)
{
    return form_is_unknown(e) || e->result == NULL ? NULL : e->result;
}

/* Of citext, which has those of text as well. */
static bool
is_blind_to_case(struct slice op)
{
    static const char *const ops[] = {
        "~~", "!~~", "~~*", "!~~*", "~", "~*", "!~", "!~*"
    };

    return is_comparison(op) || slice_is_one_of(op, ops, ARRAY_LEN(ops));
}

static bool
are_citext(const struct form *s, const struct expr *left, const struct expr *right)
{
    bool first = form_is_of(s, left, "citext");
    bool second = form_is_of(s, right, "citext");

    return (first || second) && (first || form_is_unknown(left))
           && (second || form_is_unknown(right));
}

static bool
is_texty(const struct form *s, const struct expr *e)
{
    return form_is_texty(e) || form_is_unknown(e) || form_is_of(s, e, "citext");
}

/* Operators whose operands are of one type, so that a string is read as the other. */
static bool
is_of_one_type(struct slice op)
{
    static const char *const ops[] = { "@>",  "<@", "&&", "<<",  ">>",  "<<=", ">>=",
                                       "-|-", "&<", "&>", "<->", "~=",  "<<|", "|>>" };

    return is_comparison(op) || slice_is_one_of(op, ops, ARRAY_LEN(ops));
}

/* Operators of objects that take a key, which is a text. */
static bool
takes_key(const struct form *s, struct slice op, const struct expr *object)
{
    static const char *const ops[] = { "->", "->>", "?" };

    if (slice_is(op, "-"))
        return form_is_type(object, TYPE_JSONB);
    return slice_is_one_of(op, ops, ARRAY_LEN(ops))
           && (form_is_type(object, TYPE_JSON) || form_is_type(object, TYPE_JSONB)
               || form_is_of(s, object, "hstore"));
}

static bool
takes_path(struct slice op, const struct expr *object)
{
    static const char *const ops[] = { "#>", "#>>", "#-" };

    return slice_is_one_of(op, ops, ARRAY_LEN(ops))
           && (form_is_type(object, TYPE_JSON) || form_is_type(object, TYPE_JSONB));
}

static const struct expr *
as_texts(const struct form *s, const struct expr *e)
{
    struct type *t = arena_copy(s->a, type_shared(TYPE_TEXT), sizeof *t);

    t->dimensions = 1;
    return form_is_unknown(e) ? form_cast(s, t, e) : e;
}

/* Dates and moments, by what they become beside another one; 0: it is none. */
static int
moment_rank(const struct expr *e)
{
    return form_is_type(e, TYPE_DATE)          ? 1
           : form_is_type(e, TYPE_TIMESTAMP)   ? 2
           : form_is_type(e, TYPE_TIMESTAMPTZ) ? 3
                                               : 0;
}

/* Comparisons have operators for each two of them, - has not. */
static const struct expr *
as_moment(const struct form *s, const struct expr *e, const struct expr *other)
{
    return moment_rank(e) < moment_rank(other)
               ? form_cast(s,
                           type_shared(moment_rank(other) == 2 ? TYPE_TIMESTAMP
                                                               : TYPE_TIMESTAMPTZ),
                           e)
               : e;
}

static bool
are_moments(struct slice op, const struct expr *left, const struct expr *right)
{
    return slice_is(op, "-") && moment_rank(left) > 0 && moment_rank(right) > 0;
}

/* What a string is that is added to a moment or an interval, or taken from one: of the
 * same type where the server has such an operator; NULL: it is none of these. */
static const struct type *
string_beside(struct slice op, const struct expr *known)
{
    static const enum type_kind kinds[] = { TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ, TYPE_TIME,
                                            TYPE_INTERVAL };
    bool minus = slice_is(op, "-");

    if (!minus && !slice_is(op, "+"))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (form_is_type(known, kinds[i]))
            return type_shared(minus ? kinds[i] : TYPE_INTERVAL);
    if (form_is_type(known, TYPE_TIMETZ))
        return type_shared(TYPE_INTERVAL);
    return minus && form_is_type(known, TYPE_DATE) ? type_shared(TYPE_DATE) : NULL;
}

static bool
is_string_beside(struct slice op, const struct expr *left, const struct expr *right)
{
    return (form_is_unknown(left) && string_beside(op, right) != NULL)
           || (form_is_unknown(right) && string_beside(op, left) != NULL);
}

/* An interval is multiplied and divided by a floating number. */
static const struct expr *
as_factor(const struct form *s, const struct expr *e)
{
    return form_is_whole(e) || form_is_type(e, TYPE_DECIMAL)
               ? form_cast(s, type_shared(TYPE_DOUBLE), e)
               : e;
}

static bool
scales_interval(struct slice op, const struct expr *left, const struct expr *right)
{
    return (slice_is(op, "*")
            && (form_is_type(left, TYPE_INTERVAL) || form_is_type(right, TYPE_INTERVAL)))
           || (slice_is(op, "/") && form_is_type(left, TYPE_INTERVAL));
}

static bool
is_string(const struct expr *e)
{
    return form_is_texty(e) || form_is_type(e, TYPE_CHAR);
}

static bool
is_char_beside(const struct expr *left, const struct expr *right)
{
    return (form_is_type(left, TYPE_CHAR) && (is_string(right) || form_is_unknown(right)))
           || (form_is_type(right, TYPE_CHAR) && is_string(left));
}

/* Beside a text a char is one, and beside a char a varchar is one without a length. */
static const struct expr *
beside_char(const struct form *s, const struct expr *e, const struct expr *other)
{
    if (form_is_type(e, TYPE_CHAR) && form_is_type(other, TYPE_TEXT))
        return form_cast(s, type_shared(TYPE_TEXT), e);
    if (form_is_type(e, TYPE_VARCHAR) && form_is_type(other, TYPE_CHAR))
        return form_cast(s, form_literal_type(s, other->result), e);
    return form_typed(s, form_compared_type(other), e);
}

/* A pattern is a text, whatever it is compared with. */
static const struct expr *
as_pattern(const struct form *s, const struct expr *e)
{
    return form_is_type(e, TYPE_CHAR) ? form_cast(s, type_shared(TYPE_TEXT), e)
                                      : form_as_text(s, e);
}

/* There is no power of integers. */
static const struct expr *
as_power(const struct form *s, const struct expr *e, const struct expr *other)
{
    return form_is_whole(e) && !form_is_type(other, TYPE_DECIMAL)
               ? form_cast(s, type_shared(TYPE_DOUBLE), e)
               : as_number(s, e, other);
}

/* The two operands as the server casts them. */
static void
balance(const struct form *s, struct slice op, const struct expr **sides)
{
    const struct expr *left;
    const struct expr *right;

    if (sides[0] == NULL || sides[1] == NULL)
        return;
    if (is_arithmetic(op) || form_is_text_operator(op)) {
        sides[0] = form_as_base(s, sides[0]);
        sides[1] = form_as_base(s, sides[1]);
    }
    left = sides[0];
    right = sides[1];
    if (form_is_unknown(left) && form_is_unknown(right))
        return;
    if (is_blind_to_case(op) && are_citext(s, left, right)) {
        sides[0] = form_typed(s, form_compared_type(right), left);
        sides[1] = form_typed(s, form_compared_type(left), right);
    } else if (is_comparison(op) && is_char_beside(left, right)) {
        sides[0] = beside_char(s, left, right);
        sides[1] = beside_char(s, right, left);
    } else if (is_blind_to_case(op) && is_char_beside(left, right)) {
        sides[0] = form_as_text(s, left);
        sides[1] = as_pattern(s, right);
    } else if (are_moments(op, left, right)) {
        sides[0] = as_moment(s, left, right);
        sides[1] = as_moment(s, right, left);
    } else if (is_string_beside(op, left, right)) {
        sides[0] = form_typed(s, string_beside(op, right), left);
        sides[1] = form_typed(s, string_beside(op, left), right);
    } else if (scales_interval(op, left, right)) {
        sides[0] = as_factor(s, left);
        sides[1] = as_factor(s, right);
    } else if (form_is_text_operator(op) && is_texty(s, left) && is_texty(s, right)) {
        sides[0] = form_as_text(s, left);
        sides[1] = form_as_text(s, right);
    } else if (takes_key(s, op, left)) {
        sides[1] = form_as_text(s, right);
    } else if (takes_path(op, left)) {
        sides[1] = as_texts(s, right);
    } else if (slice_is(op, "^")) {
        sides[0] = as_power(s, left, right);
        sides[1] = as_power(s, right, left);
    } else if (is_of_one_type(op) && (form_is_unknown(left) || form_is_unknown(right))) {
        sides[0] = form_typed(s, form_compared_type(right), left);
        sides[1] = form_typed(s, form_compared_type(left), right);
    } else if (is_arithmetic(op)) {
        sides[0] = as_number(s, left, right);
        sides[1] = as_number(s, right, left);
    }
}

/* What resolving did not know, as of random(), may be known by now. */
static const struct type *
known_result(const struct form *s, const struct expr *e)
{
    if (slice_is(e->text, "->") && form_is_of(s, e->args[0], "hstore"))
        return type_shared(TYPE_TEXT);
    if (slice_is(e->text, "<->") && form_is_type(e->args[0], TYPE_TEXT)
        && form_is_type(e->args[1], TYPE_TEXT))
        return type_shared(TYPE_REAL); /* of pg_trgm */
    if (scales_interval(e->text, e->args[0], e->args[1])
        || (are_moments(e->text, e->args[0], e->args[1]) && moment_rank(e->args[0]) > 1))
        return type_shared(TYPE_INTERVAL);
    return e->result == NULL && is_arithmetic(e->text)
                   && form_is_type(e->args[0], TYPE_DOUBLE)
                   && form_is_type(e->args[1], TYPE_DOUBLE)
               ? type_shared(TYPE_DOUBLE)
               : e->result;
}

/* The server says where an operator of an extension is: OPERATOR(public.<>).  In another
 * schema it is not what the bare operator means, which the search path does not find. */
struct slice
form_operator(struct slice op)
{
    static const char prefix[] = "OPERATOR(public.";
    size_t len = sizeof prefix - 1;

    return slice_starts(op, prefix) ? slice_sub(op, len, op.len - 1) : op;
}

const struct expr *
form_operation(const struct form *s, const struct expr *from, struct slice op,
               const struct expr *left, const struct expr *right)
{
    struct expr *e;

    op = form_operator(op);
    e = expr_2(s->a, EXPR_BINARY, from->span, op, left, right);
    e->result = from->kind == EXPR_BINARY ? from->result : type_shared(TYPE_BOOLEAN);
    if (slice_is(op, "||")) {
        if (form_concat(s, e->args))
            e->result = type_shared(TYPE_TEXT);
        return e;
    }
    balance(s, op, e->args);
    e->result = known_result(s, e);
    return e;
}

static const struct expr *
pattern_call(const struct form *s, const char *name, const struct expr *pattern,
             const struct expr *escape)
{
    struct expr *c = expr_new(s->a, EXPR_CALL, pattern->span, slice_from(name),
                              escape == NULL ? CALL_ARGS + 1 : CALL_ARGS + 2);

    c->args[CALL_ARGS] = form_as_text(s, pattern);
    if (escape != NULL)
        c->args[CALL_ARGS + 1] = form_as_text(s, escape);
    c->result = type_shared(TYPE_TEXT);
    return c;
}

const struct expr *
form_like(const struct form *s, const struct expr *e)
{
    static const struct {
        const char *word;
        const char *op, *negated;
        const char *call; /* of the pattern where it has an escape */
        bool always;      /* or without one as well */
    } known[] = {
        { "like", "~~", "!~~", "like_escape", false },
        { "ilike", "~~*", "!~~*", "like_escape", false },
        { "similar", "~", "!~", "similar_to_escape", true },
    };
    const struct expr *escape = e->arg_count > 2 ? e->args[2] : NULL;

    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        const struct expr *pattern = e->args[1];

        if (!slice_is(e->text, known[i].word))
            continue;
        if (escape != NULL || known[i].always)
            pattern = pattern_call(s, known[i].call, pattern, escape);
        return form_operation(
            s, e, slice_from((e->flags & EXPR_NEGATED) ? known[i].negated : known[i].op),
            e->args[0], pattern);
    }
    return e;
}

static const struct expr *
within(const struct form *s, const struct expr *e, const struct expr *low,
       const struct expr *high, bool negated)
{
    struct expr *both = expr_2(
        s->a, negated ? EXPR_OR : EXPR_AND, e->span, SLICE_NONE,
        form_operation(s, e, negated ? SLICE("<") : SLICE(">="), e->args[0], low),
        form_operation(s, e, negated ? SLICE(">") : SLICE("<="), e->args[0], high));

    both->result = type_shared(TYPE_BOOLEAN);
    return both;
}

const struct expr *
form_between(const struct form *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    struct expr *either;

    if ((e->flags & EXPR_SYMMETRIC) == 0)
        return within(s, e, e->args[1], e->args[2], negated);
    either = expr_2(s->a, negated ? EXPR_AND : EXPR_OR, e->span, SLICE_NONE,
                    within(s, e, e->args[1], e->args[2], negated),
                    within(s, e, e->args[2], e->args[1], negated));
    either->result = type_shared(TYPE_BOOLEAN);
    return either;
}

/* IS NOT DISTINCT FROM is NOT of the other; both compare as = does. */
const struct expr *
form_distinct(const struct form *s, const struct expr *e)
{
    struct expr *d =
        expr_2(s->a, EXPR_IS_DISTINCT, e->span, SLICE_NONE, e->args[0], e->args[1]);
    struct expr * not ;

    d->result = type_shared(TYPE_BOOLEAN);
    balance(s, SLICE("="), d->args);
    if ((e->flags & EXPR_NEGATED) == 0)
        return d;
    not = expr_1(s->a, EXPR_NOT, e->span, SLICE_NONE, d);
    not ->result = d->result;
    return not ;
}

/* A string with a collation is a text. */
const struct expr *
form_collate(const struct form *s, const struct expr *e)
{
    struct expr *c;

    if (!form_is_unknown(e->args[0]))
        return e;
    c = expr_1(s->a, EXPR_COLLATE, e->span, e->text,
               form_cast(s, type_shared(TYPE_TEXT), e->args[0]));
    c->flags = e->flags;
    c->result = type_shared(TYPE_TEXT);
    return c;
}

const struct expr *
form_rows(const struct form *s, struct slice op, const struct expr *left,
          const struct expr *right)
{
    bool differs = slice_is(op, "<>");
    struct expr *all;

    if (left == NULL || right == NULL || left->kind != EXPR_ROW || right->kind != EXPR_ROW
        || left->arg_count != right->arg_count || left->arg_count < 2
        || (!differs && !slice_is(op, "=")))
        return NULL;
    all = expr_new(s->a, differs ? EXPR_OR : EXPR_AND, left->span, SLICE_NONE,
                   left->arg_count);
    for (size_t i = 0; i < left->arg_count; i++)
        all->args[i] = form_operation(s, left, op, left->args[i], right->args[i]);
    all->result = type_shared(TYPE_BOOLEAN);
    return all;
}
