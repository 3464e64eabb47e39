/*
 * What a syntax error says: what was found, what was expected where that is short, and a
 * hint where one is certain.  One statement gives one message.
 */
#include <string.h>

#include "grammar/parser.h"
#include "syntax/reader.h"

struct diag *
reader_error(struct reader *rd, enum diag_code code, struct span span, const char *format,
             ...)
{
    struct slice message;
    struct text t;
    va_list args;

    va_start(args, format);
    text_init(&t, rd->scratch);
    text_vaddf(&t, format, args);
    message = text_slice(&t);
    va_end(args);
    if (rd->failed) /* said already; this one goes nowhere */
        return ARENA_NEW(rd->scratch, struct diag);
    rd->failed = true;
    return diag_add(&rd->s->diags, code, span, "%.*s", SLICE_ARG(message));
}

void
reader_report_depth(struct reader *rd, struct span span)
{
    struct diag *d = reader_error(
        rd, D_TOO_DEEP, span, "this is nested more than %d levels deep", EXPR_DEPTH_MAX);

    diag_hint(&rd->s->diags, d, "join long alternatives with IN (…) or split the text");
}

/* ---- what was expected ---- */

/* Names of the grammar that mean "an expression begins here". */
static const char *const expression_names[] = {
    "a string",
    "a number",
    "a blob",
    "a bit string",
    "a parameter",
    "CASE",
    "CAST",
    "NULL",
    "TRUE",
    "FALSE",
    "ARRAY",
    "EXISTS",
    "'('",
    "'-'",
    "'+'",
    "'?'",
    "an operator",
    "a type",
    "NOT",
    "DEFAULT",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "LOCALTIME",
    "LOCALTIMESTAMP",
    "CURRENT_ROLE",
    "CURRENT_USER",
    "SESSION_USER",
    "CURRENT_CATALOG",
    "CURRENT_SCHEMA",
};

/* … and "the expression could go on". */
static const char *const operator_names[] = {
    "'+'",         "'-'",          "'*'",     "'/'",  "'%'",    "'^'",      "'<'",
    "'>'",         "'='",          "<=",      ">=",   "<>",     "'?'",      "::",
    "an operator", "AND",          "OR",      "IS",   "ISNULL", "NOTNULL",  "IN",
    "LIKE",        "ILIKE",        "SIMILAR", "GLOB", "REGEXP", "MATCH",    "BETWEEN",
    "COLLATE",     "AT TIME ZONE", "NOT",     "'['",  "'.'",    "OVERLAPS",
};

struct expected {
    struct slice *names; /* without what a general word stands for */
    size_t count;
    struct slice *keywords; /* every keyword, for "did you mean" */
    size_t keyword_count;
    bool name;
    bool expression;
    bool operator;
    bool comma;
};

static bool
is_one_of(struct slice s, const char *const *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(s, all[i]))
            return true;
    return false;
}

/* The blanks around renamed keywords keep their names apart; see sql.y. */
static struct slice
plain_name(const char *name)
{
    return slice_trim(slice_from(name));
}

static bool
is_keyword_name(struct slice name)
{
    return name.len > 1 && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
}

static void
note_general(struct expected *e, struct slice name)
{
    e->name = e->name || slice_is(name, "a name");
    e->expression = e->expression || slice_is(name, "a number");
    e->operator= e->operator|| slice_is(name, "'*'");
    e->comma = e->comma || slice_is(name, "','");
}

/* Does a general word (a name, an expression, …) stand for this one? */
static bool
is_covered(const struct expected *e, struct slice name)
{
    const struct keyword *k;

    if (slice_is(name, "other words") || slice_is(name, "a name")
        || slice_is(name, "the end of the statement"))
        return true;
    if (e->expression && is_one_of(name, expression_names, ARRAY_LEN(expression_names)))
        return true;
    if (e->operator&& is_one_of(name, operator_names, ARRAY_LEN(operator_names)))
        return true;
    k = is_keyword_name(name) && e->name ? keyword_find(name) : NULL;
    return k != NULL && k->category != KEYWORD_RESERVED;
}

static bool
is_listed(const struct slice *names, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal(names[i], name))
            return true;
    return false;
}

static struct expected
sort_expected(struct reader *rd, const char **names, size_t count)
{
    struct expected e = { .names = ARENA_ARRAY(rd->scratch, struct slice, count + 1),
                          .keywords = ARENA_ARRAY(rd->scratch, struct slice, count + 1) };

    for (size_t i = 0; i < count; i++)
        note_general(&e, plain_name(names[i]));
    for (size_t i = 0; i < count; i++) {
        struct slice name = plain_name(names[i]);

        if (is_keyword_name(name) && !is_listed(e.keywords, e.keyword_count, name))
            e.keywords[e.keyword_count++] = name;
        if (!is_covered(&e, name) && !is_listed(e.names, e.count, name))
            e.names[e.count++] = name;
    }
    if (e.expression)
        e.names[e.count++] = SLICE("an expression");
    else if (e.name)
        e.names[e.count++] = SLICE("a name");
    return e;
}

