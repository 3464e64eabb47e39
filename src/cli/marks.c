/*
 * Both tools read their files line by line: a mark is a line that begins with "--",
 * wherever it stands.  What goose calls a statement (StatementBegin … StatementEnd) needs
 * no help here, as bodies are understood; but a mark that has no partner is a mistake.
 */
#include "cli/marks.h"

#include <string.h>

enum mark_kind {
    MARK_NONE,
    MARK_UP,
    MARK_DOWN,
    MARK_BEGIN,
    MARK_END,
    MARK_ENV_ON,
    MARK_ENV_OFF,
    MARK_OPTION, /* says how to run it: nothing for a schema */
};

struct mark_word {
    enum migration_tool tool;
    const char *words;
    enum mark_kind kind;
};

static const struct mark_word mark_words[] = {
    { TOOL_DBMATE, "migrate:up", MARK_UP },
    { TOOL_DBMATE, "migrate:down", MARK_DOWN },
    { TOOL_GOOSE, "+goose up", MARK_UP },
    { TOOL_GOOSE, "+goose down", MARK_DOWN },
    { TOOL_GOOSE, "+goose statementbegin", MARK_BEGIN },
    { TOOL_GOOSE, "+goose statementend", MARK_END },
    { TOOL_GOOSE, "+goose no transaction", MARK_OPTION },
    { TOOL_GOOSE, "+goose envsub on", MARK_ENV_ON },
    { TOOL_GOOSE, "+goose envsub off", MARK_ENV_OFF },
};

/* How the hints write the marks of each tool. */
static const struct mark_spelling {
    const char *up;
    const char *down;
} spellings[TOOL_COUNT] = {
    [TOOL_DBMATE] = { "-- migrate:up", "-- migrate:down" },
    [TOOL_GOOSE] = { "-- +goose Up", "-- +goose Down" },
};

enum direction {
    BEFORE_UP,
    GOING_UP,
    GOING_DOWN,
};

struct marks {
    struct session *s;
    enum migration_tool tool;
    uint32_t source;
    struct slice text;
    enum direction direction;
    struct span statement;   /* StatementBegin that is open; SPAN_NONE */
    struct span up;          /* the mark; SPAN_NONE before it */
    struct span environment; /* ENVSUB ON that is in force; SPAN_NONE */
    bool is_wrong;
};

/* ---- lines ---- */

/* The line at `at` without its end; *next is where the one behind it begins. */
static struct slice
line_at(struct slice text, size_t at, size_t *next)
{
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    size_t stop = end == NULL ? text.len : (size_t)(end - text.ptr);

    *next = end == NULL ? text.len : stop + 1;
    return slice_sub(text, at, stop);
}

/* "--  +goose Up " is "+goose Up"; none for a line that is no comment. */
static struct slice
comment_of(struct slice line)
{
    if (!slice_starts(line, "--"))
        return SLICE_NONE;
    return slice_trim(slice_sub(line, 2, line.len));
}

/* dbmate's options stand behind the mark: "migrate:up transaction:false". */
static bool
is_mark(const struct mark_word *m, struct slice comment)
{
    size_t len = strlen(m->words);
    struct slice rest;

    if (comment.len < len || !slice_is_fold(slice_sub(comment, 0, len), m->words))
        return false;
    rest = slice_sub(comment, len, comment.len);
    if (m->tool == TOOL_GOOSE)
        return rest.len == 0;
    return rest.len == 0 || rest.ptr[0] == ' ' || rest.ptr[0] == '\t';
}

static const struct mark_word *
find_mark(struct slice line)
{
    struct slice comment = comment_of(line);

    for (size_t i = 0; !slice_is_none(comment) && i < ARRAY_LEN(mark_words); i++)
        if (is_mark(&mark_words[i], comment))
            return &mark_words[i];
    return NULL;
}

/* Where the text begins behind a byte order mark. */
static size_t
text_begin(struct slice text)
{
    return slice_starts(text, "\xEF\xBB\xBF") ? 3 : 0;
}

enum migration_tool
marks_find_tool(struct slice text)
{
    size_t at = text_begin(text);

    while (at < text.len) {
        const struct mark_word *m = find_mark(line_at(text, at, &at));

        if (m != NULL)
            return m->tool;
    }
    return TOOL_NONE;
}

/* ---- one mark after the other ---- */

static struct span
line_span(const struct marks *m, struct slice line)
{
    uint32_t begin = (uint32_t)(line.ptr - m->text.ptr);

    if (slice_ends(line, "\r"))
        line.len--;
    return (struct span){ m->source, begin, begin + (uint32_t)line.len };
}

/* The first mistake of a file is the one that is told: the others may follow from it. */
static struct diag *
wrong(struct marks *m, struct span span, const char *message)
{
    struct diag *d;

    if (m->is_wrong)
        return NULL;
    m->is_wrong = true;
    d = diag_add(&m->s->diags, D_MIGRATION_MARK, span, "%s", message);
    return d;
}

static void
open_statement_is_wrong(struct marks *m)
{
    struct diag *d;

    if (m->statement.source == 0)
        return;
    d = wrong(m, m->statement, "this statement does not end");
    if (d != NULL)
        diag_hint(&m->s->diags, d, "close it with a line \"-- +goose StatementEnd\"");
}

