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
#include "syntax/token.h"

#include <string.h>

#include "grammar/parser.h"

/* The state of one run. */
struct lexer {
    struct session *s;
    struct arena *arena;
    struct tokens *out;
    const char *text; /* of the whole source: offsets are those of spans */
    size_t at;        /* next byte to read */
    size_t end;       /* first byte that is not ours */
    size_t marker;    /* where re2c goes back to */
    size_t first;     /* index of the first token of the current statement */
    size_t brackets;  /* open '[' that are subscripts or ARRAY */
    size_t unended_dollars;
    struct slice delimiter; /* of MySQL's DELIMITER line; none: a ';' ends statements */
    size_t conditions;      /* open conditional comments of MySQL */
    bool line_begins; /* no token yet on this line */
};

static unsigned char
peek(const struct lexer *l)
{
    return (unsigned char)(l->at < l->end ? l->text[l->at] : '\0');
}

static struct span
span_from(const struct lexer *l, size_t begin)
{
    return (struct span){ l->out->source, (uint32_t)begin, (uint32_t)l->at };
}

static void
push(struct lexer *l, int kind, size_t begin)
{
    struct token t = { .begin = (uint32_t)begin,
                       .end = (uint32_t)l->at,
                       .kind = (uint16_t)kind,
                       .first_on_line = l->line_begins };

    VEC_PUSH(l->arena, &l->out->all, t);
    l->line_begins = false;
}

static const struct token *
last_token(const struct lexer *l)
{
    return l->out->all.count == 0 ? NULL : &l->out->all.items[l->out->all.count - 1];
}

/* Go behind the next byte `c`; false when there is none. */
static bool
skip_past(struct lexer *l, char c)
{
    const char *hit =
        l->at < l->end ? memchr(l->text + l->at, c, l->end - l->at) : NULL;

    l->at = hit == NULL ? l->end : (size_t)(hit - l->text) + 1;
    return hit != NULL;
}

static void
skip_line(struct lexer *l)
{
    if (skip_past(l, '\n'))
        l->at--;
    if (l->text[l->at - 1] == '\r')
        l->at--;
}

/* ---- comments ---- */

static void
push_comment(struct lexer *l, size_t begin)
{
    struct comment c = { .begin = (uint32_t)begin,
                         .end = (uint32_t)l->at,
                         .next = (uint32_t)l->out->all.count,
                         .own_line = l->line_begins };

    VEC_PUSH(l->arena, &l->out->comments, c);
}

