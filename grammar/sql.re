/*
 * The lexer: characters to tokens, for PostgreSQL, SQLite and MySQL at once.
 *
 * The rules find where a token begins and what it is; bodies that may be long (strings,
 * comments, dollar quotes, COPY data) are skipped by memchr, so that a line of 10 MB
 * costs what its bytes cost.  Two things depend on what stands before: whether `[` opens
 * a name or a subscript, and whether the lines behind a ';' are data of COPY.
 *
 * Not in here: what a token means (token.c) and how statements are cut (statement.c).
 */
#include "syntax/lexer.h"

#include <assert.h>
#include <string.h>

#include "grammar/parser.h"
#include "syntax/bytes.h"
#include "syntax/lexeme.h"

static const struct token *
last_token(const struct lexer *l)
{
    return l->out->all.count == 0 ? NULL : &l->out->all.items[l->out->all.count - 1];
}

/* ---- comments ---- */

static void
push_comment(struct lexer *l, size_t begin)
{
    struct comment c = { .begin = (uint32_t)begin,
                         .end = (uint32_t)l->at,
                         .next = (uint32_t)(l->out->dropped + l->out->all.count),
                         .own_line = l->line_begins };

    VEC_PUSH(l->arena, &l->out->comments, c);
}

/* Needs: the first "/" and "*" are read.  Block comments nest, as in PostgreSQL. */
static void
lex_block_comment(struct lexer *l, size_t begin, int kind)
{
    size_t depth = 1;
    size_t opened = l->at; /* the '*' before this is part of an opening mark */

    (void)kind;
    while (depth > 0 && skip_past(l, '/')) {
        if (l->at >= opened + 2 && l->text[l->at - 2] == '*') {
            depth--;
        } else if (peek(l) == '*') {
            opened = ++l->at;
            depth++;
        }
    }
    if (depth > 0)
        diag_add(&l->s->diags, D_UNTERMINATED_COMMENT,
                 (struct span){ l->out->source, (uint32_t)begin, (uint32_t)begin + 2 },
                 "this comment does not end");
    if (depth > 0)
        push(l, T_BROKEN, begin); /* what it swallowed of the statement is no mistake */
    push_comment(l, begin);
}

/*
 * MySQL reads what stands in a comment of this form, and so do we: its two ends are
 * comments, what is between them is not.  Needs: its opening is read.
 */
static void
lex_condition(struct lexer *l, size_t begin, int kind)
{
    (void)kind;
    l->conditions++;
    l->out->has_conditions = true;
    push_comment(l, begin);
}

/* The end of one; without one, two operators. */
static void
lex_condition_end(struct lexer *l, size_t begin, int kind)
{
    if (l->conditions == 0) {
        l->at = begin + 1;
        push(l, kind, begin);
        return;
    }
    l->conditions--;
    push_comment(l, begin);
}

/* Each search for an end that is not there costs the rest of the source. */
#define UNENDED_DOLLARS_MAX 20

/* Needs: the opening $tag$ is read. */
static bool
skip_dollar_quoted(struct lexer *l, const char *tag, size_t tag_bytes)
{
    while (l->unended_dollars < UNENDED_DOLLARS_MAX && skip_past(l, '$')) {
        size_t close = l->at - 1;

        if (l->end - close >= tag_bytes && memcmp(l->text + close, tag, tag_bytes) == 0) {
            l->at = close + tag_bytes;
            return true;
        }
    }
    l->unended_dollars++;
    return false;
}

static void
lex_dollar_quote(struct lexer *l, size_t begin, int kind)
{
    size_t tag_bytes = l->at - begin;

    if (skip_dollar_quoted(l, l->text + begin, tag_bytes)) {
        push(l, kind, begin);
        return;
    }
    if (l->unended_dollars == 1) /* its misspelt end looks like another opening */
        lex_report_unterminated(l, begin, begin + tag_bytes, "dollar quote");
    lex_leave_line(l, begin + tag_bytes);
    push(l, T_BROKEN, begin);
}

