/*
 * The way back and up again: what @back makes of each value that a column may hold, and
 * what @from makes of that.  Only what can be said without a database is followed: texts,
 * CASE, comparisons and some functions of text; anything else ends the question.
 */
#include "lint/rule.h"

enum answer_kind {
    ANSWER_UNKNOWN,
    ANSWER_NULL,
    ANSWER_TEXT, /* text */
    ANSWER_FALSE,
    ANSWER_TRUE,
};

struct answer {
    enum answer_kind kind;
    struct slice text;
};

/* What the column is called on either side, and what it holds. */
struct question {
    struct arena *a;
    const struct column *column;
    struct slice value;
};

#define ANSWER(k) ((struct answer){ .kind = (k) })

static struct answer ask_value(const struct question *q, const struct expr *e);

static struct answer
text_answer(struct slice text)
{
    return (struct answer){ .kind = ANSWER_TEXT, .text = text };
}

static struct answer
truth(bool is_true)
{
    return ANSWER(is_true ? ANSWER_TRUE : ANSWER_FALSE);
}

/* ---- functions of text ---- */

static struct answer
fold(const struct question *q, struct slice text, char first, char last)
{
    char *out = ARENA_ARRAY(q->a, char, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if ((unsigned char)c >= 0x80)
            return ANSWER(ANSWER_UNKNOWN); /* the engines do not agree on it */
        out[i] = (char)(c >= first && c <= last ? c ^ 0x20 : c);
    }
    return text_answer((struct slice){ out, text.len });
}

static struct answer
replace(const struct question *q, struct slice text, struct slice from, struct slice to)
{
    struct text out;

    text_init(&out, q->a);
    for (size_t i = 0; i < text.len;) {
        if (from.len > 0 && slice_equal(slice_sub(text, i, i + from.len), from)) {
            text_add(&out, to);
            i += from.len;
        } else {
            text_addc(&out, text.ptr[i++]);
        }
    }
    return text_answer(text_slice(&out));
}

static struct answer
first_given(const struct question *q, const struct expr *call)
{
    for (uint32_t i = CALL_ARGS; i < call->arg_count; i++) {
        struct answer x = ask_value(q, call->args[i]);

        if (x.kind != ANSWER_NULL)
            return x;
    }
    return ANSWER(ANSWER_NULL);
}

#define CALL_ARGS_MAX 3

static struct answer
ask_call(const struct question *q, const struct expr *call)
{
    uint32_t count = call->arg_count - CALL_ARGS;
    struct answer x[CALL_ARGS_MAX];

    if (slice_is_fold(call->text, "coalesce"))
        return first_given(q, call);
    if (count == 0 || count > CALL_ARGS_MAX)
        return ANSWER(ANSWER_UNKNOWN);
    for (uint32_t i = 0; i < count; i++) {
        x[i] = ask_value(q, call->args[CALL_ARGS + i]);
        if (x[i].kind != ANSWER_TEXT)
            return ANSWER(ANSWER_UNKNOWN);
    }
    if (slice_is_fold(call->text, "lower") && count == 1)
        return fold(q, x[0].text, 'A', 'Z');
    if (slice_is_fold(call->text, "upper") && count == 1)
        return fold(q, x[0].text, 'a', 'z');
    if (slice_is_fold(call->text, "replace") && count == 3)
        return replace(q, x[0].text, x[1].text, x[2].text);
    return ANSWER(ANSWER_UNKNOWN);
}

/* ---- comparisons ---- */

static struct answer
compare(struct answer a, struct answer b)
{
    if (a.kind == ANSWER_UNKNOWN || b.kind == ANSWER_UNKNOWN)
        return ANSWER(ANSWER_UNKNOWN);
    if (a.kind == ANSWER_NULL || b.kind == ANSWER_NULL)
        return ANSWER(ANSWER_NULL);
    if (a.kind != ANSWER_TEXT || b.kind != ANSWER_TEXT)
        return ANSWER(ANSWER_UNKNOWN);
    return truth(slice_equal(a.text, b.text));
}

static struct answer
negate(struct answer a)
{
    if (a.kind == ANSWER_TRUE || a.kind == ANSWER_FALSE)
        return truth(a.kind == ANSWER_FALSE);
    return a.kind == ANSWER_NULL ? a : ANSWER(ANSWER_UNKNOWN);
}

static struct answer
ask_binary(const struct question *q, const struct expr *e)
{
    struct answer a = ask_value(q, e->args[0]);
    struct answer b = ask_value(q, e->args[1]);

    if (slice_is(e->text, "="))
        return compare(a, b);
    if (slice_is(e->text, "<>"))
        return negate(compare(a, b));
    if (!slice_is(e->text, "||") || a.kind != ANSWER_TEXT || b.kind != ANSWER_TEXT)
        return ANSWER(ANSWER_UNKNOWN);
    return text_answer(
        slice_format(q->a, "%.*s%.*s", SLICE_ARG(a.text), SLICE_ARG(b.text)));
}

/* AND and OR: what decides, decides; else all must be known. */
static struct answer
ask_several(const struct question *q, const struct expr *e, enum answer_kind decides)
{
    bool knows_all = true;

    for (uint32_t i = 0; i < e->arg_count; i++) {
        struct answer x = ask_value(q, e->args[i]);

        if (x.kind == decides)
            return x;
        knows_all = knows_all && (x.kind == ANSWER_TRUE || x.kind == ANSWER_FALSE);
    }
    if (!knows_all)
        return ANSWER(ANSWER_UNKNOWN);
    return truth(decides == ANSWER_FALSE);
}

