/*
 * Printing calls: plain ones, those that SQL spells with words of their own (extract,
 * trim, …), aggregates and windows.
 */
#include "base/vec.h"
#include "expr/print.h"

/*
 * Reserved words that are called as functions without quotes; quoted, PostgreSQL would
 * look for a function of that name and find none (coalesce is no function).
 */
static bool
is_callable_word(struct slice name)
{
    static const char *const words[] = { "left", "right", "like",   "ilike", "overlaps",
                                         "glob", "match", "binary", "regexp" };

    return slice_is_one_of(name, words, ARRAY_LEN(words));
}

/* The schema of a function: one part, or a list of parts. */
static void
print_call_qualifier(struct sqlw *w, const struct expr *qualifier)
{
    if (qualifier == NULL)
        return;
    if (qualifier->kind == EXPR_LIST) {
        print_qualifiers(w, qualifier, 0);
        return;
    }
    sqlw_ident(w, qualifier->text);
    sqlw_dot(w);
}

static void
print_call_name(struct sqlw *w, const struct expr *e)
{
    print_call_qualifier(w, e->args[CALL_QUALIFIER]);
    if (is_callable_word(e->text))
        sqlw_raw(w, e->text);
    else
        sqlw_ident(w, e->text);
    print_open_tight(w);
}

static void
print_weak_in_parens(struct sqlw *w, const struct expr *e)
{
    if (precedence_is_weak(e))
        sqlw_expr_grouped(w, e);
    else
        sqlw_expr(w, e);
}

/* Argument number `arg` behind its word; nothing where it was left out. */
static void
print_worded_arg(struct sqlw *w, const struct expr *e, const char *word, size_t arg)
{
    size_t at = CALL_ARGS + arg;

    if (at >= e->arg_count || e->args[at] == NULL)
        return;
    if (word != NULL)
        sqlw_kw(w, word);
    print_weak_in_parens(w, e->args[at]);
}

static void
print_extract_args(struct sqlw *w, const struct expr *e)
{
    if (e->args[CALL_ARGS]->kind == EXPR_STRING)
        sqlw_ident(w, e->args[CALL_ARGS]->text);
    else
        sqlw_expr(w, e->args[CALL_ARGS]);
    print_worded_arg(w, e, "FROM", 1);
}

static void
print_position_args(struct sqlw *w, const struct expr *e)
{
    print_worded_arg(w, e, NULL, 0);
    print_worded_arg(w, e, "IN", 1);
}

static void
print_substring_args(struct sqlw *w, const struct expr *e)
{
    print_worded_arg(w, e, NULL, 0);
    print_worded_arg(w, e, "FROM", 1);
    print_worded_arg(w, e, "FOR", 2);
}

static void
print_overlay_args(struct sqlw *w, const struct expr *e)
{
    print_worded_arg(w, e, NULL, 0);
    print_worded_arg(w, e, "PLACING", 1);
    print_worded_arg(w, e, "FROM", 2);
    print_worded_arg(w, e, "FOR", 3);
}

/* trim(x, chars) → trim(BOTH chars FROM x); trim(x) → trim(BOTH FROM x) */
static void
print_trim_args(struct sqlw *w, const struct expr *e)
{
    const char *side = slice_is(e->text, "ltrim")   ? "LEADING"
                       : slice_is(e->text, "rtrim") ? "TRAILING"
                                                    : "BOTH";

    sqlw_kw(w, side);
    print_worded_arg(w, e, NULL, 1);
    print_worded_arg(w, e, "FROM", 0);
}

struct special_form {
    const char *name;    /* the call as the tree has it */
    const char *printed; /* the word before the parenthesis */
    void (*print_args)(struct sqlw *w, const struct expr *e);
};

static const struct special_form special_forms[] = {
    { "extract", "extract", print_extract_args },
    { "position", "position", print_position_args },
    { "substring", "substring", print_substring_args },
    { "overlay", "overlay", print_overlay_args },
    { "trim", "trim", print_trim_args },
    { "btrim", "trim", print_trim_args },
    { "ltrim", "trim", print_trim_args },
    { "rtrim", "trim", print_trim_args },
};

static const struct special_form *
find_special_form(const struct expr *e)
{
    if (!(e->flags & EXPR_SPECIAL))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(special_forms); i++)
        if (slice_is(e->text, special_forms[i].name))
            return &special_forms[i];
    return NULL;
}

static void
print_call_args(struct sqlw *w, const struct expr *e)
{
    if (e->flags & EXPR_DISTINCT)
        sqlw_kw(w, "DISTINCT");
    if (e->flags & EXPR_CALL_STAR)
        sqlw_kw(w, "*");
    for (size_t i = CALL_ARGS; i < e->arg_count; i++) {
        if (i > CALL_ARGS)
            sqlw_comma(w);
        if ((e->flags & EXPR_VARIADIC) && i + 1 == e->arg_count)
            sqlw_kw(w, "VARIADIC");
        sqlw_expr(w, e->args[i]);
    }
    if (e->args[CALL_ORDER] != NULL && !(e->flags & EXPR_WITHIN_GROUP)) {
        sqlw_kw(w, "ORDER BY");
        print_args(w, e->args[CALL_ORDER], 0);
    }
}