/* ---- brackets ---- */

/*
 * `[` right behind a name, ')' or ']' is a subscript, as is any inside of another and the
 * one of ARRAY [; otherwise, before a letter, it quotes a name.
 */
static bool
opens_name(const struct lexer *l, size_t begin)
{
    const struct token *last = last_token(l);

    if (l->brackets > 0 || l->at >= l->end || !byte_is_letter(l->text[l->at]))
        return false;
    if (last == NULL)
        return true;
    if (last->kind == T_ARRAY)
        return false;
    return last->end < begin
           || memchr("(,.", l->text[last->end - 1], 3) != NULL;
}

static bool
skip_bracketed(struct lexer *l)
{
    size_t most = l->end - l->at < NAME_BYTES_LIMIT ? l->end - l->at : NAME_BYTES_LIMIT;
    const char *close = memchr(l->text + l->at, ']', most);

    if (close == NULL)
        return false;
    l->at = (size_t)(close - l->text) + 1;
    return true;
}

static void
lex_bracket(struct lexer *l, size_t begin, int kind)
{
    size_t quote_end = l->at;

    if (!opens_name(l, begin)) {
        l->brackets++;
        push(l, kind, begin);
    } else if (skip_bracketed(l)) {
        push_cued(l, T_IDENT, begin, CUE_SPELLED);
    } else {
        lex_report_unterminated(l, begin, quote_end, "bracketed name");
        lex_leave_line(l, quote_end);
        push(l, T_BROKEN, begin);
    }
}

/* ---- operators ---- */

static void
lex_line_comment(struct lexer *l, size_t begin, int kind)
{
    (void)kind;
    skip_line(l);
    push_comment(l, begin);
}

static void
lex_operator(struct lexer *l, size_t begin, int kind)
{
    struct slice op;

    if (l->line_begins && l->text[begin] == '#') {
        lex_line_comment(l, begin, kind);
        return;
    }
    op = operator_cut((struct slice){ l->text + begin, l->end - begin });
    l->at = begin + op.len;
    push(l, operator_kind(op), begin);
}

/* ---- COPY data and client commands ---- */

/* Go to the next line that begins with "\."; false when there is none. */
static bool
skip_rows(struct lexer *l)
{
    while (skip_past(l, '\n')) {
        struct slice rest = { l->text + l->at, l->end - l->at };

        if (slice_starts(rest, "\\."))
            return true;
    }
    return false;
}

/*
 * The lines up to "\." are rows, not SQL: one token, which the client takes as it takes a
 * command.  Rows that do not end are read on as SQL: else a COPY whose rows somebody took
 * out would swallow the rest of the source.
 */
static void
lex_copy_data(struct lexer *l, size_t semicolon)
{
    size_t after = l->at;
    size_t begin;
    struct diag *d;

    skip_past(l, '\n');
    begin = l->at;
    l->at = after;
    if (!l->rows_unended && skip_rows(l)) {
        skip_line(l);
        l->line_begins = true;
        push(l, T_CLIENT_COMMAND, begin);
        return;
    }
    l->at = after;
    l->rows_unended = true;
    d = diag_add(&l->s->diags, D_UNTERMINATED_STRING, span_from(l, semicolon),
                 "the rows of this COPY do not end");
    diag_hint(&l->s->diags, d, "a line \"\\.\" ends them");
}

static void
lex_semicolon(struct lexer *l, size_t begin, int kind)
{
    if (l->delimiter.len > 0) {
        push(l, T_INNER_SEMICOLON, begin);
        return;
    }
    push(l, kind, begin);
    l->stray = NULL;
    if (tokens_are_copy(l->out, l->first))
        lex_copy_data(l, begin);
    l->first = l->out->all.count;
    l->brackets = 0;
}

/* \connect, .mode, …: a whole line that the client takes; it ends a statement. */
static void
lex_client_command(struct lexer *l, size_t begin, int kind)
{
    skip_line(l);
    push(l, kind, begin);
    l->first = l->out->all.count;
}

/* ---- characters that begin nothing ---- */

