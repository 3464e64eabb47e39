/*
 * Words that are keywords in one kind of statement only: LANGUAGE is a keyword behind the
 * arguments of CREATE FUNCTION and a fine name anywhere else.  Each such word, or run of
 * words, becomes one token here, so that the grammar's list of keywords stays short and
 * no name is lost to it.
 */
#include "grammar/parser.h"
#include "syntax/reader.h"

/* Where in the statement the words mean it. */
enum words_place {
    PLACE_HEAD, /* before the name: CREATE OR REPLACE PROCEDURE */
    PLACE_ARGS, /* between the parentheses behind the name */
    PLACE_TAIL, /* behind the name, outside of parentheses */
};

#define WORDS_MAX 5

struct contextual {
    enum reader_mode mode;
    enum words_place place;
    int kind;
    const char *words[WORDS_MAX + 1];
};

/* Longest first where one begins another. */
static const struct contextual contextuals[] = {
    { READ_ROUTINE, PLACE_HEAD, T_PROCEDURE_W, { "procedure" } },
    { READ_ROUTINE, PLACE_HEAD, T_AGGREGATE_W, { "aggregate" } },
    { READ_ROUTINE, PLACE_HEAD, T_ROUTINE_W, { "routine" } },
    { READ_SIGNATURE, PLACE_ARGS, T_OUT_W, { "out" } },
    { READ_SIGNATURE, PLACE_ARGS, T_INOUT_W, { "inout" } },
    { READ_SIGNATURE, PLACE_ARGS, T_SETOF_W, { "setof" } },
    { READ_ROUTINE, PLACE_ARGS, T_OUT_W, { "out" } },
    { READ_ROUTINE, PLACE_ARGS, T_INOUT_W, { "inout" } },
    { READ_ROUTINE, PLACE_ARGS, T_SETOF_W, { "setof" } },
    { READ_ROUTINE, PLACE_TAIL, T_SETOF_W, { "setof" } },
    { READ_ROUTINE,
      PLACE_TAIL,
      T_OPTION_WORDS,
      { "returns", "null", "on", "null", "input" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "called", "on", "null", "input" } },
    { READ_ROUTINE, PLACE_TAIL, T_RETURNS_W, { "returns" } },
    { READ_ROUTINE, PLACE_TAIL, T_RETURN_W, { "return" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "immutable" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "stable" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "volatile" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "strict" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "leakproof" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "not", "leakproof" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "window" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "security", "definer" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "security", "invoker" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "external", "security", "definer" } },
    { READ_ROUTINE, PLACE_TAIL, T_OPTION_WORDS, { "external", "security", "invoker" } },
    { READ_ROUTINE, PLACE_TAIL, T_VALUE_WORD, { "language" } },
    { READ_ROUTINE, PLACE_TAIL, T_VALUE_WORD, { "cost" } },
    { READ_ROUTINE, PLACE_TAIL, T_VALUE_WORD, { "rows" } },
    { READ_ROUTINE, PLACE_TAIL, T_VALUE_WORD, { "support" } },
    { READ_ROUTINE, PLACE_TAIL, T_VALUE_WORD, { "parallel" } },
    { READ_ROUTINE, PLACE_TAIL, T_TRANSFORM_W, { "transform" } },
    { READ_ROUTINE, PLACE_TAIL, T_FOR_TYPE, { "for", "type" } },
    { READ_ROUTINE, PLACE_TAIL, T_SET_TIME_ZONE, { "set", "time", "zone" } },
    { READ_ROUTINE, PLACE_TAIL, T_FROM_CURRENT, { "from", "current" } },
    { READ_ROUTINE, PLACE_TAIL, T_RESET_W, { "reset" } },
    { READ_ROUTINE, PLACE_TAIL, T_OWNER_TO, { "owner", "to" } },

    { READ_TRIGGER, PLACE_TAIL, T_INSTEAD_OF, { "instead", "of" } },
    { READ_TRIGGER, PLACE_TAIL, T_TRUNCATE_W, { "truncate" } },
    { READ_TRIGGER, PLACE_TAIL, T_FOR_EACH, { "for", "each", "row" } },
    { READ_TRIGGER, PLACE_TAIL, T_FOR_EACH, { "for", "each", "statement" } },
    { READ_TRIGGER, PLACE_TAIL, T_FOR_EACH, { "for", "row" } },
    { READ_TRIGGER, PLACE_TAIL, T_FOR_EACH, { "for", "statement" } },
    { READ_TRIGGER, PLACE_TAIL, T_EXECUTE_W, { "execute", "function" } },
    { READ_TRIGGER, PLACE_TAIL, T_EXECUTE_W, { "execute", "procedure" } },
    { READ_TRIGGER, PLACE_TAIL, T_REFERENCING_W, { "referencing" } },
    { READ_TRIGGER, PLACE_TAIL, T_TRANSITION, { "old", "table", "as" } },
    { READ_TRIGGER, PLACE_TAIL, T_TRANSITION, { "new", "table", "as" } },
    { READ_TRIGGER, PLACE_TAIL, T_TRANSITION, { "old", "table" } },
    { READ_TRIGGER, PLACE_TAIL, T_TRANSITION, { "new", "table" } },
    { READ_TRIGGER, PLACE_TAIL, T_BODY_BEGIN, { "begin" } },

    { READ_RULE, PLACE_HEAD, T_RULE_W, { "rule" } },
    { READ_RULE, PLACE_TAIL, T_DO_WHAT, { "do", "also" } },
    { READ_RULE, PLACE_TAIL, T_DO_WHAT, { "do", "instead" } },

    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "enable", "trigger" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "enable", "replica", "trigger" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "enable", "always", "trigger" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "disable", "trigger" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "enable", "rule" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "enable", "replica", "rule" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "enable", "always", "rule" } },
    { READ_ALTER_TABLE, PLACE_TAIL, T_ENABLE_W, { "disable", "rule" } },
};

