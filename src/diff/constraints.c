/*
 * The constraints of one table that is on both sides.
 *
 * Written names are matched as names (@was, then the name).  Whatever is left is matched
 * by what it says, so that a derived name, which follows the names of table and columns,
 * never makes a change of its own.  Equal content under another written name is a rename:
 * nothing has to be checked again.
 */
#include "diff/differ.h"

struct sides {
    const struct table_pair *pair;
    struct constraint *old; /* in the names of the new side and, like new, as a server */
    struct constraint *new; /* keeps expressions: for comparison only */
    struct matching all;
};

static void
add_constraint_change(struct differ *d, enum change_kind kind, const struct sides *s,
                      const struct constraint *old, const struct constraint *new)
{
    add_change(d, kind, (struct change_side){ .table = s->pair->old, .constraint = old },
               (struct change_side){ .table = s->pair->new, .constraint = new });
}

/* Constraints with derived names have no name to the matcher; what they are called in its
 * place cannot be an identifier. */
static void
name_constraints(struct arena *a, const struct table *t, const char *no_name,
                 struct nameds *out)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *c = t->constraints.items[i];
        struct named n = { c->name, c->was };

        if (c->name_is_derived && slice_is_none(c->was))
            n = (struct named){ slice_format(a, "%s %zu", no_name, i), SLICE_NONE };
        VEC_PUSH(a, &out->all, n);
    }
}

static void
match_written_names(struct differ *d, struct sides *s)
{
    struct nameds olds = { 0 };
    struct nameds news = { 0 };

    name_constraints(&d->s->arena, s->pair->old, "\1old", &olds);
    name_constraints(&d->s->arena, s->pair->new, "\1new", &news);
    match_names(&d->s->arena, &olds, &news, &s->all);
}

/* A constraint that was checked for every row is all that NOT VALID asks for, and more.
 */
static bool
says_the_same(const struct differ *d, const struct constraint *old,
              const struct constraint *new)
{
    struct constraint loose = *old;

    loose.not_valid = old->not_valid || new->not_valid;
    return constraint_equal(&loose, new)
           && differ_domains_agree(d, old->check, new->check)
           && differ_keys_agree(d, &old->keys, &new->keys);
}

/* The rows that were there before it are all that is left to be asked. */
static bool
needs_validation(const struct constraint *old, const struct constraint *new)
{
    struct constraint valid = *old;

    valid.not_valid = false;
    return old->not_valid && !new->not_valid && constraint_equal(&valid, new);
}

/* An old constraint that is free and says what `c` says; one of its name is best. */
static size_t
find_equal(const struct differ *d, const struct sides *s, const struct constraint *c)
{
    size_t found = MATCH_NONE;

    VEC_EACH (i, &s->pair->old->constraints) {
        if (s->all.new_of_old[i] != MATCH_NONE
            || !(says_the_same(d, &s->old[i], c) || needs_validation(&s->old[i], c)))
            continue;
        if (slice_equal(s->old[i].name, c->name))
            return i;
        if (found == MATCH_NONE)
            found = i;
    }
    return found;
}

static void
match_contents(const struct differ *d, struct sides *s)
{
    VEC_EACH (i, &s->pair->new->constraints) {
        size_t at;

        if (s->all.old_of_new[i] != MATCH_NONE)
            continue;
        at = find_equal(d, s, &s->new[i]);
        if (at == MATCH_NONE)
            continue;
        s->all.old_of_new[i] = at;
        s->all.new_of_old[at] = i;
    }
}

/* A name that was derived on both sides follows the names that it is made of. */
static bool
is_renamed(const struct constraint *old, const struct constraint *new)
{
    if (old->name_is_derived && new->name_is_derived)
        return false;
    return !slice_equal(old->name, new->name);
}

static void
diff_matched(struct differ *d, const struct sides *s, size_t at, size_t i)
{
    const struct constraint *new = s->pair->new->constraints.items[i];
    const struct constraint *old = s->pair->old->constraints.items[at];

    if (differ_comes_from_parent(d, s->pair, new) && old->inherited
        && differ_keeps_parents(d, s->pair))
        return;
    if (old->inherited && !old->is_local && !new->inherited
        && differ_keeps_parents(d, s->pair)) {
        add_constraint_change(d, CHANGE_ADD_CONSTRAINT, s, NULL, new);
        return; /* the parent's took this one along */
    }
    if (needs_validation(&s->old[at], &s->new[i])) {
        add_constraint_change(d, CHANGE_VALIDATE_CONSTRAINT, s, old, new);
    } else if (!says_the_same(d, &s->old[at], &s->new[i])) {
        add_constraint_change(d, CHANGE_DROP_CONSTRAINT, s, old, NULL);
        add_constraint_change(d, CHANGE_ADD_CONSTRAINT, s, NULL, new);
        return;
    }
    if (is_renamed(old, new))
        add_constraint_change(d, CHANGE_RENAME_CONSTRAINT, s, old, new);
    if (!same_text(old->comment, new->comment))
        add_constraint_change(d, CHANGE_OBJECT_COMMENT, s, old, new);
}

static void
use_form(const struct differ *d, struct constraint *c)
{
    c->check = differ_form(d, c->check);
    c->keys = differ_keys_form(d, c->method, &c->keys);
}

static void
set_sides(struct differ *d, struct sides *s)
{
    const struct table_pair *p = s->pair;

    s->old = ARENA_ARRAY(&d->s->arena, struct constraint, p->old->constraints.count + 1);
    VEC_EACH (i, &p->old->constraints) {
        s->old[i] = differ_rename_constraint(d, p, p->old->constraints.items[i]);
        use_form(d, &s->old[i]);
    }
    s->new = ARENA_ARRAY(&d->s->arena, struct constraint, p->new->constraints.count + 1);
    VEC_EACH (i, &p->new->constraints) {
        s->new[i] = *p->new->constraints.items[i];
        use_form(d, &s->new[i]);
    }
}

void
diff_table_constraints(struct differ *d, const struct table_pair *p)
{
    size_t old_count = p->old->constraints.count;
    struct sides s = { .pair = p };

    set_sides(d, &s);
    match_written_names(d, &s);
    match_contents(d, &s);
    VEC_EACH (i, &p->new->constraints) {
        const struct constraint *new = p->new->constraints.items[i];

        if (s.all.old_of_new[i] == MATCH_NONE && differ_comes_from_parent(d, p, new))
            continue;
        if (s.all.old_of_new[i] == MATCH_NONE)
            add_constraint_change(d, CHANGE_ADD_CONSTRAINT, &s, NULL, new);
        else
            diff_matched(d, &s, s.all.old_of_new[i], i);
    }
    for (size_t i = 0; i < old_count; i++)
        if (s.all.new_of_old[i] == MATCH_NONE
            && !(p->old->constraints.items[i]->inherited && differ_keeps_parents(d, p)))
            add_constraint_change(d, CHANGE_DROP_CONSTRAINT, &s,
                                  p->old->constraints.items[i], NULL);
}