static void
report_character(struct lexer *l, size_t begin, const char *what, const char *hint)
{
    struct span span = span_from(l, begin);
    struct diag *d;

    if (what != NULL)
        d = diag_add(&l->s->diags, D_BAD_CHARACTER, span, "%s cannot stand here", what);
    else
        d = diag_add(&l->s->diags, D_BAD_CHARACTER, span,
                     "the character \"%.*s\" cannot stand here", (int)(l->at - begin),
                     l->text + begin);
    if (hint != NULL)
        diag_hint(&l->s->diags, d, "%s", hint);
}

static void
lex_other(struct lexer *l, size_t begin, int kind)
{
    unsigned char c = (unsigned char)l->text[begin];

    if (c >= 0x80 || c == 0)
        return; /* text_check has reported it */
    report_character(l, begin, c < ' ' || c == 0x7F ? "a control character" : NULL, NULL);
    push(l, kind, begin);
}

static void
lex_number_junk(struct lexer *l, size_t begin, int kind)
{
    report_character(l, begin, "a number that runs into letters",
                     "put a blank behind the number, or quote the name");
    push(l, kind, begin);
}

/* MySQL's client takes a line DELIMITER // and ends statements there from then on. */
static void
lex_delimiter_line(struct lexer *l, size_t begin)
{
    struct slice line;
    size_t word = 0;

    lex_client_command(l, begin, T_CLIENT_COMMAND);
    line = (struct slice){ l->text, l->at };
    line = slice_sub(line, begin + strlen("delimiter"), l->at);
    while (word < line.len && strchr(" \t", line.ptr[word]) != NULL)
        word++;
    line = slice_sub(line, word, line.len);
    word = 0;
    while (word < line.len && strchr(" \t\r", line.ptr[word]) == NULL)
        word++;
    l->delimiter = slice_sub(line, 0, word);
    if (slice_is(l->delimiter, ";"))
        l->delimiter = SLICE_NONE;
}

static bool
at_delimiter(const struct lexer *l)
{
    return l->delimiter.len > 0 && l->end - l->at >= l->delimiter.len
           && memcmp(l->text + l->at, l->delimiter.ptr, l->delimiter.len) == 0;
}

static void
lex_delimiter(struct lexer *l)
{
    size_t begin = l->at;

    l->at += l->delimiter.len;
    push(l, T_DELIMITER, begin);
    l->first = l->out->all.count;
}

/* Needs: nothing stands before the word on its line. */
static bool
is_delimiter_line(const struct lexer *l, struct slice word)
{
    return l->first == l->out->all.count && slice_is_fold(word, "delimiter")
           && (peek(l) == ' ' || peek(l) == '\t');
}

/* `capital`: a letter of it may be one. */
static void
lex_word(struct lexer *l, size_t begin, bool capital)
{
    struct slice word = { l->text + begin, l->at - begin };
    uint8_t cues;
    int kind = keyword_look_up(word, &cues);

    if (kind == T_IDENT && l->line_begins && is_delimiter_line(l, word)) {
        lex_delimiter_line(l, begin);
        return;
    }
    if (kind == T_IDENT
        && ((capital && slice_has_upper(word)) || word.len > NAME_BYTES_LIMIT))
        cues |= CUE_SPELLED;
    push_cued(l, kind, begin, cues);
}

/* ---- what stands at a place ---- */

/* Needs: no blank is next.  Needs nothing but the bytes, so that they go by in registers.
 * *at: behind it. */
