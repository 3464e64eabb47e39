/*
 * Texts and names in quotes.
 */
#include "syntax/lexer.h"

#include <ctype.h>

#include "grammar/parser.h"

void
lex_report_unterminated(struct lexer *l, size_t begin, size_t quote_end, const char *what)
{
    struct span span = { l->out->source, (uint32_t)begin, (uint32_t)quote_end };

    diag_add(&l->s->diags, D_UNTERMINATED_STRING, span, "this %s does not end", what);
}

/* Needs: the opening quote is read.  A doubled quote stands for itself. */
static bool
skip_quoted(struct lexer *l, char quote)
{
    while (skip_past(l, quote)) {
        if (l->at >= l->end || l->text[l->at] != quote)
            return true;
        l->at++;
    }
    return false;
}

/* Like skip_quoted, for E'…': a backslash takes the next byte with it. */
static bool
skip_escaped(struct lexer *l)
{
    while (l->at < l->end) {
        char c = l->text[l->at++];

        if (c == '\\' && l->at < l->end)
            l->at++;
        else if (c == '\'' && peek(l) == '\'')
            l->at++;
        else if (c == '\'')
            return true;
    }
    return false;
}

void
lex_leave_line(struct lexer *l, size_t begin)
{
    l->at = begin;
    skip_line(l);
}

/* Only MySQL reads backslashes in plain strings, so the file must show that it is its. */
static bool
skip_string(struct lexer *l)
{
    size_t begin = l->at;
    bool ends = skip_quoted(l, '\'');

    if (memchr(l->text + begin, '\\', l->at - begin) == NULL
        || !tokens_are_of_mysql(l->out))
        return ends;
    l->at = begin;
    return skip_escaped(l);
}

/* ---- a quote inside of a text that should be two ---- */

/* Does a word follow at once, which no statement of SQL has there? */
static bool
ends_before_word(const struct lexer *l, size_t begin)
{
    size_t end = l->at;

    while (end < l->end && (isalpha((unsigned char)l->text[end]) || l->text[end] == '_'))
        end++;
    return end > l->at
           && keyword_find((struct slice){ l->text + l->at, end - l->at }) == NULL
           && memchr(l->text + begin, '\n', l->at - begin) == NULL;
}

/* Is a text open at the end of the line, as it is when one quote is too many? */
static bool
line_ends_in_text(const struct lexer *l)
{
    bool open = false;

    for (size_t i = l->at; i < l->end && l->text[i] != '\n'; i++) {
        if (l->text[i] == '-' && i + 1 < l->end && l->text[i + 1] == '-')
            break;
        open ^= l->text[i] == '\'';
    }
    return open;
}

/* The text goes on to the next quote.  Needs: at the word behind its first end. */
static void
take_stray(struct lexer *l, size_t begin)
{
    size_t word = l->at;
    struct diag *d;

    while (l->at < l->end && isalpha((unsigned char)l->text[l->at]))
        l->at++;
    d = diag_add(&l->s->diags, D_SYNTAX, span_from(l, word),
                 "the text ends at the quote before \"%.*s\"", (int)(l->at - word),
                 l->text + word);
    diag_hint(&l->s->diags, d, "a quote inside a text is written twice: %.*s'%.*s",
              (int)(word - begin), l->text + begin, (int)(l->at - word), l->text + word);
    if (!skip_quoted(l, '\''))
        skip_line(l);
    push(l, T_BROKEN, begin);
}

#define STRAYS_MAX 20 /* going back costs the rest of the source */

static void
keep_stray(struct lexer *l, size_t begin)
{
    struct stray *stray;

    if (l->stray != NULL || l->stray_count == STRAYS_MAX)
        return;
    stray = ARENA_NEW(l->arena, struct stray);
    *stray = (struct stray){ .before = *l,
                             .diags = diag_mark(&l->s->diags),
                             .begin = begin,
                             .tokens = l->out->all.count,
                             .comments = l->out->comments.count };
    l->stray = stray;
}

/* All texts since then were inside out: read them again. */
static void
return_to_stray(struct lexer *l)
{
    const struct stray *stray = l->stray;
    size_t stray_count;

    l->out->all.count = stray->tokens;
    l->out->comments.count = stray->comments;
    diag_rewind(&l->s->diags, stray->diags);
    stray_count = l->stray_count + 1;
    *l = stray->before;
    l->stray_count = stray_count;
    take_stray(l, stray->begin);
}

/* What is quoted from `quote_end` on was skipped; does it end? */
static void
push_quoted(struct lexer *l, struct token quoted, size_t quote_end, bool ends,
            const char *what)
{
    if (ends) {
        push_cued(l, quoted.kind, quoted.begin, quoted.cues);
        return;
    }
    lex_report_unterminated(l, quote_end - 1, quote_end, what);
    lex_leave_line(l, quote_end);
    push(l, T_BROKEN, quoted.begin);
}

/* Needs: a text that ends before a word. */
static void
push_stray(struct lexer *l, size_t begin)
{
    if (line_ends_in_text(l)) {
        take_stray(l, begin);
        return;
    }
    keep_stray(l, begin);
    push(l, T_SCONST, begin);
}

void
lex_string(struct lexer *l, size_t begin, int kind)
{
    struct token string = { .begin = (uint32_t)begin, .kind = (uint16_t)kind };
    size_t quote_end = l->at;
    bool ends = kind == T_SCONST ? skip_string(l) : skip_quoted(l, '\'');

    if (ends && kind == T_SCONST && ends_before_word(l, begin))
        push_stray(l, begin);
    else if (!ends && l->stray != NULL)
        return_to_stray(l);
    else
        push_quoted(l, string, quote_end, ends, "string");
}

void
lex_escape_string(struct lexer *l, size_t begin, int kind)
{
    struct token string = { .begin = (uint32_t)begin, .kind = (uint16_t)kind };
    size_t quote_end = l->at;

    push_quoted(l, string, quote_end, skip_escaped(l), "string");
}

void
lex_quoted_name(struct lexer *l, size_t begin, int quote)
{
    struct token name = { .begin = (uint32_t)begin,
                          .kind = T_IDENT,
                          .cues = CUE_SPELLED };
    size_t quote_end = l->at;

    if (quote_end - begin > 1)
        name.cues |= CUE_ESCAPES;
    push_quoted(l, name, quote_end, skip_quoted(l, (char)quote), "quoted name");
}