static void
print_within_group(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "WITHIN GROUP");
    sqlw_open(w);
    sqlw_kw(w, "ORDER BY");
    print_args(w, e->args[CALL_ORDER], 0);
    sqlw_close(w);
}

static void
print_over(struct sqlw *w, const struct expr *window)
{
    sqlw_kw(w, "OVER");
    if (window->flags & EXPR_NAME_ONLY) {
        sqlw_ident(w, window->text);
        return;
    }
    sqlw_open(w);
    print_window_body(w, window, true);
    sqlw_close(w);
}

static bool
is_overlaps(const struct expr *e)
{
    return (e->flags & EXPR_SPECIAL) && slice_is(e->text, "overlaps")
           && e->arg_count == CALL_ARGS + 4;
}

/* In parentheses, because the words stand between its arguments. */
static void
print_overlaps(struct sqlw *w, const struct expr *e)
{
    sqlw_open(w);
    for (size_t i = 0; i < 4; i++) {
        if (i % 2 == 0)
            sqlw_open(w);
        sqlw_expr(w, e->args[CALL_ARGS + i]);
        if (i % 2 == 0)
            sqlw_comma(w);
        else
            sqlw_close(w);
        if (i == 1)
            sqlw_kw(w, "OVERLAPS");
    }
    sqlw_close(w);
}

void
print_call(struct sqlw *w, const struct expr *e)
{
    const struct special_form *form = find_special_form(e);

    if (is_overlaps(e)) {
        print_overlaps(w, e);
        return;
    }
    if (form != NULL) {
        sqlw_kw(w, form->printed);
        print_open_tight(w);
        form->print_args(w, e);
    } else {
        print_call_name(w, e);
        print_call_args(w, e);
    }
    sqlw_close(w);
    if (e->flags & EXPR_WITHIN_GROUP)
        print_within_group(w, e);
    if (e->args[CALL_FILTER] != NULL) {
        sqlw_kw(w, "FILTER");
        sqlw_open(w);
        sqlw_kw(w, "WHERE");
        sqlw_expr(w, e->args[CALL_FILTER]);
        sqlw_close(w);
    }
    if (e->args[CALL_OVER] != NULL)
        print_over(w, e->args[CALL_OVER]);
}

void
print_call_keyword(struct sqlw *w, const struct expr *e)
{
    print_upper(w, e->text);
    if (e->arg_count > 0 && e->args[0] != NULL) {
        w->need_blank = false;
        sqlw_expr_parens(w, e->args[0]);
    }
}

void
print_named_argument(struct sqlw *w, const struct expr *e)
{
    sqlw_ident(w, e->text);
    sqlw_kw(w, "=>");
    sqlw_expr(w, e->args[0]);
}

/* Commas and parentheses stand as in any other list. */
void
print_words(struct sqlw *w, const struct expr *e)
{
    if (slice_is(e->text, ","))
        sqlw_comma(w);
    else if (slice_is(e->text, "("))
        sqlw_open(w);
    else if (slice_is(e->text, ")"))
        sqlw_close(w);
    else
        print_upper(w, e->text);
    if (e->type != NULL)
        sqlw_type(w, e->type);
}

/* A form with a name has parentheses: XMLELEMENT(NAME a, b), COLLATION FOR (c). */
void
print_form(struct sqlw *w, const struct expr *e)
{
    bool call = e->text.len > 0;

    if (call) {
        print_upper(w, e->text);
        print_open_tight(w);
    }
    for (size_t i = 0; i < e->arg_count; i++)
        print_weak_in_parens(w, e->args[i]);
    if (call)
        sqlw_close(w);
}

void
print_window(struct sqlw *w, const struct expr *e)
{
    print_window_body(w, e, true);
}

static struct slice
next_word(struct slice *words)
{
    size_t len = 0;
    struct slice word;

    while (len < words->len && words->ptr[len] != ' ')
        len++;
    word = slice_sub(*words, 0, len);
    *words = slice_sub(*words, len + 1, words->len);
    return word;
}

/*
 * "rows between preceding and following" with its two expressions → ROWS BETWEEN 1
 * PRECEDING AND 1 FOLLOWING.  A bound that is not UNBOUNDED has its expression.
 */
void
print_frame(struct sqlw *w, const struct expr *e)
{
    struct slice rest = e->text;
    struct slice before = SLICE("");
    size_t bound = 0;

    while (rest.len > 0) {
        struct slice word = next_word(&rest);
        bool offset = (slice_is(word, "preceding") || slice_is(word, "following"))
                      && !slice_is(before, "unbounded");

        if (slice_is(word, "and"))
            bound = 1;
        if (offset && bound < e->arg_count && e->args[bound] != NULL)
            sqlw_expr(w, e->args[bound]);
        print_upper(w, word);
        before = word;
    }
}

static void
print_window_clause(struct sqlw *w, const char *words, const struct expr *list)
{
    if (list == NULL)
        return;
    sqlw_kw(w, words);
    print_args(w, list, 0);
}

void
print_window_body(struct sqlw *w, const struct expr *window, bool with_base)
{
    if (with_base && window->text.len > 0)
        sqlw_ident(w, window->text);
    print_window_clause(w, "PARTITION BY", window->args[0]);
    print_window_clause(w, "ORDER BY", window->args[1]);
    if (window->args[2] != NULL)
        sqlw_expr(w, window->args[2]);
}