static enum lexeme
find_lexeme(const char **at, const char *end)
{
    const char *p = *at;
    const char *marker = p;

#define TAKE(lexeme)                                                                     \
    do {                                                                                 \
        *at = p;                                                                         \
        return (lexeme);                                                                 \
    } while (0)

    /*!re2c
        re2c:api = custom;
        re2c:api:style = free-form;
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYPEEK = "(unsigned char)(p < end ? *p : 0)";
        re2c:define:YYSKIP = "p++;";
        re2c:define:YYBACKUP = "marker = p;";
        re2c:define:YYRESTORE = "p = marker;";
        re2c:yyfill:enable = 0;

        odd     = [\u00a0\u200b\u2018\u2019\u201c\u201d\u3000\ufeff];
        letter  = [A-Za-z_] | ([^\x00-\x7f] \ odd);
        digit   = [0-9];
        word    = letter (letter | digit | "$")*;
        tag     = letter (letter | digit)*;
        digits  = digit ("_"? digit)*;
        decimal = digits | digits "." digits? | "." digits;
        number  = decimal ('e' [+-]? digits)? | '0x' ("_"? [0-9a-fA-F])+
                | '0o' ("_"? [0-7])+ | '0b' ("_"? [01])+;
        op      = [-+*/<>=~!@#%^&|?];

        "'" | 'n' "'"       { TAKE(LEXEME_STRING); }
        'u&' "'"            { TAKE(LEXEME_STRING); }
        'x' "'"             { TAKE(LEXEME_BLOB); }
        'b' "'"             { TAKE(LEXEME_BITS); }
        'e' "'"             { TAKE(LEXEME_ESCAPE_STRING); }
        "\"" | 'u&' "\""    { TAKE(LEXEME_QUOTED_NAME); }
        "`"                 { TAKE(LEXEME_BACKTICK_NAME); }
        "["                 { TAKE(LEXEME_OPEN_BRACKET); }
        "$" tag? "$"        { TAKE(LEXEME_DOLLAR_QUOTE); }

        "$" digits          { TAKE(LEXEME_PARAM); }
        "$" tag             { TAKE(LEXEME_PARAM); }
        "?" digits          { TAKE(LEXEME_PARAM); }
        "@" word            { TAKE(LEXEME_PARAM); }
        ":" word            { TAKE(LEXEME_COLON_WORD); }
        "::"                { TAKE(LEXEME_TYPECAST); }
        ":="                { TAKE(LEXEME_ASSIGN); }

        number              { TAKE(LEXEME_NUMBER); }
        number word         { TAKE(LEXEME_NUMBER_JUNK); }
        word                { TAKE(LEXEME_WORD); }

        "." [a-z]+          { TAKE(LEXEME_DOT_WORD); }
        [(),.:]             { TAKE(LEXEME_SIGN); }
        "]"                 { TAKE(LEXEME_CLOSE_BRACKET); }
        ";"                 { TAKE(LEXEME_SEMICOLON); }
        "--"                { TAKE(LEXEME_LINE_COMMENT); }
        "/*!" digit{5,6}    { TAKE(LEXEME_CONDITION); }
        "/*"                { TAKE(LEXEME_BLOCK_COMMENT); }
        "*/"                { TAKE(LEXEME_CONDITION_END); }
        op                  { TAKE(LEXEME_OPERATOR); }

        "\\" [a-zA-Z!?.]    { TAKE(LEXEME_CLIENT_COMMAND); }

        "\ufeff"            { TAKE(LEXEME_BYTE_ORDER_MARK); }
        [\u00a0\u3000\u200b]             { TAKE(LEXEME_ODD_BLANK); }
        [\u2018\u2019\u201c\u201d]       { TAKE(LEXEME_ODD_QUOTE); }
        "\x00" {
            if (p > end)
                return LEXEME_END;
            TAKE(LEXEME_NUL);
        }
        *                   { TAKE(LEXEME_OTHER); }
    */
#undef TAKE
}

/* ---- what is made of it ---- */

static void
lex_plain(struct lexer *l, size_t begin, int kind)
{
    push(l, kind, begin);
}

static void
lex_sign(struct lexer *l, size_t begin, int kind)
{
    (void)kind;
    l->at = begin + 1;
    push(l, l->text[begin], begin);
}

static void
lex_close_bracket(struct lexer *l, size_t begin, int kind)
{
    if (l->brackets > 0)
        l->brackets--;
    push(l, kind, begin);
}