static enum words_place
place_of(const struct reader *rd)
{
    if (rd->at < rd->name)
        return PLACE_HEAD;
    return rd->depth > 0 ? PLACE_ARGS : PLACE_TAIL;
}

/* Behind these stands a name or a value, whatever it looks like. */
static bool
is_name_position(const struct reader *rd)
{
    int before = rd->at > rd->begin ? rd->tokens->all.items[rd->at - 1].kind : T_END;

    return before == '.' || before == T_TO || before == '=' || before == T_OF
           || (before == ',' && rd->depth == 0 && rd->mode != READ_ALTER_TABLE);
}

/* GRANT SELECT (out) ON t: an argument's mode has more behind it. */
static bool
is_column_of_grant(const struct reader *rd)
{
    int next = reader_peek_kind(rd, 1);

    return rd->mode == READ_SIGNATURE && (next == ',' || next == ')');
}

static size_t
words_length(const struct reader *rd, const struct contextual *p)
{
    size_t n = 0;

    while (p->words[n] != NULL) {
        if (!reader_peek_is(rd, n, p->words[n]))
            return 0;
        n++;
    }
    return n;
}

static struct slice
words_text(struct reader *rd, const struct contextual *p)
{
    struct text words;

    text_init(&words, rd->scratch);
    for (size_t k = 0; p->words[k] != NULL; k++)
        text_addf(&words, "%s%s", k == 0 ? "" : " ", p->words[k]);
    return intern(&rd->s->names, text_slice(&words));
}

/* BEGIN ATOMIC … END is the last of a routine: all tokens that are left. */
static bool
begins_atomic(const struct reader *rd)
{
    return rd->mode == READ_ROUTINE && rd->at >= rd->actions && rd->depth == 0
           && reader_peek_is(rd, 0, "begin") && reader_peek_is(rd, 1, "atomic");
}

static size_t
take_atomic(struct reader *rd, struct slice *text)
{
    uint32_t begin = reader_peek(rd, 2)->begin;
    uint32_t end = rd->tokens->all.items[rd->end - 1].begin;

    *text = begin < end ? slice_trim(slice_sub(rd->tokens->text, begin, end)) : SLICE("");
    return rd->end - rd->at;
}

size_t
reader_find_words(struct reader *rd, struct slice *text, int *kind)
{
    enum words_place place = place_of(rd);

    if (rd->mode < READ_ALTER_TABLE || rd->in_body
        || (place != PLACE_HEAD && rd->at < rd->actions) || is_column_of_grant(rd))
        return 0;
    if (begins_atomic(rd) && rd->tokens->all.items[rd->end - 1].kind == T_END_P) {
        *kind = T_ATOMIC_BODY;
        return take_atomic(rd, text);
    }
    if (is_name_position(rd))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(contextuals); i++) {
        const struct contextual *p = &contextuals[i];
        size_t n = p->mode == rd->mode && p->place == place ? words_length(rd, p) : 0;

        if (n == 0)
            continue;
        *kind = p->kind;
        *text = words_text(rd, p);
        rd->in_body = p->kind == T_BODY_BEGIN;
        return n;
    }
    return 0;
}
