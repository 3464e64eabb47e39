/*
 * From tokens to what the grammar reads.  One token of look-ahead is not enough for SQL
 * as three engines write it, so some words get another name here, after what follows
 * them; words that make one type ("double precision") become one token; and what the
 * grammar does not read (rarer actions of ALTER TABLE) becomes one token too.
 */
#include "syntax/reader.h"

#include <string.h>

#include "grammar/parser.h"

const struct token reader_no_token = { .kind = T_END };

/* The token before the next one; T_END at the begin. */
static int
kind_before(const struct reader *rd)
{
    return rd->at > rd->begin ? rd->tokens->all.items[rd->at - 1].kind : T_END;
}

static bool
is_name(int kind)
{
    const struct keyword *k;

    if (kind == T_IDENT)
        return true;
    k = keyword_of_token(kind);
    return k != NULL
           && (k->category == KEYWORD_UNRESERVED || k->category == KEYWORD_AS_LABEL
               || k->category == KEYWORD_COLUMN);
}

/* ---- types of several words ---- */

/* Longest first where one begins another.  No second word is a keyword. */
static const struct slice type_phrases[] = {
    { "double precision", 16 },
    { "character varying", 17 },
    { "char varying", 12 },
    { "national character varying", 26 },
    { "national char varying", 21 },
    { "national character", 18 },
    { "national char", 13 },
    { "nchar varying", 13 },
    { "bit varying", 11 },
    { "binary varying", 14 },
    { "big int", 7 },
    { "unsigned big int", 16 },
    { "varying character", 17 },
    { "native character", 16 },
    { "long varchar", 12 },
    { "interval year to month", 22 },
    { "interval day to hour", 20 },
    { "interval day to minute", 22 },
    { "interval day to second", 22 },
    { "interval hour to minute", 23 },
    { "interval hour to second", 23 },
    { "interval minute to second", 25 },
    { "interval year", 13 },
    { "interval month", 14 },
    { "interval day", 12 },
    { "interval hour", 13 },
    { "interval minute", 15 },
    { "interval second", 15 },
};

/* Count of the tokens from here on that are these words; 0 when they are not. */
static size_t
phrase_length(const struct reader *rd, struct slice phrase)
{
    size_t n = 0;

    for (size_t begin = 0; begin < phrase.len; n++) {
        struct slice word = token_text(rd->tokens, reader_peek(rd, n));
        size_t end = begin + word.len;

        if (word.len == 0 || end > phrase.len
            || (end < phrase.len && phrase.ptr[end] != ' ')
            || !slice_equal_fold(word, slice_sub(phrase, begin, end)))
            return 0;
        begin = end + 1;
    }
    return n;
}

/* Where an element of a table begins, its name stands, and no type. */
static bool
is_element_begin(const struct reader *rd)
{
    int before = kind_before(rd);

    if (rd->mode == READ_CREATE_TABLE)
        return rd->depth == 1 && (before == '(' || before == ',');
    return rd->mode == READ_ALTER_TABLE && rd->depth == 0
           && (before == T_ADD || before == T_COLUMN || before == T_EXISTS);
}

/* Count of tokens, 0 when no phrase begins here. */
static size_t
find_type_phrase(struct reader *rd, struct slice *text)
{
    char first = rd->tokens->text.ptr[reader_peek(rd, 0)->begin];

    if (reader_peek_kind(rd, 1) != T_IDENT || strchr("bcdilnuv", first | 0x20) == NULL
        || is_element_begin(rd))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(type_phrases); i++) {
        size_t n = type_phrases[i].ptr[0] == (first | 0x20)
                       ? phrase_length(rd, type_phrases[i])
                       : 0;

        if (n == 0)
            continue;
        *text = type_phrases[i];
        return n;
    }
    return 0;
}

/* ---- strings ---- */