/* [1:n] is a slice, no parameter. */
static void
lex_colon_word(struct lexer *l, size_t begin, int kind)
{
    if (l->brackets > 0)
        lex_sign(l, begin, ':');
    else
        push(l, kind, begin);
}

static void
lex_dot_word(struct lexer *l, size_t begin, int kind)
{
    if (l->line_begins && l->first == l->out->all.count)
        lex_client_command(l, begin, kind);
    else
        lex_sign(l, begin, '.');
}

static void
lex_mark(struct lexer *l, size_t begin, int kind)
{
    (void)kind;
    if (begin > 0)
        report_character(l, begin, "a byte order mark", NULL);
}

static void
lex_odd_blank(struct lexer *l, size_t begin, int kind)
{
    (void)kind;
    report_character(l, begin, "this unusual blank", "write an ordinary blank");
}

static void
lex_odd_quote(struct lexer *l, size_t begin, int kind)
{
    report_character(l, begin, NULL, "write ' around strings, \" around names");
    push(l, kind, begin);
}

/* What lex_token does itself is not in here. */
static const struct {
    void (*lex)(struct lexer *l, size_t begin, int kind);
    int kind;
} takers[] = {
    [LEXEME_NUMBER] = { lex_plain, T_NUMBER },
    [LEXEME_NUMBER_JUNK] = { lex_number_junk, T_BROKEN },
    [LEXEME_SIGN] = { lex_sign, 0 },
    [LEXEME_OPERATOR] = { lex_operator, 0 },
    [LEXEME_SEMICOLON] = { lex_semicolon, ';' },
    [LEXEME_OPEN_BRACKET] = { lex_bracket, '[' },
    [LEXEME_CLOSE_BRACKET] = { lex_close_bracket, ']' },
    [LEXEME_TYPECAST] = { lex_plain, T_TYPECAST },
    [LEXEME_ASSIGN] = { lex_plain, T_ARROW },
    [LEXEME_PARAM] = { lex_plain, T_PARAM },
    [LEXEME_COLON_WORD] = { lex_colon_word, T_PARAM },
    [LEXEME_DOT_WORD] = { lex_dot_word, T_CLIENT_COMMAND },
    [LEXEME_STRING] = { lex_string, T_SCONST },
    [LEXEME_ESCAPE_STRING] = { lex_escape_string, T_SCONST },
    [LEXEME_BLOB] = { lex_string, T_BLOB },
    [LEXEME_BITS] = { lex_string, T_BITS },
    [LEXEME_QUOTED_NAME] = { lex_quoted_name, '"' },
    [LEXEME_BACKTICK_NAME] = { lex_quoted_name, '`' },
    [LEXEME_DOLLAR_QUOTE] = { lex_dollar_quote, T_SCONST },
    [LEXEME_LINE_COMMENT] = { lex_line_comment, 0 },
    [LEXEME_BLOCK_COMMENT] = { lex_block_comment, 0 },
    [LEXEME_CONDITION] = { lex_condition, 0 },
    [LEXEME_CONDITION_END] = { lex_condition_end, '*' },
    [LEXEME_CLIENT_COMMAND] = { lex_client_command, T_CLIENT_COMMAND },
    [LEXEME_BYTE_ORDER_MARK] = { lex_mark, 0 },
    [LEXEME_ODD_BLANK] = { lex_odd_blank, 0 },
    [LEXEME_ODD_QUOTE] = { lex_odd_quote, T_BROKEN },
    [LEXEME_OTHER] = { lex_other, T_BROKEN },
};
static_assert(ARRAY_LEN(takers) == LEXEME_COUNT, "take every lexeme");

/* ---- the most frequent tokens ---- */

static void
skip_blanks(struct lexer *l)
{
    const char *p = l->text + l->at;
    const char *end = l->text + l->end;

    for (; p < end && (byte_class(*p) & BYTE_BLANK) != 0; p++)
        l->line_begins |= *p == '\n';
    l->at = (size_t)(p - l->text);
}

/*
 * A word of ASCII letters or a sign, which are most of all tokens: their bytes need no
 * automaton.  Everything else, and what may be something else, is left to it.
 */