static struct answer
ask_in(const struct question *q, const struct expr *e)
{
    struct answer x = ask_value(q, e->args[0]);
    struct answer found = truth(false);

    if (e->args[1]->kind != EXPR_LIST)
        return ANSWER(ANSWER_UNKNOWN);
    for (uint32_t i = 0; i < e->args[1]->arg_count; i++) {
        struct answer same = compare(x, ask_value(q, e->args[1]->args[i]));

        if (same.kind != ANSWER_TRUE && same.kind != ANSWER_FALSE)
            return same;
        if (same.kind == ANSWER_TRUE)
            found = same;
    }
    return (e->flags & EXPR_NEGATED) != 0 ? negate(found) : found;
}

static struct answer
ask_case(const struct question *q, const struct expr *e)
{
    const struct expr *operand = e->args[0];

    for (uint32_t i = 2; i + 1 < e->arg_count; i += 2) {
        struct answer when = ask_value(q, e->args[i]);

        if (operand != NULL)
            when = compare(ask_value(q, operand), when);
        if (when.kind == ANSWER_TRUE)
            return ask_value(q, e->args[i + 1]);
        if (when.kind != ANSWER_FALSE && when.kind != ANSWER_NULL)
            return ANSWER(ANSWER_UNKNOWN);
    }
    return e->args[1] == NULL ? ANSWER(ANSWER_NULL) : ask_value(q, e->args[1]);
}

/* ---- values ---- */

static bool
is_column(const struct question *q, struct slice name)
{
    return slice_equal(name, q->column->name)
           || (!slice_is_none(q->column->was) && slice_equal(name, q->column->was));
}

/* Between a text and an enum the characters stay. */
static struct answer
ask_cast(const struct question *q, const struct expr *e)
{
    if (e->type == NULL || e->type->dimensions > 0
        || (e->type->kind != TYPE_TEXT && e->type->kind != TYPE_NAMED
            && (e->type->kind != TYPE_VARCHAR || e->type->arg_count > 0)))
        return ANSWER(ANSWER_UNKNOWN);
    return ask_value(q, e->args[0]);
}

/* The rest is for a database to say. */
static struct answer
ask_value(const struct question *q, const struct expr *e)
{
    if (e->kind == EXPR_STRING)
        return text_answer(e->text);
    if (e->kind == EXPR_NULL)
        return ANSWER(ANSWER_NULL);
    if (e->kind == EXPR_BOOL)
        return truth(slice_is(e->text, "true"));
    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        return is_column(q, e->text) ? text_answer(q->value) : ANSWER(ANSWER_UNKNOWN);
    if (e->kind == EXPR_CAST)
        return ask_cast(q, e);
    if (e->kind == EXPR_CALL)
        return ask_call(q, e);
    if (e->kind == EXPR_BINARY)
        return ask_binary(q, e);
    if (e->kind == EXPR_AND)
        return ask_several(q, e, ANSWER_FALSE);
    if (e->kind == EXPR_OR)
        return ask_several(q, e, ANSWER_TRUE);
    if (e->kind == EXPR_NOT)
        return negate(ask_value(q, e->args[0]));
    if (e->kind == EXPR_IN)
        return ask_in(q, e);
    return e->kind == EXPR_CASE ? ask_case(q, e) : ANSWER(ANSWER_UNKNOWN);
}

/* ---- the rule ---- */

static struct answer
ask_of(struct lint *l, const struct column *c, const struct expr *e, struct slice value)
{
    const struct question q = { .a = l->a, .column = c, .value = value };

    return ask_value(&q, e);
}

/* Several values that have one word between them: that one of them returns is known. */
static bool
is_shared(struct lint *l, const struct column *c, const struct slices *labels,
          size_t own, struct slice word)
{
    VEC_EACH (i, &labels->all) {
        struct answer back;

        if (i == own)
            continue;
        back = ask_of(l, c, c->back, labels->all.items[i]);
        if (back.kind != ANSWER_TEXT || slice_equal(back.text, word))
            return true;
    }
    return false;
}

static void
check_return(struct lint *l, const struct column *c, const struct slices *labels,
             size_t at)
{
    struct slice label = labels->all.items[at];
    struct answer back = ask_of(l, c, c->back, label);
    struct answer up;
    struct diag *d;

    if (back.kind != ANSWER_TEXT)
        return;
    up = ask_of(l, c, c->from, back.text);
    if (up.kind != ANSWER_TEXT || slice_equal(up.text, label)
        || is_shared(l, c, labels, at, back.text))
        return;
    d = lint_found(l, c->span,
                   "'%.*s' goes back as '%.*s', and @from makes '%.*s' of that",
                   SLICE_ARG(label), SLICE_ARG(back.text), SLICE_ARG(up.text));
    lint_hint(l, d, "a WHEN for it in @from, or a word in @back that @from knows");
}

/* Labels are few: each is asked with each other. */
void
rule_back_not_known_again(struct lint *l, const struct table *t, const struct column *c)
{
    const struct value_list *values;

    if (c->from == NULL || c->back == NULL)
        return;
    values = lint_values(l, t, c);
    for (size_t i = 0; values != NULL && i < values->labels.all.count; i++)
        check_return(l, c, &values->labels, i);
}
