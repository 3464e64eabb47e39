/*
 * What a syntax error says: what was found, what was expected where that is short, and a
 * hint where one is certain.  One statement gives one message.
 */
#include <string.h>

#include "grammar/parser.h"
#include "syntax/reader.h"
#include "syntax/remark.h"

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
    "ALL",
    "ANY",
    "SOME",
    "DISTINCT",
    "VARIADIC",
};

/* … and "the expression could go on". */
static const char *const operator_names[] = {
    "'+'",
    "'-'",
    "'*'",
    "'/'",
    "'%'",
    "'^'",
    "'<'",
    "'>'",
    "'='",
    "<=",
    ">=",
    "<>",
    "'?'",
    "::",
    "an operator",
    "AND",
    "OR",
    "IS",
    "ISNULL",
    "NOTNULL",
    "IN",
    "LIKE",
    "ILIKE",
    "SIMILAR",
    "GLOB",
    "REGEXP",
    "MATCH",
    "BETWEEN",
    "COLLATE",
    "AT TIME ZONE",
    "NOT",
    "'['",
    "'.'",
    "OVERLAPS",
    "a string",
    "WITH TIME ZONE",
    "WITHOUT TIME ZONE",
    "'('",
    "OVER",
    "FILTER",
    "WITHIN",
};

/* Never worth a word: a name has them said, or they could go on anywhere. */
static const char *const silent_names[] = {
    "a name",      "a name ",
    "a name  ",    "a name   ",
    "a name    ",  "a unit",
    "fields",      "INTERVAL",
    "TABLESAMPLE", "REPEATABLE",
    "NESTED",      "INDEXED BY",
    "DROP ",       "RENAME INDEX",
    "MODIFY",      "CHANGE",
    "FULLTEXT",    "RENAME TABLE",
    "KEY  ",       "RENAME ",
    "INVISIBLE",   "NOT INDEXED",
    "NOT NULL",    "ON DUPLICATE KEY UPDATE",
    "SET ",        "UPDATE ",
    "UPDATE  ",    "VALUES ",
    "WHEN ",       "SEARCH",
    "MERGE",       "other words",
    "'*'",         "the end of the statement",
    "'.'",         "'['",
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
    e->operator= e->operator|| slice_is(name, "'%'");
    e->comma = e->comma || slice_is(name, "','");
}

