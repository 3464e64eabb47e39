/*
 * How a script of ours makes a role that may be there (dialect/postgres/create_role.c):
 *
 *     DO $schemac$
 *     DECLARE
 *         schemac_words text;
 *     BEGIN
 *         IF … THEN BEGIN CREATE ROLE app LOGIN; EXCEPTION … END IF; …
 *     END
 *     $schemac$ LANGUAGE plpgsql
 *
 * The CREATE ROLE is read in place of the block.  Blocks of others are programs, which
 * nobody reads.
 */
#include "syntax/scan.h"

/* What stands between the dollars of the block's string; false: it is none of ours. */
static bool
find_body(const struct scan *c, struct span *out)
{
    size_t begin = c->piece.begin;
    const struct token *string = token_at(c, begin + 1);
    struct slice text;
    size_t tag = 1;

    if (c->piece.end != begin + 4 || !word_at(c, begin, "do") || string->kind != T_SCONST
        || !word_at(c, begin + 2, "language") || !word_at(c, begin + 3, "plpgsql"))
        return false;
    text = token_text(c->t, string);
    if (!slice_starts(text, "$schemac"))
        return false;
    while (text.ptr[tag] != '$')
        tag++;
    *out = token_span(c->t, string);
    out->begin += (uint32_t)tag + 1;
    out->end -= (uint32_t)tag + 1;
    return true;
}

bool
scan_guarded_role(const struct scan *c, struct scan *out, struct slice *text)
{
    struct tokens *tokens;
    struct span body;
    size_t begin = 0;

    if (!find_body(c, &body))
        return false;
    tokens = ARENA_NEW(&c->s->scratch, struct tokens);
    lex_span(c->s, &c->s->scratch, body, tokens);
    *out = (struct scan){ c->s, tokens, { .end = tokens->all.count - 1 } };
    if (!word_at(out, 1, "schemac_words"))
        return false;
    while (begin < out->piece.end
           && !(word_at(out, begin, "create") && word_at(out, begin + 1, "role")))
        begin++;
    out->piece.begin = begin;
    while (begin < out->piece.end && kind_at(out, begin) != ';')
        begin++;
    out->piece.end = begin;
    if (out->piece.begin == begin)
        return false;
    *text = slice_sub(tokens->text, token_at(out, out->piece.begin)->begin,
                      tokens->all.items[begin].begin);
    return true;
}