/* Needs: the first "/" and "*" are read.  Block comments nest, as in PostgreSQL. */
static void
lex_block_comment(struct lexer *l, size_t begin)
{
    size_t depth = 1;
    size_t opened = l->at; /* the '*' before this is part of an opening mark */

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
lex_condition(struct lexer *l, size_t begin)
{
    l->conditions++;
    l->out->has_conditions = true;
    push_comment(l, begin);
}

/* The end of one; without one, two operators. */
static void
lex_condition_end(struct lexer *l, size_t begin)
{
    if (l->conditions == 0) {
        l->at = begin + 1;
        push(l, '*', begin);
        return;
    }
    l->conditions--;
    push_comment(l, begin);
}

/* ---- strings ---- */

static void
report_unterminated(struct lexer *l, size_t begin, size_t quote_end, const char *what)
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

/*
 * A text that does not end would swallow the rest of the source: only its first line is
 * left out, so that what follows is still read.
 */
static void
leave_line(struct lexer *l, size_t begin)
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

static void
lex_string(struct lexer *l, size_t begin, int kind)
{
    size_t quote_end = l->at;

    if (kind == T_SCONST ? skip_string(l) : skip_quoted(l, '\'')) {
        push(l, kind, begin);
        return;
    }
    report_unterminated(l, quote_end - 1, quote_end, "string");
    leave_line(l, quote_end);
    push(l, T_BROKEN, begin);
}

static void
lex_escape_string(struct lexer *l, size_t begin)
{
    size_t quote_end = l->at;

    if (skip_escaped(l)) {
        push(l, T_SCONST, begin);
        return;
    }
    report_unterminated(l, quote_end - 1, quote_end, "string");
    leave_line(l, quote_end);
    push(l, T_BROKEN, begin);
}

static void
lex_quoted_name(struct lexer *l, size_t begin, char quote)
{
    size_t quote_end = l->at;

    if (skip_quoted(l, quote)) {
        push(l, T_IDENT, begin);
        return;
    }
    report_unterminated(l, quote_end - 1, quote_end, "quoted name");
    leave_line(l, quote_end);
    push(l, T_BROKEN, begin);
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
lex_dollar_quote(struct lexer *l, size_t begin)
{
    size_t tag_bytes = l->at - begin;

    if (skip_dollar_quoted(l, l->text + begin, tag_bytes)) {
        push(l, T_SCONST, begin);
        return;
    }
    if (l->unended_dollars == 1) /* its misspelt end looks like another opening */
        report_unterminated(l, begin, begin + tag_bytes, "dollar quote");
    leave_line(l, begin + tag_bytes);
    push(l, T_BROKEN, begin);
}

/* ---- brackets ---- */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
           || (unsigned char)c >= 0x80;
}

/*
 * `[` right behind a name, ')' or ']' is a subscript, as is any inside of another and the
 * one of ARRAY [; otherwise, before a letter, it quotes a name.
 */
static bool
opens_name(const struct lexer *l, size_t begin)
{
    const struct token *last = last_token(l);

    if (l->brackets > 0 || l->at >= l->end || !is_letter(l->text[l->at]))
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
lex_bracket(struct lexer *l, size_t begin)
{
    size_t quote_end = l->at;

    if (!opens_name(l, begin)) {
        l->brackets++;
        push(l, '[', begin);
    } else if (skip_bracketed(l)) {
        push(l, T_IDENT, begin);
    } else {
        report_unterminated(l, begin, quote_end, "bracketed name");
        leave_line(l, quote_end);
        push(l, T_BROKEN, begin);
    }
}

/* ---- operators ---- */

enum operator_byte {
    OPERATOR_PLAIN = 1,
    OPERATOR_SPECIAL = 2, /* lets an operator end in a sign */
};

static const unsigned char operator_bytes[256] = {
    ['+'] = OPERATOR_PLAIN,   ['-'] = OPERATOR_PLAIN,   ['*'] = OPERATOR_PLAIN,
    ['/'] = OPERATOR_PLAIN,   ['<'] = OPERATOR_PLAIN,   ['>'] = OPERATOR_PLAIN,
    ['='] = OPERATOR_PLAIN,   ['~'] = OPERATOR_SPECIAL, ['!'] = OPERATOR_SPECIAL,
    ['@'] = OPERATOR_SPECIAL, ['#'] = OPERATOR_SPECIAL, ['%'] = OPERATOR_SPECIAL,
    ['^'] = OPERATOR_SPECIAL, ['&'] = OPERATOR_SPECIAL, ['|'] = OPERATOR_SPECIAL,
    ['?'] = OPERATOR_SPECIAL,
};

static unsigned char
operator_byte(char c)
{
    return operator_bytes[(unsigned char)c];
}

#define OPERATOR_BYTES_MAX 63 /* of PostgreSQL; and a run of signs costs no more */

/* The run of operator characters at `begin`, without a comment that begins in it. */
static size_t
operator_run(const struct lexer *l, size_t begin)
{
    const char *p = l->text + begin;
    size_t n = 1;

    while (n < OPERATOR_BYTES_MAX && begin + n < l->end
           && operator_byte(p[n]) != 0)
        n++;
    for (size_t i = 1; i < n; i++)
        if ((p[i - 1] == '-' && p[i] == '-') || (p[i - 1] == '/' && p[i] == '*'))
            return i - 1;
    return n;
}

/*
 * PostgreSQL's rule: the longest run of operator characters; a comment ends it; it ends
 * in '+' or '-' only when one of ~ ! @ # % ^ & | ? is in it, so that a=-1 is a = -1.  One
 * exception: a!=-1 is a != -1, which is what everybody means by it.
 */
static size_t
operator_length(const char *p, size_t length)
{
    bool special = false;

    for (size_t i = 0; i < length; i++)
        special = special || operator_byte(p[i]) == OPERATOR_SPECIAL;
    if (length > 2 && p[0] == '!' && p[1] == '=')
        special = false;
    while (length > 1 && !special && (p[length - 1] == '+' || p[length - 1] == '-'))
        length--;
    return length;
}

static int
operator_kind(struct slice op)
{
    static const struct {
        const char *text;
        int kind;
    } kinds[] = {
        { "=", '=' },           { "==", '=' },         { "<>", T_NOT_EQUALS },
        { "!=", T_NOT_EQUALS }, { "<=", T_LESS_EQUALS }, { ">=", T_GREATER_EQUALS },
        { "=>", T_ARROW },
    };

    if (op.len == 1 && strchr("+-*/%^<>?", op.ptr[0]) != NULL)
        return op.ptr[0];
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (slice_is(op, kinds[i].text))
            return kinds[i].kind;
    return T_OP;
}

static void
lex_line_comment(struct lexer *l, size_t begin)
{
    skip_line(l);
    push_comment(l, begin);
}

static void
lex_operator(struct lexer *l, size_t begin)
{
    size_t length = operator_run(l, begin);

    if (l->line_begins && l->text[begin] == '#') {
        lex_line_comment(l, begin);
        return;
    }
    length = operator_length(l->text + begin, length);
    l->at = begin + length;
    push(l, operator_kind((struct slice){ l->text + begin, length }), begin);
}

/* ---- COPY data and client commands ---- */

static bool
statement_is_copy_from_stdin(const struct lexer *l)
{
    const struct tokens *t = l->out;
    size_t count = t->all.count;

    if (l->first >= count || !token_is_word(t, &t->all.items[l->first], "copy"))
        return false;
    for (size_t i = l->first + 1; i + 1 < count; i++)
        if (t->all.items[i].kind == T_FROM)
            return token_is_word(t, &t->all.items[i + 1], "stdin");
    return false;
}

/*
 * The lines up to "\." are rows, not SQL: one token, which the client takes as it takes a
 * command.
 */
static void
lex_copy_data(struct lexer *l)
{
    size_t begin = l->end;

    while (skip_past(l, '\n')) {
        struct slice rest = { l->text + l->at, l->end - l->at };

        if (begin == l->end)
            begin = l->at;
        if (slice_starts(rest, "\\.")) {
            skip_line(l);
            break;
        }
    }
    l->line_begins = true;
    if (begin < l->at)
        push(l, T_CLIENT_COMMAND, begin);
}

static void
lex_semicolon(struct lexer *l, size_t begin)
{
    if (l->delimiter.len > 0) {
        push(l, T_INNER_SEMICOLON, begin);
        return;
    }
    push(l, ';', begin);
    if (statement_is_copy_from_stdin(l))
        lex_copy_data(l);
    l->first = l->out->all.count;
    l->brackets = 0;
}

/* \connect, .mode, …: a whole line that the client takes; it ends a statement. */
static void
lex_client_command(struct lexer *l, size_t begin)
{
    skip_line(l);
    push(l, T_CLIENT_COMMAND, begin);
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
lex_other(struct lexer *l, size_t begin)
{
    unsigned char c = (unsigned char)l->text[begin];

    if (c >= 0x80 || c == 0)
        return; /* text_check has reported it */
    report_character(l, begin, c < ' ' || c == 0x7F ? "a control character" : NULL, NULL);
    push(l, T_BROKEN, begin);
}

static void
lex_number(struct lexer *l, size_t begin, bool junk)
{
    if (junk) {
        report_character(l, begin, "a number that runs into letters",
                         "put a blank behind the number, or quote the name");
        push(l, T_BROKEN, begin);
    } else {
        push(l, T_NUMBER, begin);
    }
}

/* MySQL's client takes a line DELIMITER // and ends statements there from then on. */
static void
lex_delimiter_line(struct lexer *l, size_t begin)
{
    struct slice line;
    size_t word = 0;

    lex_client_command(l, begin);
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

static bool
is_delimiter_line(const struct lexer *l, struct slice word)
{
    return l->line_begins && l->first == l->out->all.count
           && slice_is_fold(word, "delimiter") && (peek(l) == ' ' || peek(l) == '\t');
}

static void
lex_word(struct lexer *l, size_t begin)
{
    struct slice word = { l->text + begin, l->at - begin };
    const struct keyword *k = keyword_find(word);

    if (k == NULL && is_delimiter_line(l, word)) {
        lex_delimiter_line(l, begin);
        return;
    }

    push(l, k == NULL ? T_IDENT : k->token, begin);
}

/* ---- one token ---- */

/* False at the end. */
static bool
lex_token(struct lexer *l)
{
    size_t begin = l->at;

    if (at_delimiter(l)) {
        lex_delimiter(l);
        return true;
    }
    /*!re2c
        re2c:api = custom;
        re2c:api:style = free-form;
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYPEEK = "peek(l)";
        re2c:define:YYSKIP = "l->at++;";
        re2c:define:YYBACKUP = "l->marker = l->at;";
        re2c:define:YYRESTORE = "l->at = l->marker;";
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

        [ \t\v\f\r]+        { return true; }
        "\n"                { l->line_begins = true; return true; }

        "'" | 'n' "'"       { lex_string(l, begin, T_SCONST); return true; }
        'u&' "'"            { lex_string(l, begin, T_SCONST); return true; }
        'x' "'"             { lex_string(l, begin, T_BLOB); return true; }
        'b' "'"             { lex_string(l, begin, T_BITS); return true; }
        'e' "'"             { lex_escape_string(l, begin); return true; }
        "\"" | 'u&' "\""    { lex_quoted_name(l, begin, '"'); return true; }
        "`"                 { lex_quoted_name(l, begin, '`'); return true; }
        "["                 { lex_bracket(l, begin); return true; }
        "$" tag? "$"        { lex_dollar_quote(l, begin); return true; }

        "$" digits          { push(l, T_PARAM, begin); return true; }
        "$" tag             { push(l, T_PARAM, begin); return true; }
        "?" digits          { push(l, T_PARAM, begin); return true; }
        "@" word            { push(l, T_PARAM, begin); return true; }
        ":" word {
            if (l->brackets > 0) {
                l->at = begin + 1;
                push(l, ':', begin);
            } else {
                push(l, T_PARAM, begin);
            }
            return true;
        }
        "::"                { push(l, T_TYPECAST, begin); return true; }
        ":="                { push(l, T_ARROW, begin); return true; }

        number              { lex_number(l, begin, false); return true; }
        number word         { lex_number(l, begin, true); return true; }
        word                { lex_word(l, begin); return true; }

        "." [a-z]+ {
            if (l->line_begins && l->first == l->out->all.count) {
                lex_client_command(l, begin);
            } else {
                l->at = begin + 1;
                push(l, '.', begin);
            }
            return true;
        }
        [(),.:]             { push(l, l->text[begin], begin); return true; }
        "]" {
            if (l->brackets > 0)
                l->brackets--;
            push(l, ']', begin);
            return true;
        }
        ";"                 { lex_semicolon(l, begin); return true; }
        "--"                { lex_line_comment(l, begin); return true; }
        "/*!" digit{5,6}    { lex_condition(l, begin); return true; }
        "/*"                { lex_block_comment(l, begin); return true; }
        "*/"                { lex_condition_end(l, begin); return true; }
        op                  { lex_operator(l, begin); return true; }

        "\\" [a-zA-Z!?.]    { lex_client_command(l, begin); return true; }

        "\ufeff" {
            if (begin > 0)
                report_character(l, begin, "a byte order mark", NULL);
            return true;
        }
        [\u00a0\u3000\u200b] {
            report_character(l, begin, "this unusual blank", "write an ordinary blank");
            return true;
        }
        [\u2018\u2019\u201c\u201d] {
            report_character(l, begin, NULL, "write ' around strings, \" around names");
            push(l, T_BROKEN, begin);
            return true;
        }
        "\x00" {
            if (begin < l->end)
                return true;
            l->at = l->end;
            return false;
        }
        *                   { lex_other(l, begin); return true; }
    */
}

void
lex_span(struct session *s, struct arena *a, struct span span, struct tokens *out)
{
    struct lexer l = { .s = s,
                       .arena = a,
                       .out = out,
                       .at = span.begin,
                       .end = span.end,
                       .line_begins = true };

    *out = (struct tokens){ .source = span.source,
                            .text = source_get(&s->sources, span.source)->text };
    l.text = out->text.ptr;
    while (lex_token(&l)) {
    }
    push(&l, T_END, l.end);
}
