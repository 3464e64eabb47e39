/*
 * What DROP calls the objects that are kept whole and have no plain name: an operator by
 * the types of its sides, a class or family by its access method, a cast by both its
 * types.  It is read off the statement that made them (PostgreSQL 15 manual, SQL commands
 * CREATE … and DROP OPERATOR, OPERATOR CLASS, OPERATOR FAMILY, CAST, TRANSFORM, USER
 * MAPPING).
 */
#include "base/sqltext.h"
#include "dialect/postgres/postgres.h"

#include <string.h>

/* A statement, read piece by piece. */
struct made_by {
    struct sqltext text;
    struct sqltext_token next;
};

static void
advance(struct made_by *m)
{
    m->next = sqltext_next_code(&m->text);
}

static bool
at_end(const struct made_by *m)
{
    return m->next.kind == SQLTEXT_END;
}

static bool
is_mark(const struct made_by *m, const char *mark)
{
    return m->next.kind == SQLTEXT_OTHER && slice_is(m->next.text, mark);
}

static bool
take_word(struct made_by *m, const char *word)
{
    if (!sqltext_is_word(m->next, word))
        return false;
    advance(m);
    return true;
}

/* The text up to the word or mark, outside of parentheses; none where it is not said. */
static struct slice
take_until(struct made_by *m, const char *word, const char *marks)
{
    struct slice from = m->next.text;
    const char *end = from.ptr;
    size_t depth = 0;

    while (!at_end(m)) {
        bool mark = m->next.kind == SQLTEXT_OTHER && strchr(marks, m->next.text.ptr[0]);

        if (depth == 0 && (mark || (word != NULL && sqltext_is_word(m->next, word))))
            break;
        depth += is_mark(m, "(");
        depth -= depth > 0 && is_mark(m, ")");
        end = m->next.text.ptr + m->next.text.len;
        advance(m);
    }
    return end == from.ptr
               ? SLICE_NONE
               : (struct slice){ from.ptr, (size_t)(end - from.ptr) };
}

/* ---- each kind ---- */

/* CREATE OPERATOR s.+ (LEFTARG = a, RIGHTARG = b, …): the sides in parentheses. */
static struct slice
operator_name(struct arena *a, struct made_by *m)
{
    struct slice name = take_until(m, NULL, "(");
    struct slice left = SLICE("NONE");
    struct slice right = SLICE("NONE");

    while (is_mark(m, "(") || is_mark(m, ",")) {
        struct slice *side = NULL;
        struct slice type;

        advance(m);
        if (sqltext_is_word(m->next, "leftarg"))
            side = &left;
        else if (sqltext_is_word(m->next, "rightarg"))
            side = &right;
        (void)take_until(m, NULL, "=,)");
        if (is_mark(m, "="))
            advance(m);
        type = take_until(m, NULL, ",)");
        if (side != NULL)
            *side = type;
    }
    if (slice_is_none(name) || slice_is_none(left) || slice_is_none(right))
        return SLICE_NONE;
    return slice_format(a, "%.*s (%.*s, %.*s)", SLICE_ARG(name), SLICE_ARG(left),
                        SLICE_ARG(right));
}

/* … FAMILY name USING method */
static struct slice
family_name(struct arena *a, struct made_by *m)
{
    struct slice name = take_until(m, "using", "");
    struct slice method = take_word(m, "using") ? m->next.text : SLICE_NONE;

    if (slice_is_none(name) || slice_is_none(method))
        return SLICE_NONE;
    return slice_format(a, "%.*s USING %.*s", SLICE_ARG(name), SLICE_ARG(method));
}

/* … CLASS name [DEFAULT] FOR TYPE t USING method … */
static struct slice
class_name(struct arena *a, struct made_by *m)
{
    struct slice name = m->next.text;
    const char *end;

    advance(m);
    while (is_mark(m, ".")) {
        advance(m);
        end = m->next.text.ptr + m->next.text.len;
        name.len = (size_t)(end - name.ptr);
        advance(m);
    }
    (void)take_until(m, "using", "");
    if (!take_word(m, "using"))
        return SLICE_NONE;
    return slice_format(a, "%.*s USING %.*s", SLICE_ARG(name), SLICE_ARG(m->next.text));
}

/* … CAST (a AS b) … */
static struct slice
cast_name(struct arena *a, struct made_by *m)
{
    struct slice from;
    struct slice to;

    if (!is_mark(m, "("))
        return SLICE_NONE;
    advance(m);
    from = take_until(m, "as", ")");
    to = take_word(m, "as") ? take_until(m, NULL, ")") : SLICE_NONE;
    return slice_is_none(from) || slice_is_none(to)
               ? SLICE_NONE
               : slice_format(a, "(%.*s AS %.*s)", SLICE_ARG(from), SLICE_ARG(to));
}

/* … TRANSFORM FOR type LANGUAGE l (…) */
static struct slice
transform_name(struct arena *a, struct made_by *m)
{
    return slice_copy(a, take_until(m, NULL, "("));
}

/* … USER MAPPING FOR user SERVER s [OPTIONS (…)] */
static struct slice
mapping_name(struct arena *a, struct made_by *m)
{
    return slice_copy(a, take_until(m, "options", ""));
}

static struct slice
plain_name(struct arena *a, struct made_by *m)
{
    return slice_copy(a, m->next.text);
}

static const struct {
    const char *kind; /* of statements.def */
    const char *words;
    size_t word_count; /* of the kind in CREATE */
    struct slice (*name)(struct arena *a, struct made_by *m);
} kinds[] = {
    { "operator", "DROP OPERATOR", 1, operator_name },
    { "operator class", "DROP OPERATOR CLASS", 2, class_name },
    { "operator family", "DROP OPERATOR FAMILY", 2, family_name },
    { "cast", "DROP CAST", 1, cast_name },
    { "transform", "DROP TRANSFORM", 1, transform_name },
    { "user mapping", "DROP USER MAPPING", 2, mapping_name },
    { "access method", "DROP ACCESS METHOD", 2, plain_name },
    { "language", "DROP LANGUAGE", 1, plain_name },
};

/* Behind CREATE, its options and the words of the kind; false where it is no CREATE. */
static bool
reach_name(struct made_by *m, size_t word_count)
{
    advance(m);
    if (!take_word(m, "create"))
        return false;
    if (take_word(m, "or"))
        advance(m); /* REPLACE */
    (void)take_word(m, "trusted");
    (void)take_word(m, "procedural");
    while (word_count-- > 0)
        advance(m);
    if (take_word(m, "if")) {
        advance(m); /* NOT */
        advance(m); /* EXISTS */
    }
    return !at_end(m);
}

bool
postgres_names_own_family(const struct definition *d)
{
    return slice_is(d->kind, "operator class")
           && !sqltext_says_word((struct sqltext){ .rest = d->text }, "family");
}

struct slice
postgres_drop_text(struct arena *a, const struct definition *d, bool family_is_declared)
{
    struct made_by m = { .text = { .rest = d->text } };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct slice name = SLICE_NONE;

        if (!slice_is(d->kind, kinds[i].kind))
            continue;
        if (reach_name(&m, kinds[i].word_count))
            name = kinds[i].name(a, &m);
        return slice_is_none(name)
                   ? SLICE_NONE
                   : slice_format(a, "%s %.*s",
                                  postgres_names_own_family(d) && !family_is_declared
                                      ? "DROP OPERATOR FAMILY"
                                      : kinds[i].words,
                                  SLICE_ARG(name));
    }
    return SLICE_NONE;
}