/* Does a general word (a name, an expression, …) stand for this one? */
static bool
is_covered(const struct expected *e, struct slice name)
{
    const struct keyword *k;

    if (is_one_of(name, silent_names, ARRAY_LEN(silent_names)))
        return true;
    if (e->name && slice_is(name, "a string"))
        return true; /* SQLite's 'name' */
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
        text_addz(out, rd->stmt == NULL ? "this ends too early"
                                        : "the statement ends too early");
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

static bool
may_be_misspelt(const struct reader *rd, const struct token *t)
{
    const struct keyword *k = keyword_of_token(t->kind);

    return (t->kind == T_IDENT || (k != NULL && k->category != KEYWORD_RESERVED))
           && t->end - t->begin >= MISSPELT_BYTES_MIN
           && rd->tokens->text.ptr[t->begin] != '"';
}

static struct slice
find_misspelt(const struct reader *rd, const struct expected *e)
{
    if (!may_be_misspelt(rd, &rd->given))
        return SLICE_NONE;
    return diag_nearest(token_text(rd->tokens, &rd->given), e->keywords,
                        e->keyword_count);
}

/*
 * A misspelt keyword may have been taken for an alias or a name, so that the grammar
 * stumbled over what follows: FROM t WEHRE a = 1, ADD COLUM a int.
 */
static const struct slice swallowed_words[] = {
    { "FROM", 4 },  { "WHERE", 5 }, { "GROUP", 5 }, { "ORDER", 5 }, { "HAVING", 6 },
    { "LIMIT", 5 }, { "JOIN", 4 },  { "INNER", 5 }, { "UNION", 5 }, { "USING", 5 },
};
static const struct slice swallowed_by_alter[] = { { "COLUMN", 6 } };

static struct slice
nearest_swallowed(const struct reader *rd, const struct token *t)
{
    struct slice text = token_text(rd->tokens, t);

    if (rd->mode == READ_ALTER_TABLE)
        return diag_nearest(text, swallowed_by_alter, ARRAY_LEN(swallowed_by_alter));
    if (rd->mode == READ_PLAIN)
        return diag_nearest(text, swallowed_words, ARRAY_LEN(swallowed_words));
    return SLICE_NONE;
}

static const struct token *
find_swallowed(const struct reader *rd, struct slice *meant)
{
    for (size_t back = 2; back <= 3 && rd->begin + back <= rd->at; back++) {
        const struct token *t = &rd->tokens->all.items[rd->at - back];

        if (t->kind != T_IDENT || !may_be_misspelt(rd, t))
            continue;
        *meant = nearest_swallowed(rd, t);
        if (!slice_is_none(*meant))
            return t;
    }
    return NULL;
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

/* Keywords that people want as names of columns and tables. */
static const char *const tempting_names[] = {
    "order", "group",  "table",  "column", "default",    "end",  "limit",
    "desc",  "offset", "window", "check",  "references", "user", "primary",
};

static bool
wants_quotes(const struct reader *rd, const struct expected *e)
{
    const struct keyword *k = keyword_of_token(rd->given.kind);

    if (k == NULL || k->category != KEYWORD_RESERVED || !e->name)
        return false;
    return !e->expression
           || is_one_of(slice_from(k->word), tempting_names, ARRAY_LEN(tempting_names));
}

static bool
begins_statement(int kind)
{
    return kind == T_CREATE || kind == T_ALTER || kind == T_DROP || kind == T_INSERT
           || kind == T_UPDATE || kind == T_DELETE || kind == T_SELECT
           || kind == T_COMMENT;
}

/* 'O'Brien': the text has ended before the word that goes on with it. */
static bool
hint_stray_quote(struct reader *rd, struct diag *d)
{
    struct slice text = token_text(rd->tokens, &rd->before);

    if (rd->before.kind != T_SCONST || rd->before.end != rd->given.begin
        || !is_word(rd->given.kind) || memchr(text.ptr, '\n', text.len) != NULL)
        return false;
    diag_hint(&rd->s->diags, d, "a quote inside a text is written twice: %.*s'%.*s",
              SLICE_ARG(text), SLICE_ARG(token_text(rd->tokens, &rd->given)));
    return true;
}

/* CREATE TABLE IF NOT EXIST t: IF was taken for the name of the table. */
static bool
hint_if_exists(struct reader *rd, struct diag *d)
{
    struct slice before = token_text(rd->tokens, &rd->before);

    if (!slice_is_fold(before, "if")
        || (rd->given.kind != T_NOT && rd->given.kind != T_EXISTS))
        return false;
    diag_hint(&rd->s->diags, d, "did you mean IF %sEXISTS?",
              rd->given.kind == T_NOT ? "NOT " : "");
    return true;
}

/* ENUM (red, green) */
static bool
hint_label(struct reader *rd, struct diag *d, const struct expected *e)
{
    if (!is_listed(e->names, e->count, SLICE("a string")) || e->expression || e->name
        || rd->given.kind != T_IDENT)
        return false;
    diag_hint(&rd->s->diags, d, "a text is written in single quotes: '%.*s'",
              SLICE_ARG(token_text(rd->tokens, &rd->given)));
    return true;
}

/* @from a @back b: the second is taken for an operator or a parameter of the first. */
static bool
hint_annotation(struct reader *rd, struct diag *d)
{
    struct slice text = token_text(rd->tokens, &rd->given);

    if (text.len < 2 || text.ptr[0] != '@'
        || !annotation_is_word(slice_sub(text, 1, text.len)))
        return false;
    diag_hint(&rd->s->diags, d, "%.*s is a comment of its own: put it on another line",
              SLICE_ARG(text));
    return true;
}

static void
hint_word(struct reader *rd, struct diag *d, const struct expected *e)
{
    struct slice text = token_text(rd->tokens, &rd->given);
    struct slice near = find_misspelt(rd, e);
    const char *quote = text.ptr[0] == '"' ? "" : "\"";

    if (hint_stray_quote(rd, d) || hint_if_exists(rd, d))
        return;
    if (!slice_is_none(near))
        diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
    else if (hint_label(rd, d, e))
        return;
    else if (rd->given.first_on_line && rd->depth == 0
             && begins_statement(rd->given.kind))
        diag_hint(&rd->s->diags, d, "is a semicolon missing before it?");
    else if (e->comma && rd->given.first_on_line)
        diag_hint(&rd->s->diags, d, "is a comma missing before %s%.*s%s?", quote,
                  SLICE_ARG(text), quote);
    else if (wants_quotes(rd, e))
        diag_hint(&rd->s->diags, d,
                  "\"%.*s\" is a keyword; as a name it needs double quotes",
                  SLICE_ARG(text));
}

/* a < b < c: comparisons have no order among themselves. */
static bool
is_comparison(int kind)
{
    return kind == '=' || kind == '<' || kind == '>' || kind == T_LESS_EQUALS
           || kind == T_GREATER_EQUALS || kind == T_NOT_EQUALS;
}

static bool
ends_list(int kind)
{
    return kind == ')' || kind == ',' || kind == T_END || kind == T_FROM
           || kind == T_WHERE || kind == T_GROUP || kind == T_ORDER || kind == T_HAVING;
}

/* A comma with nothing behind it is the mistake, not the parenthesis. */
static bool
report_trailing_comma(struct reader *rd)
{
    struct diag *d;

    if (rd->before.kind != ',' || !ends_list(rd->given.kind))
        return false;
    d = reader_error(rd, D_SYNTAX, token_span(rd->tokens, &rd->before),
                     "nothing follows this comma");
    diag_hint(&rd->s->diags, d, "remove the comma");
    return true;
}

static bool
report_swallowed(struct reader *rd, const struct expected *e)
{
    struct slice meant;
    const struct token *t;
    struct diag *d;

    if (rd->given.kind == T_END || !slice_is_none(find_misspelt(rd, e)))
        return false;
    t = find_swallowed(rd, &meant);
    if (t == NULL)
        return false;
    d = reader_error(rd, D_SYNTAX, token_span(rd->tokens, t), "unexpected \"%.*s\"",
                     SLICE_ARG(token_text(rd->tokens, t)));
    diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(meant));
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
    if (report_trailing_comma(rd) || report_swallowed(rd, &e))
        return;
    text_init(&message, rd->scratch);
    add_found(&message, rd);
    add_expected(&message, &e);
    d = reader_error(rd, D_SYNTAX, span, "%.*s", SLICE_ARG(text_slice(&message)));
    if (rd->given.kind == T_END)
        hint_unclosed(rd, d);
    else if (hint_annotation(rd, d))
        return;
    else if (is_word(rd->given.kind))
        hint_word(rd, d, &e);
    else if (is_comparison(rd->given.kind) && e.operator)
        diag_hint(&rd->s->diags, d, "comparisons cannot be chained: use AND");
}