#define EXPECTED_SHOWN_MAX 5

/* ", expected A, B or C"; nothing when that would be long. */
static void
add_expected(struct text *out, const struct expected *e)
{
    if (e->count == 0 || e->count > EXPECTED_SHOWN_MAX)
        return;
    text_addz(out, ", expected ");
    for (size_t i = 0; i < e->count; i++)
        text_addf(out, "%s%.*s",
                  i == 0             ? ""
                  : i + 1 < e->count ? ", "
                                     : " or ",
                  SLICE_ARG(e->names[i]));
}

/* ---- what was found ---- */

#define FOUND_BYTES_MAX 40

static void
add_found(struct text *out, const struct reader *rd)
{
    struct slice text;

    if (rd->given.kind == T_END) {
        text_addz(out, "the statement ends too early");
        return;
    }
    text = token_text(rd->tokens, &rd->given);
    if (text.len <= FOUND_BYTES_MAX && text.ptr[0] == '"')
        text_addf(out, "unexpected %.*s", SLICE_ARG(text));
    else if (text.len <= FOUND_BYTES_MAX)
        text_addf(out, "unexpected \"%.*s\"", SLICE_ARG(text));
    else
        text_addz(out, "unexpected text");
}

/* ---- hints ---- */

static bool
is_word(int kind)
{
    return kind == T_IDENT || keyword_of_token(kind) != NULL;
}

#define MISSPELT_BYTES_MIN 3 /* any two letters are near to some keyword */

/* A misspelt keyword: the word itself, or the one before that was taken for a name. */
static struct slice
find_misspelt(const struct reader *rd, const struct token *t, const struct expected *e)
{
    struct slice text = token_text(rd->tokens, t);

    if (t->kind != T_IDENT || text.len < MISSPELT_BYTES_MIN)
        return SLICE_NONE;
    return diag_nearest(text, e->keywords, e->keyword_count);
}

static const struct token *
find_open_paren(const struct reader *rd)
{
    size_t depth = 0;

    for (size_t i = rd->at; i-- > rd->begin;) {
        const struct token *t = &rd->tokens->all.items[i];

        if (t->kind == ')')
            depth++;
        else if (t->kind == '(' && depth-- == 0)
            return t;
    }
    return NULL;
}

static void
hint_unclosed(struct reader *rd, struct diag *d)
{
    const struct token *open = find_open_paren(rd);

    if (open != NULL)
        diag_note(&rd->s->diags, d, token_span(rd->tokens, open),
                  "this parenthesis is not closed");
}

static bool
is_reserved(int kind)
{
    const struct keyword *k = keyword_of_token(kind);

    return k != NULL && k->category == KEYWORD_RESERVED;
}

static void
hint_word(struct reader *rd, struct diag *d, const struct expected *e)
{
    struct slice text = token_text(rd->tokens, &rd->given);
    struct slice near = find_misspelt(rd, &rd->given, e);
    const char *quote = text.ptr[0] == '"' ? "" : "\"";

    if (!slice_is_none(near))
        diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
    else if (e->comma && rd->given.first_on_line)
        diag_hint(&rd->s->diags, d, "is a comma missing before %s%.*s%s?", quote,
                  SLICE_ARG(text), quote);
    else if (is_reserved(rd->given.kind) && e->name)
        diag_hint(&rd->s->diags, d,
                  "\"%.*s\" is a keyword; as a name it needs double quotes",
                  SLICE_ARG(text));
    else if (rd->given.first_on_line && rd->depth == 0)
        diag_hint(&rd->s->diags, d, "is a semicolon missing before %s%.*s%s?", quote,
                  SLICE_ARG(text), quote);
}

/* A comma with nothing behind it is the mistake, not the parenthesis. */
static bool
report_trailing_comma(struct reader *rd)
{
    struct diag *d;

    if (rd->before.kind != ','
        || (rd->given.kind != ')' && rd->given.kind != ',' && rd->given.kind != T_END))
        return false;
    d = reader_error(rd, D_SYNTAX, token_span(rd->tokens, &rd->before),
                     "nothing follows this comma");
    diag_hint(&rd->s->diags, d, "remove the comma");
    return true;
}

void
reader_report_syntax(struct reader *rd, struct span span, const char **expected,
                     size_t count)
{
    struct expected e = sort_expected(rd, expected, count);
    struct text message;
    struct diag *d;

    if (rd->given.kind == T_BROKEN) {
        rd->failed = true; /* the lexer has reported it */
        return;
    }
    if (report_trailing_comma(rd))
        return;
    text_init(&message, rd->scratch);
    add_found(&message, rd);
    add_expected(&message, &e);
    d = reader_error(rd, D_SYNTAX, span, "%.*s", SLICE_ARG(text_slice(&message)));
    if (rd->given.kind == T_END)
        hint_unclosed(rd, d);
    else if (is_word(rd->given.kind))
        hint_word(rd, d, &e);
}