static bool
is_interval_unit(const struct reader *rd, size_t ahead)
{
    static const char *const units[] = { "year", "month",  "day",
                                         "hour", "minute", "second" };

    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (reader_peek_is(rd, ahead, units[i]))
            return true;
    return false;
}

/* A whole number, perhaps with a sign. */
static bool
is_plain_amount(struct slice text)
{
    size_t first = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;

    for (size_t i = first; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > first;
}

/* INTERVAL '1' DAY is INTERVAL '1 day'. */
static size_t
take_interval_unit(struct reader *rd, size_t taken, struct slice *text)
{
    const struct token *before = &rd->tokens->all.items[rd->at - (rd->at > 0)];
    struct slice unit;

    if (rd->at == rd->begin || !token_is_word(rd->tokens, before, "interval")
        || !is_interval_unit(rd, taken) || !is_plain_amount(*text)
        || reader_peek_kind(rd, taken + 1) == T_TO
        || reader_peek_kind(rd, taken + 1) == '(')
        return taken;
    unit = slice_lower(rd->scratch, token_text(rd->tokens, reader_peek(rd, taken)));
    *text = slice_format(rd->arena, "%.*s %.*s", SLICE_ARG(*text), SLICE_ARG(unit));
    return taken + 1;
}

/* U&'…' UESCAPE '!' and U&"…" UESCAPE '!' */
static bool
has_uescape(const struct reader *rd)
{
    struct slice text = token_text(rd->tokens, reader_peek(rd, 0));

    return text.len > 2 && (text.ptr[0] | 0x20) == 'u' && text.ptr[1] == '&'
           && reader_peek_is(rd, 1, "uescape") && reader_peek_kind(rd, 2) == T_SCONST;
}

/* One character that is no digit, sign, quote or blank; else a backslash is as good. */
static char
uescape(struct reader *rd)
{
    const struct token *t = reader_peek(rd, 2);
    struct slice text = token_text(rd->tokens, t);

    if (text.len == 3 && strchr("0123456789abcdefABCDEF+'\" \t\n", text.ptr[1]) == NULL)
        return text.ptr[1];
    reader_error(rd, D_SYNTAX, token_span(rd->tokens, t),
                 "UESCAPE takes one character that is no hexadecimal digit, quote, plus "
                 "sign or blank");
    return '\\';
}

/* 'a' on one line and 'b' on the next are 'ab'. */
static size_t
take_string(struct reader *rd, struct slice *text)
{
    size_t taken = 1;
    struct text all;

    if (has_uescape(rd)) {
        *text = token_unicode(rd->s, rd->tokens, reader_peek(rd, 0), uescape(rd));
        return 3;
    }
    *text = token_string(rd->s, rd->tokens, reader_peek(rd, 0));
    if (reader_peek_kind(rd, 1) == T_SCONST && reader_peek(rd, 1)->first_on_line) {
        text_init(&all, rd->arena);
        text_add(&all, *text);
        for (; reader_peek_kind(rd, taken) == T_SCONST
               && reader_peek(rd, taken)->first_on_line;
             taken++)
            text_add(&all, token_string(rd->s, rd->tokens, reader_peek(rd, taken)));
        *text = text_slice(&all);
    }
    return take_interval_unit(rd, taken, text);
}

/* x'…' and b'…': the digits alone. */
static struct slice
digits_inside(struct reader *rd, const struct token *t)
{
    const char *allowed = t->kind == T_BLOB ? "0123456789abcdefABCDEF" : "01";
    struct slice text = token_text(rd->tokens, t);
    struct slice digits = slice_sub(text, 2, text.len - 1);

    for (size_t i = 0; i < digits.len; i++)
        if (strchr(allowed, digits.ptr[i]) == NULL || digits.ptr[i] == '\0') {
            reader_error(rd, D_BAD_CHARACTER, token_span(rd->tokens, t),
                         "\"%c\" is no digit of this literal", digits.ptr[i]);
            break;
        }
    return slice_lower(rd->arena, digits);
}

/* ---- JOIN without a condition ---- */

static bool
ends_from_clause(int kind)
{
    return kind == T_END || kind == T_WHERE || kind == T_GROUP || kind == T_ORDER
           || kind == T_HAVING || kind == T_LIMIT || kind == T_UNION || kind == T_EXCEPT
           || kind == T_INTERSECT || kind == T_WINDOW || kind == T_RETURNING
           || kind == T_SET || kind == ',';
}

#define JOIN_TOKENS_MAX 10000 /* a longer condition counts as one */

/*
 * a JOIN b WHERE …: SQLite and MySQL allow a JOIN without ON.  The conditions that follow
 * belong to the innermost JOIN first, so this one has none when there are too few.
 */
static bool
join_is_bare(const struct reader *rd)
{
    size_t joins = 1;
    size_t depth = 0;

    for (size_t i = 1; i < JOIN_TOKENS_MAX; i++) {
        int kind = reader_peek_kind(rd, i);

        if (kind == '(')
            depth++;
        else if (kind == ')' && depth-- == 0)
            return true;
        else if (depth == 0 && kind == T_JOIN)
            joins++;
        else if (depth == 0 && (kind == T_ON || kind == T_USING) && --joins == 0)
            return false;
        else if (kind == T_END || (depth == 0 && ends_from_clause(kind)))
            return true;
    }
    return false;
}

/* ---- keywords under another name ---- */

static bool
followed_by_test(const struct reader *rd)
{
    size_t at = reader_peek_kind(rd, 1) == T_NOT ? 2 : 1;

    switch (reader_peek_kind(rd, at)) {
    case T_NULL:
    case T_TRUE:
    case T_FALSE:
    case T_UNKNOWN:
    case T_DISTINCT:
        return true;
    default:
        return reader_is_test(rd, at);
    }
}

static bool
followed_by_negatable(const struct reader *rd)
{
    switch (reader_peek_kind(rd, 1)) {
    case T_BETWEEN:
    case T_IN:
    case T_LIKE:
    case T_ILIKE:
    case T_SIMILAR:
    case T_GLOB:
    case T_REGEXP:
    case T_MATCH:
        return true;
    default:
        return false;
    }
}

/* MySQL's KEY name (column): not a column called key, as in `key varchar(10)`. */
static bool
begins_inline_key(const struct reader *rd)
{
    int before = kind_before(rd);
    int next = reader_peek_kind(rd, 1);
    size_t open = next == '(' || next == T_USING ? 1 : 2;

    if (rd->mode != READ_CREATE_TABLE && rd->mode != READ_ALTER_TABLE)
        return false;
    if (before != T_UNIQUE && !is_element_begin(rd))
        return false;
    if (open == 2 && !is_name(reader_peek_kind(rd, 1)))
        return false;
    return reader_peek_kind(rd, open) == T_USING
           || (reader_peek_kind(rd, open) == '('
               && reader_peek_kind(rd, open + 1) != T_NUMBER);
}

static bool
is_action_end(int kind)
{
    return kind == ',' || kind == T_END;
}

static bool
is_alter_position(const struct reader *rd)
{
    int before = kind_before(rd);

    return rd->mode == READ_ALTER_TABLE && rd->depth == 0 && before != T_ADD
           && before != T_COLUMN;
}

static int
rename_on(const struct reader *rd)
{
    int what = reader_peek_kind(rd, 2);

    if (reader_peek_kind(rd, 1) == T_CONFLICT)
        return T_ON_CONFLICT;
    if (reader_peek_kind(rd, 1) == T_UPDATE
        && (what == T_CURRENT_TIMESTAMP || what == T_LOCALTIMESTAMP
            || reader_peek_is(rd, 2, "now")))
        return T_ON_TOUCH;
    return T_ON;
}

static int
rename_if(const struct reader *rd)
{
    int next = reader_peek_kind(rd, 1);

    return next == T_EXISTS || (next == T_NOT && reader_peek_kind(rd, 2) == T_EXISTS)
               ? T_IF_LA
               : T_IF;
}

static int
rename_keyword(const struct reader *rd, int kind)
{
    int next = reader_peek_kind(rd, 1);

    switch (kind) {
    case T_NOT:
        return followed_by_negatable(rd) ? T_NOT_LA : kind;
    case T_ANY: /* a type of SQLite */
        return next == '(' ? kind : T_IDENT;
    case T_NULLS:
        return next == T_FIRST || next == T_LAST ? T_NULLS_LA : kind;
    case T_WITH:
        return next == T_ORDINALITY ? T_WITH_LA : kind;
    case T_IS:
        return rd->mode == READ_COMMENT || rd->mode == READ_SIGNATURE
                       || followed_by_test(rd)
                   ? kind
                   : T_IS_LA;
    case T_ON:
        return rename_on(rd);
    case T_IF:
        return rename_if(rd);
    case T_KEY:
    case T_INDEX:
        return begins_inline_key(rd) ? T_KEY_LA : kind;
    case T_GENERATED:
        return next == T_ALWAYS || next == T_BY ? T_GENERATED_LA : kind;
    case T_COMMENT:
        return next == T_SCONST ? T_COMMENT_LA : kind;
    case T_NO:
        return next == T_INHERIT ? T_NO_LA : kind;
    case T_PARTITION:
        return rd->mode == READ_CREATE_TABLE && rd->depth == 0 && next == T_OF
                   ? T_PARTITION_LA
                   : kind;
    case T_USING:
        return next == T_INDEX && reader_peek_kind(rd, 2) == T_TABLESPACE ? T_USING_LA
                                                                          : kind;
    case T_JOIN:
        return join_is_bare(rd) ? T_JOIN_BARE : kind;
    case T_FIRST:
        return is_alter_position(rd) && is_action_end(next) ? T_FIRST_LA : kind;
    case T_AFTER:
        return is_alter_position(rd) && is_action_end(reader_peek_kind(rd, 2))
                       && is_name(next)
                   ? T_AFTER_LA
                   : kind;
    default:
        return kind;
    }
}

static bool
is_action_begin(const struct reader *rd)
{
    if (rd->mode != READ_ALTER_TABLE && rd->mode != READ_ALTER_TYPE)
        return false;
    return rd->at == rd->actions
           || (rd->at > rd->actions && rd->depth == 0 && kind_before(rd) == ',');
}

/* `c text STORAGE main COMPRESSION lz4`: how a value is kept, and no word of its type. */
static int
storage_word(const struct reader *rd)
{
    static const char *const values[] = { "plain",   "external", "extended", "main",
                                          "default", "pglz",     "lz4" };

    if (rd->depth > 1 || is_element_begin(rd))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (reader_peek_is(rd, 1, values[i]))
            return reader_peek_is(rd, 0, "storage")       ? T_STORAGE_LA
                   : reader_peek_is(rd, 0, "compression") ? T_COMPRESSION_LA
                                                          : 0;
    return 0;
}

/* Names that mean something to the grammar where they stand; 0: a name. */
static int
special_word(const struct reader *rd)
{
    if (rd->mode == READ_ALTER_TABLE && is_action_begin(rd))
        return reader_action_word(rd);
    if (rd->mode == READ_ALTER_TABLE && rd->depth == 0 && reader_peek_is(rd, 0, "reset")
        && reader_peek_kind(rd, 1) == '(')
        return T_RESET_LA;
    if ((rd->mode == READ_CREATE_TABLE && rd->depth == 1)
        || (rd->mode == READ_ALTER_TABLE && rd->depth == 0 && kind_before(rd) != T_SET))
        return storage_word(rd);
    return 0;
}

/* CROSS JOIN and NATURAL JOIN never have a condition. */
static bool
is_join_of_its_own(const struct reader *rd)
{
    int before = kind_before(rd);
    size_t at = rd->at - (rd->at > rd->begin);

    while (before == T_OUTER || before == T_LEFT || before == T_RIGHT || before == T_FULL
           || before == T_INNER) {
        if (at <= rd->begin)
            return false;
        before = rd->tokens->all.items[--at].kind;
    }
    return before == T_CROSS || before == T_NATURAL;
}

/* Words that only together mean something: their count, 0 when there are none. */
static size_t
find_joined_words(struct reader *rd, int *joined, struct slice *text)
{
    int kind = *joined;
    bool zone = reader_peek_is(rd, 1, "time") && reader_peek_is(rd, 2, "zone");

    if (kind == T_WITH && zone)
        *joined = T_WITH_TIME_ZONE;
    else if (kind == T_WITHOUT && zone)
        *joined = T_WITHOUT_TIME_ZONE;
    else if (kind == T_IDENT && zone && reader_peek_is(rd, 0, "at"))
        *joined = T_AT_TIME_ZONE;
    else
        zone = false;
    if (zone)
        return 3;
    if (kind == T_NO && is_action_begin(rd) && reader_peek_is(rd, 1, "force")) {
        *joined = T_NO_FORCE_LA;
        return 2;
    }
    if (kind == T_IDENT && reader_peek_kind(rd, 1) == T_SET
        && reader_peek_is(rd, 0, "character")) {
        *joined = T_CHARACTER_SET;
        return 2;
    }
    return reader_find_phrase(rd, joined, text);
}

/* ---- what the grammar does not read ---- */

/* Tokens up to the comma that ends the action, or all that are left. */
static size_t
action_length(const struct reader *rd)
{
    size_t depth = 0;
    size_t n = 0;

    for (;; n++) {
        int kind = reader_peek_kind(rd, n);

        if (kind == T_END || (depth == 0 && kind == ','))
            return n;
        if (kind == '(')
            depth++;
        else if (kind == ')' && depth > 0)
            depth--;
    }
}

/* "(" … ")": 0 when it does not close. */
static size_t
parens_length(const struct reader *rd)
{
    size_t depth = 0;

    for (size_t n = 0;; n++) {
        int kind = reader_peek_kind(rd, n);

        if (kind == T_END)
            return 0;
        if (kind == '(')
            depth++;
        else if (kind == ')' && --depth == 0)
            return n + 1;
    }
}

/* Count of tokens that become one T_OTHER here; 0 for none. */
static size_t
find_other(const struct reader *rd)
{
    switch (rd->mode) {
    case READ_PLAIN:
    case READ_CREATE_TABLE:
    case READ_SIGNATURE:
    case READ_ROUTINE:
    case READ_TRIGGER:
    case READ_RULE:
        return 0;
    case READ_ALTER_TABLE:
    case READ_ALTER_TYPE:
        return is_action_begin(rd) && reader_is_other_action(rd) ? action_length(rd) : 0;
    case READ_DROP:
    case READ_COMMENT:
        return reader_peek_kind(rd, 0) == '(' ? parens_length(rd) : 0;
    }
    return 0;
}

/* ---- the next token ---- */

static void
count_parens(struct reader *rd, int kind)
{
    if (kind == '(')
        rd->depth++;
    else if (kind == ')' && rd->depth > 0)
        rd->depth--;
}

/* Behind a dot every word is a name, whatever follows; so is a keyword behind AS. */
static bool
is_label(const struct reader *rd)
{
    int before = kind_before(rd);

    return before == '.' || (before == T_AS && reader_peek_kind(rd, 0) != T_IDENT);
}

/* Kind, text and count of tokens that are taken together. */
static int
read_word(struct reader *rd, const struct token *t, struct slice *text, size_t *taken)
{
    int kind = t->kind;
    int special;
    size_t n = 0;

    if (is_label(rd)) {
        *text = kind == T_IDENT ? token_name(rd->s, rd->tokens, t)
                                : token_text(rd->tokens, t);
        return kind;
    }
    n = reader_find_words(rd, text, &kind);
    if (n == 0)
        n = reader_find_form(rd, kind_before(rd), &kind, text);
    if (n == 0)
        n = find_joined_words(rd, &kind, text);
    if (n == 0 && (n = find_type_phrase(rd, text)) > 0)
        kind = T_TYPE_WORDS;
    if (n > 0) {
        *taken = n;
        return kind;
    }
    if (kind == T_IDENT && (special = special_word(rd)) != 0) {
        *text = token_name(rd->s, rd->tokens, t);
        return special;
    }
    if (kind == T_IDENT && has_uescape(rd)) {
        *text = token_unicode(rd->s, rd->tokens, t, uescape(rd));
        *taken = 3;
        return kind;
    }
    if (kind == T_IDENT) {
        *text = token_name(rd->s, rd->tokens, t);
        return kind;
    }
    *text = token_text(rd->tokens, t);
    kind = rename_keyword(rd, kind);
    if (kind == T_IDENT)
        *text = token_name(rd->s, rd->tokens, t);
    return kind == T_JOIN_BARE && is_join_of_its_own(rd) ? T_JOIN : kind;
}

static int
read_token(struct reader *rd, const struct token *t, struct slice *text, size_t *taken)
{
    int kind;

    switch (t->kind) {
    case T_SCONST:
        *taken = take_string(rd, text);
        return T_SCONST;
    case T_BLOB:
    case T_BITS:
        *text = digits_inside(rd, t);
        return t->kind;
    case T_NUMBER:
        *text = token_number(rd->s, rd->tokens, t);
        return t->kind;
    case T_PARAM:
    case T_OP:
        *text = token_text(rd->tokens, t);
        return t->kind;
    default:
        if (t->kind == ':'
            && (*taken = reader_find_form(rd, kind_before(rd), &kind, text)))
            return kind;
        if (t->kind < 256 || t->kind == T_BROKEN) {
            *taken = 1;
            count_parens(rd, t->kind);
            return t->kind;
        }
        return read_word(rd, t, text, taken);
    }
}

/* The place behind the last token. */
static struct span
end_span(const struct reader *rd)
{
    const struct token *last;

    if (rd->end == rd->begin) {
        uint32_t at = rd->tokens->all.items[rd->end].begin;

        return (struct span){ rd->tokens->source, at, at };
    }
    last = &rd->tokens->all.items[rd->end - 1];
    return (struct span){ rd->tokens->source, last->end, last->end };
}

int
reader_next(struct reader *rd, struct slice *text, struct span *span)
{
    const struct token *t = reader_peek(rd, 0);
    size_t taken = 1;
    int kind = rd->start;

    rd->start = 0;
    *span = SPAN_NONE;
    if (kind != 0)
        return kind;
    if (rd->skipped > 0 && kind_before(rd) != T_END && kind_before(rd) != T_OR
        && reader_peek_kind(rd, 0) == T_IDENT) {
        rd->at += rd->skipped;
        rd->skipped = 0;
        t = reader_peek(rd, 0);
    }
    rd->before = rd->given;
    rd->given = *t;
    if (rd->at == rd->end) {
        *span = end_span(rd);
        return T_END;
    }
    taken = find_other(rd);
    if (taken > 0) {
        kind = T_OTHER;
    } else {
        taken = 1;
        kind = read_token(rd, t, text, &taken);
    }
    *span = token_span(rd->tokens, t);
    span->end = reader_peek(rd, taken - 1)->end;
    if (kind == T_OTHER)
        *text = slice_sub(rd->tokens->text, span->begin, span->end);
    rd->at += taken;
    return kind;
}
