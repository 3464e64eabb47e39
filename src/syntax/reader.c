/*
 * From tokens to what the grammar reads.  One token of look-ahead is not enough for SQL
 * as three engines write it, so some words get another name here, after what follows
 * them; words that make one type ("double precision") become one token; and what the
 * grammar does not read (rarer actions of ALTER TABLE) becomes one token too.
 */
#include "syntax/reader.h"

#include "grammar/parser.h"

const struct token reader_no_token = { .kind = T_END };

/* ---- types of several words ---- */

static const char *const type_phrases[] = {
#define TYPE(words) words,
#include "syntax/phrases.def"
#undef TYPE
};

/* Where an element of a table begins, its name stands, and no type. */
bool
reader_begins_element(const struct reader *rd)
{
    int before = reader_kind_before(rd);

    if (rd->mode == READ_CREATE_TABLE)
        return rd->depth == 1 && (before == '(' || before == ',');
    return rd->mode == READ_ALTER_TABLE && rd->depth == 0
           && (before == T_ADD || before == T_COLUMN || before == T_EXISTS);
}

/* Count of tokens, 0 when no phrase begins here. */
static size_t
find_type_phrase(const struct reader *rd, struct slice *text)
{
    if (reader_peek_kind(rd, 1) != T_IDENT || reader_begins_element(rd))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(type_phrases); i++) {
        size_t n = reader_match(rd, 0, type_phrases[i]);

        if (n == 0)
            continue;
        *text = slice_from(type_phrases[i]);
        return n;
    }
    return 0;
}

/* ---- actions of ALTER ---- */

bool
reader_begins_action(const struct reader *rd)
{
    if (rd->mode != READ_ALTER_TABLE && rd->mode != READ_ALTER_TYPE)
        return false;
    return rd->at == rd->actions
           || (rd->at > rd->actions && rd->depth == 0 && reader_kind_before(rd) == ',');
}

/* `c text STORAGE main COMPRESSION lz4`: how a value is kept, and no word of its type. */
static int
storage_word(const struct reader *rd)
{
    static const char *const values[] = { "plain",   "external", "extended", "main",
                                          "default", "pglz",     "lz4" };

    if (rd->depth > 1 || reader_begins_element(rd))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        if (reader_peek_is(rd, 1, values[i]))
            return reader_peek_is(rd, 0, "storage")       ? T_STORAGE_LA
                   : reader_peek_is(rd, 0, "compression") ? T_COMPRESSION_LA
                                                          : 0;
    return 0;
}

/* ALTER c RESTART [WITH n]: behind the name of the column or another change of its
 * numbers. */
static bool
restarts_numbers(const struct reader *rd)
{
    int before = reader_kind_before(rd);
    int two_before =
        rd->at >= rd->begin + 2 ? rd->tokens->all.items[rd->at - 2].kind : T_END;

    if (rd->mode != READ_ALTER_TABLE || rd->depth > 0
        || !reader_peek_is(rd, 0, "restart"))
        return false;
    return two_before == T_ALTER || (two_before == T_COLUMN && before != T_EXISTS)
           || before == T_ALWAYS || before == T_NUMBER || before == T_CYCLE
           || (before == T_DEFAULT && two_before == T_BY);
}

/* Names that mean something to the grammar where they stand; 0: a name. */
static int
special_word(const struct reader *rd)
{
    if (rd->mode == READ_ALTER_TABLE && reader_begins_action(rd))
        return reader_action_word(rd);
    if (restarts_numbers(rd))
        return T_RESTART_W;
    if (rd->mode == READ_ALTER_TABLE && rd->depth == 0 && reader_peek_is(rd, 0, "reset")
        && reader_peek_kind(rd, 1) == '(')
        return T_RESET_LA;
    if ((rd->mode == READ_CREATE_TABLE && rd->depth == 1)
        || (rd->mode == READ_ALTER_TABLE && rd->depth == 0
            && reader_kind_before(rd) != T_SET))
        return storage_word(rd);
    return 0;
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
        return reader_begins_action(rd) && reader_is_other_action(rd) ? action_length(rd)
                                                                      : 0;
    case READ_DROP:
    case READ_COMMENT:
        return reader_peek_kind(rd, 0) == '(' ? parens_length(rd) : 0;
    }
    return 0;
}

/* ---- the next token ---- */

/* A name in an order of its own: U&"…" UESCAPE '!' */
static struct slice
take_name(struct reader *rd, const struct token *t, size_t *taken)
{
    if ((t->cues & CUE_ESCAPES) != 0 && reader_has_uescape(rd)) {
        *taken = 3;
        return token_unicode(rd->s, rd->tokens, t, reader_uescape(rd));
    }
    return token_name(rd->s, rd->tokens, t);
}

