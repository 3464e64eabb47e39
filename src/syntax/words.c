/*
 * Words that are keywords in one kind of statement only: LANGUAGE is a keyword behind the
 * arguments of CREATE FUNCTION and a fine name anywhere else.  Each such word, or run of
 * words, becomes one token here, so that the grammar's list of keywords stays short and
 * no name is lost to it.  The words are in phrases.def.
 */
#include "grammar/parser.h"
#include "syntax/reader.h"

enum words_place { PLACE_HEAD, PLACE_ARGS, PLACE_TAIL };

struct contextual {
    enum reader_mode mode;
    enum words_place place;
    int kind;
    const char *words;
};

static const struct contextual contextuals[] = {
#define STATEMENT(mode, place, token, words)                                             \
    { READ_##mode, PLACE_##place, T_##token, words },
#include "syntax/phrases.def"
#undef STATEMENT
};

size_t
reader_match(const struct reader *rd, size_t ahead, const char *words)
{
    size_t n = 0;

    while (words[0] != '\0') {
        struct slice word = { words, 0 };
        const struct token *t = reader_peek(rd, ahead + n);

        while (word.ptr[word.len] != ' ' && word.ptr[word.len] != '\0')
            word.len++;
        if (t->kind == T_END || !slice_equal_fold(token_text(rd->tokens, t), word))
            return 0;
        n++;
        words += word.len;
        words += words[0] == ' ';
    }
    return n;
}

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

/* BEGIN ATOMIC … END is the last of a routine; its words are those of queries. */
static bool
begins_atomic(const struct reader *rd)
{
    return rd->mode == READ_ROUTINE && rd->at >= rd->actions && rd->depth == 0
           && reader_peek_is(rd, 0, "begin") && reader_peek_is(rd, 1, "atomic");
}

/* What stands between, as it is written. */
static struct slice
atomic_text(const struct reader *rd)
{
    uint32_t begin = reader_peek(rd, 2)->begin;
    uint32_t end = rd->tokens->all.items[rd->end - 1].begin;

    return begin < end ? slice_trim(slice_sub(rd->tokens->text, begin, end)) : SLICE("");
}

/* RETURN is a statement there. */
static bool
begins_return(const struct reader *rd)
{
    int before = rd->at > rd->begin ? rd->tokens->all.items[rd->at - 1].kind : T_END;

    return rd->mode == READ_ROUTINE && rd->in_body && reader_peek_is(rd, 0, "return")
           && (rd->at == rd->body || before == ';');
}

static const struct contextual *
find_contextual(const struct reader *rd, enum words_place place, size_t *count)
{
    for (size_t i = 0; i < ARRAY_LEN(contextuals); i++) {
        const struct contextual *p = &contextuals[i];

        *count = p->mode == rd->mode && p->place == place ? reader_match(rd, 0, p->words)
                                                          : 0;
        if (*count > 0)
            return p;
    }
    return NULL;
}

size_t
reader_find_words(struct reader *rd, struct slice *text, int *kind)
{
    enum words_place place = place_of(rd);
    const struct contextual *found;
    size_t count;

    if (begins_return(rd)) {
        *kind = T_RETURN_W;
        return 1;
    }
    if (rd->mode < READ_ALTER_TABLE || rd->in_body
        || (place != PLACE_HEAD && rd->at < rd->actions) || is_column_of_grant(rd))
        return 0;
    if (begins_atomic(rd) && rd->tokens->all.items[rd->end - 1].kind == T_END_P) {
        *kind = T_ATOMIC_BEGIN;
        *text = atomic_text(rd);
        rd->in_body = true;
        rd->body = rd->at + 2;
        return 2;
    }
    found = is_name_position(rd) ? NULL : find_contextual(rd, place, &count);
    if (found == NULL)
        return 0;
    *kind = found->kind;
    *text = slice_from(found->words);
    rd->in_body = found->kind == T_BODY_BEGIN;
    return count;
}