static bool
lex_frequent(struct lexer *l)
{
    const char *begin = l->text + l->at;
    const char *end = l->text + l->end;
    const char *p = begin;
    unsigned seen = byte_class(*p);
    unsigned class;

    if ((seen & (BYTE_SIGN | BYTE_FIRST)) == 0)
        return false;
    p++;
    if ((seen & BYTE_SIGN) != 0) {
        l->at++;
        push(l, *begin, l->at - 1);
        return true;
    }
    if ((seen & BYTE_PREFIX) != 0 && p < end && (*p == '\'' || *p == '&'))
        return false;
    for (; p < end && ((class = byte_class(*p)) & BYTE_WORD) != 0; p++)
        seen |= class;
    if (p < end && (unsigned char)*p >= 0x80)
        return false;
    l->at = (size_t)(p - l->text);
    lex_word(l, (size_t)(begin - l->text), (seen & BYTE_CAPITAL) != 0);
    return true;
}

/* ---- one token ---- */

/* False at the end. */
static bool
lex_token(struct lexer *l)
{
    const char *at;
    size_t begin;
    enum lexeme lexeme;

    skip_blanks(l);
    if (l->at >= l->end)
        return false;
    if (at_delimiter(l)) {
        lex_delimiter(l);
        return true;
    }
    if (lex_frequent(l))
        return true;
    begin = l->at;
    at = l->text + begin;
    lexeme = find_lexeme(&at, l->text + l->end);
    l->at = (size_t)(at - l->text);
    if (lexeme == LEXEME_END)
        return false;
    if (lexeme == LEXEME_WORD)
        lex_word(l, begin, true);
    else if (lexeme != LEXEME_NUL)
        takers[lexeme].lex(l, begin, takers[lexeme].kind);
    return true;
}

/*
 * To the end of a statement, when there are so many tokens; false: to the end of all.
 * Not before the text is sure that the lexer may still go back to.
 */
static bool
lex_on(struct lexer *l, size_t least)
{
    while (l->out->all.count < least || l->first < l->out->all.count || l->stray != NULL)
        if (!lex_token(l))
            return false;
    return true;
}

static struct lexer
begin(struct session *s, struct arena *a, struct span span, struct tokens *out)
{
    *out = (struct tokens){ .source = span.source,
                            .text = source_get(&s->sources, span.source)->text };
    return (struct lexer){ .s = s,
                           .arena = a,
                           .out = out,
                           .text = out->text.ptr,
                           .at = span.begin,
                           .end = span.end,
                           .line_begins = true };
}

/* ---- a few statements at a time ---- */

#define PART_TOKENS 512 /* they stay in the processor's cache */

struct lexer *
lex_begin(struct session *s, struct arena *a, struct span span, struct tokens *out)
{
    struct lexer *l = ARENA_NEW(a, struct lexer);

    *l = begin(s, a, span, out);
    return l;
}

static void
drop(struct lexer *l, size_t count)
{
    struct tokens *t = l->out;

    if (count == 0)
        return;
    t->all.count -= count;
    memmove(t->all.items, t->all.items + count, t->all.count * sizeof *t->all.items);
    t->dropped += count;
    l->first -= count;
}

/* What is left of a long statement is read again: so parts grow with what is left. */
bool
lex_part(struct lexer *l, size_t dropped)
{
    struct tokens *t = l->out;
    bool line_begins;
    size_t least;

    drop(l, dropped);
    least = t->all.count + (t->all.count > PART_TOKENS ? t->all.count : PART_TOKENS);
    t->is_part = lex_on(l, least);
    line_begins = l->line_begins;
    push(l, T_END, l->end);
    if (t->is_part) {
        l->line_begins = line_begins;
        t->all.count--;
    }
    return t->is_part;
}

void
lex_span(struct session *s, struct arena *a, struct span span, struct tokens *out)
{
    struct lexer l = begin(s, a, span, out);

    while (lex_part(&l, 0)) {
    }
}