/* Behind a dot every word is a name, whatever follows; so is a keyword behind AS. */
static bool
is_label(const struct reader *rd, const struct token *t)
{
    int before = reader_kind_before(rd);

    return before == '.' || (before == T_AS && t->kind != T_IDENT);
}

/* What begins at a word that has such cues: count of its tokens, 0 for nothing. */
static size_t
find_phrase(struct reader *rd, unsigned cues, int *kind, struct slice *text)
{
    size_t n = 0;

    if ((cues & CUE_STATEMENT) != 0)
        n = reader_find_words(rd, text, kind);
    if (n == 0 && ((cues & CUE_FORM) != 0 || rd->forms.count > 0))
        n = reader_find_form(rd, reader_kind_before(rd), kind, text);
    if (n == 0 && (cues & CUE_PHRASE) != 0)
        n = reader_find_phrase(rd, kind, text);
    if (n == 0 && (cues & CUE_TYPE) != 0) {
        n = find_type_phrase(rd, text);
        *kind = n > 0 ? T_TYPE_WORDS : *kind;
    }
    return n;
}

/* Kind, text and count of tokens that are taken together. */
static int
read_word(struct reader *rd, const struct token *t, struct slice *text, size_t *taken)
{
    bool label = is_label(rd, t);
    int kind = t->kind;
    int special;

    if (!label) {
        size_t n = find_phrase(rd, t->cues, &kind, text);

        if (n > 0) {
            *taken = n;
            return kind;
        }
        if ((t->cues & CUE_RENAMED) != 0)
            kind = reader_rename(rd, kind);
    }
    if (kind != T_IDENT) {
        *text = token_text(rd->tokens, t);
        return kind;
    }
    special = !label && (t->cues & CUE_ACTION) != 0 ? special_word(rd) : 0;
    *text = take_name(rd, t, taken);
    return special != 0 ? special : kind;
}

static int
read_sign(struct reader *rd, int kind, struct slice *text, size_t *taken)
{
    if (kind == '(') {
        rd->depth++;
    } else if (kind == ')') {
        rd->depth -= rd->depth > 0;
    } else if (kind == ':' && rd->forms.count > 0) {
        size_t n = reader_find_form(rd, reader_kind_before(rd), &kind, text);

        *taken = n > 0 ? n : 1;
    }
    return kind;
}

static int
read_token(struct reader *rd, const struct token *t, struct slice *text, size_t *taken)
{
    if (t->kind < 256)
        return read_sign(rd, t->kind, text, taken);
    switch (t->kind) {
    case T_SCONST:
        *taken = reader_take_string(rd, text);
        return T_SCONST;
    case T_BLOB:
    case T_BITS:
        *text = reader_digits(rd, t);
        return t->kind;
    case T_NUMBER:
        *text = token_number(rd->s, rd->tokens, t);
        return T_NUMBER;
    case T_PARAM:
    case T_OP:
        *text = token_text(rd->tokens, t);
        return t->kind;
    case T_BROKEN:
        return T_BROKEN;
    default:
        if (t->cues != 0 || rd->forms.count > 0)
            return read_word(rd, t, text, taken);
        *text = token_text(rd->tokens, t); /* a name is its text, too: CUE_SPELLED */
        return t->kind;
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

/* What messages speak of. */
static void
remember(struct reader *rd, const struct token *given)
{
    rd->before = rd->given;
    rd->given = *given;
}

static int
start(struct reader *rd, struct span *span)
{
    int kind = rd->start;

    rd->start = 0;
    *span = SPAN_NONE;
    return kind;
}

/* Go over the tokens before VIEW that mean nothing here. */
static void
skip_meaningless(struct reader *rd)
{
    int before = reader_kind_before(rd);

    if (before == T_END || before == T_OR || reader_peek_kind(rd, 0) != T_IDENT)
        return;
    rd->at += rd->skipped;
    rd->skipped = 0;
}

int
reader_next(struct reader *rd, struct slice *text, struct span *span)
{
    const struct token *t;
    size_t taken = 1;
    int kind;

    if (rd->start != 0)
        return start(rd, span);
    if (rd->skipped > 0)
        skip_meaningless(rd);
    if (rd->into_end > 0 && rd->at == rd->into)
        rd->at = rd->into_end;
    t = reader_peek(rd, 0);
    if (!rd->quick)
        remember(rd, t);
    if (rd->at == rd->end) {
        *span = end_span(rd);
        return T_END;
    }
    *span = token_span(rd->tokens, t);
    taken = find_other(rd);
    if (taken > 0) {
        kind = T_OTHER;
        span->end = reader_peek(rd, taken - 1)->end;
        *text = slice_sub(rd->tokens->text, span->begin, span->end);
    } else {
        taken = 1;
        kind = read_token(rd, t, text, &taken);
        if (taken > 1)
            span->end = reader_peek(rd, taken - 1)->end;
    }
    rd->at += taken;
    return kind;
}
