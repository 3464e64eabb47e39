/*
 * Which form was refused for the one that a step has, and what that would have cost: the
 * rows of choices.def, by what was decided.
 */
#include "dialect/postgres/alter.h"

#include "base/sqltext.h"

enum choice_when {
    ONLINE = 1 << 0,
    OFFLINE = 1 << 1,
    READS = 1 << 2,
    QUIET = 1 << 3,
    CHOSEN = 1 << 4,
    PLAIN = 1 << 5,
};

#define ANY CHANGE_KIND_COUNT

struct choice {
    const char *form;
    enum change_kind cause; /* ANY */
    const char *phrase;     /* "": any statement */
    const char *without;    /* "": nothing */
    unsigned when;
    struct refusal refused;
};

static const struct choice choices[] = {
#define CHOICE(form, cause, phrase, without, when, refused, cost)                        \
    { form, cause, phrase, without, when, { refused, cost } },
#include "dialect/postgres/choices.def"
#undef CHOICE
};

/* ---- what a step says ---- */

/* Takes the words of the phrase off the front, one blank between them. */
static bool
begins_with(struct sqltext t, const char *phrase)
{
    struct slice left = slice_from(phrase);

    while (left.len > 0) {
        size_t n = 0;

        while (n < left.len && left.ptr[n] != ' ')
            n++;
        if (!slice_equal_fold(sqltext_next_code(&t).text, slice_sub(left, 0, n)))
            return false;
        left = slice_sub(left, n < left.len ? n + 1 : n, left.len);
    }
    return true;
}

static bool
statement_says(struct slice sql, const char *phrase)
{
    struct sqltext t = { .rest = sql };

    do {
        if (begins_with(t, phrase))
            return true;
    } while (sqltext_next_code(&t).kind != SQLTEXT_END);
    return false;
}

static bool
says(const struct action *to, const struct choice *c)
{
    VEC_EACH (i, &to->sql)
        if (statement_says(to->sql.items[i], c->phrase)
            && (c->without[0] == '\0' || !statement_says(to->sql.items[i], c->without)))
            return true;
    return false;
}

/* ---- what it is about ---- */

static const struct table *
old_table(const struct alter *a, const struct change *c)
{
    const struct table *new = c->new.index != NULL ? c->new.index->table : c->new.table;

    if (new != NULL)
        return diff_old_table(a->r->changes, new);
    return c->old.index != NULL ? c->old.index->table : c->old.table;
}

static bool
is_about_table(const struct change *c)
{
    return c->new.table != NULL || c->old.table != NULL || c->new.index != NULL
           || c->old.index != NULL;
}

/* A table that comes or goes in this version has nobody who would wait for it. */
static bool
stays(const struct alter *a, const struct change *c)
{
    const struct table *t = old_table(a, c);

    if (!is_about_table(c))
        return true;
    return t != NULL && diff_new_table(a->r->changes, t) != NULL;
}

static bool
is_partitioned(const struct alter *a, const struct change *c)
{
    const struct table *t = old_table(a, c);

    return t != NULL && t->partition_by != NULL;
}

static bool
is_declared_not_valid(const struct change *c)
{
    return c->new.constraint != NULL && c->new.constraint->not_valid;
}

static bool
fits(const struct alter *a, const struct action *to, const struct change *c,
     unsigned when)
{
    bool reads = to->rewrites || to->scans;

    return ((when & ONLINE) == 0 || a->r->online)
           && ((when & OFFLINE) == 0 || !a->r->online)
           && ((when & READS) == 0 || reads) && ((when & QUIET) == 0 || !reads)
           && ((when & CHOSEN) == 0 || !is_declared_not_valid(c))
           && ((when & PLAIN) == 0 || !is_partitioned(a, c));
}

/* ---- all steps ---- */

static const struct refusal *
refused_for(const struct alter *a, const struct action *to, const char *form)
{
    const struct change *c = &to->causes.items[0];

    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        const struct choice *x = &choices[i];

        if (strcmp(x->form, form) == 0 && (x->cause == ANY || x->cause == c->kind)
            && fits(a, to, c, x->when) && says(to, x))
            return &x->refused;
    }
    return NULL;
}

/* What holds on to others is taken down and put back as it was: no choice of its own. */
static void
weigh(struct alter *a, struct action *to)
{
    if (to->causes.count == 0 || to->occasions.count > 0
        || !stays(a, &to->causes.items[0]))
        return;
    VEC_EACH (i, &to->forms) {
        const struct refusal *r = refused_for(a, to, to->forms.items[i]);

        if (r != NULL)
            action_refuses(&a->s->arena, to, r);
    }
}

void
postgres_weigh(struct alter *a)
{
    VEC_EACH (i, &a->out->all)
        weigh(a, a->out->all.items[i]);
}