static void
go_up(struct marks *m, struct span span)
{
    struct diag *d;

    if (m->direction != BEFORE_UP) {
        d = wrong(m, span, "a second mark of the way up");
        if (d != NULL)
            diag_note(&m->s->diags, d, m->up, "the first is here");
    }
    m->direction = GOING_UP;
    m->up = span;
}

static void
go_down(struct marks *m, struct span span)
{
    struct diag *d;

    open_statement_is_wrong(m);
    if (m->direction == BEFORE_UP) {
        d = wrong(m, span, "the way down stands before the way up");
        if (d != NULL)
            diag_hint(&m->s->diags, d, "begin the file with \"%s\"",
                      spellings[m->tool].up);
    } else if (m->direction == GOING_DOWN) {
        wrong(m, span, "a second mark of the way down");
    }
    m->direction = GOING_DOWN;
}

static void
begin_statement(struct marks *m, struct span span)
{
    open_statement_is_wrong(m);
    if (m->direction == BEFORE_UP)
        wrong(m, span, "a statement before \"-- +goose Up\"");
    m->statement = span;
}

static void
end_statement(struct marks *m, struct span span)
{
    if (m->statement.source == 0)
        wrong(m, span, "there is no StatementBegin that this could end");
    m->statement = SPAN_NONE;
}

static void
take_mark(struct marks *m, const struct mark_word *word, struct span span)
{
    if (word->tool != m->tool) {
        wrong(m, span, "a mark of another tool than that of the folder");
        return;
    }
    switch (word->kind) {
    case MARK_NONE:
    case MARK_OPTION:
        break;
    case MARK_UP:
        go_up(m, span);
        break;
    case MARK_DOWN:
        go_down(m, span);
        break;
    case MARK_BEGIN:
        begin_statement(m, span);
        break;
    case MARK_END:
        end_statement(m, span);
        break;
    case MARK_ENV_ON:
        m->environment = span;
        break;
    case MARK_ENV_OFF:
        m->environment = SPAN_NONE;
        break;
    }
}

/* ---- the lines between them ---- */

static void
unknown_mark(struct marks *m, struct slice line)
{
    struct diag *d = wrong(m, line_span(m, line), "no mark of goose is spelt like this");

    if (d != NULL)
        diag_hint(&m->s->diags, d,
                  "its marks are Up, Down, StatementBegin, StatementEnd, "
                  "NO TRANSACTION, ENVSUB ON and ENVSUB OFF");
}

/* goose puts the variable's value there: what it is, no file says. */
static void
find_variable(struct marks *m, struct slice line)
{
    for (size_t i = 0; i + 1 < line.len; i++) {
        uint32_t at = (uint32_t)(line.ptr + i - m->text.ptr);
        struct diag *d;

        if (line.ptr[i] != '$' || line.ptr[i + 1] != '{')
            continue;
        d = wrong(m, (struct span){ m->source, at, at + 2 },
                  "this text comes from the environment, which is not read");
        if (d != NULL)
            diag_note(&m->s->diags, d, m->environment, "it is asked for here");
        return;
    }
}

static void
take_line(struct marks *m, struct slice line)
{
    struct slice comment = comment_of(line);
    struct diag *d;

    if (m->tool == TOOL_GOOSE && slice_starts(comment, "+goose")) {
        unknown_mark(m, line);
        return;
    }
    if (m->direction == GOING_UP && m->environment.source != 0)
        find_variable(m, line);
    if (m->direction != BEFORE_UP || !slice_is_none(comment) || slice_trim(line).len == 0
        || slice_starts(slice_trim(line), "--"))
        return;
    d = wrong(m, line_span(m, line), "a statement before the mark of the way up");
    if (d != NULL)
        diag_hint(&m->s->diags, d, "begin the file with \"%s\"", spellings[m->tool].up);
}

static void
blank(char *up, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        if (up[i] != '\n' && up[i] != '\r')
            up[i] = ' ';
}

static void
finish(struct marks *m)
{
    struct diag *d;

    open_statement_is_wrong(m);
    if (m->direction != BEFORE_UP)
        return;
    d = wrong(m, (struct span){ m->source, 0, 0 },
              "a migration without the mark of the way up");
    if (d != NULL)
        diag_hint(&m->s->diags, d, "begin the file with \"%s\"", spellings[m->tool].up);
}

bool
marks_keep_up(struct session *s, enum migration_tool tool, uint32_t source,
              struct slice text, char *up)
{
    struct marks m = { .s = s, .tool = tool, .source = source, .text = text };
    size_t at = text_begin(text);

    while (at < text.len) {
        size_t begin = at;
        struct slice line = line_at(text, at, &at);
        const struct mark_word *word = find_mark(line);

        if (word != NULL)
            take_mark(&m, word, line_span(&m, line));
        else
            take_line(&m, line);
        if (word == NULL && m.direction == GOING_DOWN)
            blank(up, begin, at);
    }
    finish(&m);
    return !m.is_wrong;
}
