/*
 * Queries and sentences on lines of a width, for people.  Lines are broken where white
 * space stands outside of strings, quotes and comments, so that a query means the same on
 * several lines; before a clause of the outermost query that is open, where one begins.
 */
#include "plan/internal.h"

#include "base/sqltext.h"

#define INDENT_MAX 12  /* queries in queries end, lines must not get narrow */
#define DEPTH_NONE 1000 /* deeper than any: a break that is not before a clause */

struct piece {
    struct slice text;
    bool is_behind_blank;
    bool begins_line; /* there was an end of a line before it */
    size_t depth;     /* parentheses that are open before it */
    bool begins_clause;
};

struct pieces {
    VEC(struct piece) all;
};

static bool
begins_clause(struct sqltext_token t, struct sqltext_token before)
{
    static const char *const words[] = { "select", "from",  "where", "and",   "or",
                                         "join",   "left",  "order", "group", "having",
                                         "union",  "limit", "when",  "else",  "end" };

    if (sqltext_is_word(before, "distinct")) /* IS DISTINCT FROM */
        return false;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (sqltext_is_word(t, words[i]))
            return true;
    return false;
}

static bool
has_line_end(struct slice s)
{
    return s.len > 0 && memchr(s.ptr, '\n', s.len) != NULL;
}

/* A comment ends with its line, which stays one. */
static void
cut_query(struct arena *a, struct slice sql, struct pieces *out)
{
    struct sqltext t = { .rest = sql };
    struct sqltext_token before = { SQLTEXT_END, SLICE("") };
    struct sqltext_token token;
    struct piece next = { .is_behind_blank = false };
    size_t depth = 0;

    while ((token = sqltext_next(&t)).kind != SQLTEXT_END) {
        if (token.kind == SQLTEXT_BLANK) {
            next.is_behind_blank = true;
            next.begins_line = has_line_end(token.text);
            continue;
        }
        if (slice_is(token.text, ")") && depth > 0)
            depth--;
        next.text = token.text;
        next.depth = depth;
        next.begins_clause = begins_clause(token, before);
        VEC_PUSH(a, &out->all, next);
        if (slice_is(token.text, "("))
            depth++;
        before = token;
        next = (struct piece){ .is_behind_blank = false };
    }
}

static size_t
rank_of(const struct piece *p)
{
    return p->begins_clause ? p->depth : DEPTH_NONE + p->depth;
}

/* Where the line that begins with piece `begin` ends: before the piece returned. */
static size_t
line_end(const struct pieces *all, size_t begin, size_t width)
{
    size_t used = 0;
    size_t best = begin;

    for (size_t i = begin; i < all->all.count; i++) {
        const struct piece *p = &all->all.items[i];

        if (i > begin && p->begins_line)
            return i;
        if (i > begin && p->is_behind_blank
            && (best == begin || rank_of(p) <= rank_of(&all->all.items[best])))
            best = i;
        used += p->text.len + (i > begin && p->is_behind_blank ? 1 : 0);
        if (used > width && best > begin)
            return best;
    }
    return all->all.count;
}

static void
add_line(const struct pieces *all, size_t begin, size_t end, struct text *out)
{
    for (size_t i = begin; i < end; i++) {
        const struct piece *p = &all->all.items[i];

        if (i > begin && p->is_behind_blank)
            text_addc(out, ' ');
        text_add(out, p->text);
    }
}

static size_t
indent_of(const struct piece *p)
{
    size_t indent = 2 + 2 * p->depth;

    return indent < INDENT_MAX ? indent : INDENT_MAX;
}

struct slice
plan_fold_query(struct arena *a, struct slice sql, size_t width)
{
    struct pieces all = { 0 };
    struct text out;
    size_t indent = 0;

    cut_query(a, sql, &all);
    text_init(&out, a);
    for (size_t i = 0; i < all.all.count;) {
        size_t end = line_end(&all, i, width - indent);

        text_repeat(&out, ' ', indent);
        add_line(&all, i, end, &out);
        if (end < all.all.count) {
            text_addc(&out, '\n');
            indent = indent_of(&all.all.items[end]);
        }
        i = end;
    }
    return text_slice(&out);
}

/* Behind the word that begins at `at`; `at` itself where a blank stands. */
static size_t
word_end(struct slice s, size_t at)
{
    while (at < s.len && s.ptr[at] != ' ' && s.ptr[at] != '\n')
        at++;
    return at;
}

struct slice
plan_fold_words(struct arena *a, struct slice sentence, size_t width)
{
    struct text out;
    size_t used = 0;

    text_init(&out, a);
    for (size_t at = 0; at < sentence.len;) {
        size_t end = word_end(sentence, at);
        size_t len = end - at;

        if (used > 0 && used + 1 + len > width) {
            text_addc(&out, '\n');
            used = 0;
        } else if (at > 0) {
            text_addc(&out, ' ');
            used++;
        }
        text_add(&out, slice_sub(sentence, at, end));
        used += len;
        for (at = end; at < sentence.len && word_end(sentence, at) == at;)
            at++;
    }
    return text_slice(&out);
}
