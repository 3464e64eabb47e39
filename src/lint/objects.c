/*
 * Rules about types, sequences, functions and policies.  All but enums are kept whole by
 * the catalog; facts.c finds them.
 */
#include "lint/rule.h"

/* ---- what nothing uses ---- */

void
rule_unused_type(struct lint *l)
{
    VEC_EACH (i, &l->catalog->enums) {
        const struct enum_type *e = l->catalog->enums.items[i];
        struct diag *d;

        if (lint_word_count(l, e->name) > 0)
            continue;
        d = lint_found(l, e->span, "nothing uses type \"%.*s\"", SLICE_ARG(e->name));
        lint_hint(l, d, "DROP TYPE %.*s", SLICE_ARG(e->name));
    }
}

/* Its own text names it once. */
static void
check_sequence(struct lint *l, const struct definition *o)
{
    struct diag *d;

    if (slice_is_none(o->name) || lint_word_count(l, o->name) > 1)
        return;
    d = lint_found(l, o->span, "nothing counts with sequence \"%.*s\"",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "DROP SEQUENCE %.*s", SLICE_ARG(o->name));
}

void
rule_unused_sequence(struct lint *l)
{
    lint_each_sequence(l, check_sequence);
}

/* ---- row-level security ---- */

/* A table is named by the object itself, or by what stands on it. */
static struct slice
table_key(struct lint *l, const struct definition *o)
{
    return catalog_key(l->a, o->schema, slice_is_none(o->table) ? o->name : o->table);
}

static void
take_policy(struct lint *l, const struct definition *o)
{
    map_put(&l->policies, table_key(l, o), l);
}

static void
take_row_security(struct lint *l, const struct table *t)
{
    map_put(&l->row_security, catalog_key(l->a, t->schema, t->name), l);
}

static void
check_row_security(struct lint *l, const struct table *t)
{
    struct diag *d;

    if (map_has(&l->policies, catalog_key(l->a, t->schema, t->name)))
        return;
    d = lint_found(l, t->span, "no policy lets anybody but the owner see a row of it");
    lint_hint(l, d, "CREATE POLICY ... USING (...)");
}

void
rule_security_without_policy(struct lint *l)
{
    map_init(&l->policies, l->a);
    lint_each_policy(l, take_policy);
    lint_each_row_security(l, check_row_security);
}

static void
check_policy(struct lint *l, const struct definition *o)
{
    struct diag *d;

    if (map_has(&l->row_security, table_key(l, o)))
        return;
    d = lint_found(l, o->span, "policy \"%.*s\" does nothing: row-level security is off",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "ALTER TABLE %.*s ENABLE ROW LEVEL SECURITY;",
              SLICE_ARG(slice_is_none(o->table) ? SLICE("...") : o->table));
}

void
rule_policy_without_security(struct lint *l)
{
    map_init(&l->row_security, l->a);
    lint_each_row_security(l, take_row_security);
    lint_each_policy(l, check_policy);
}

/* ---- functions ---- */

static void
check_definer(struct lint *l, const struct definition *o)
{
    struct diag *d;

    if (lint_sets_search_path(l, o))
        return;
    d = lint_found(l, o->span,
                   "function \"%.*s\" runs as its owner, with the caller's search_path",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "SECURITY DEFINER SET search_path = pg_catalog, pg_temp");
}

void
rule_definer_search_path(struct lint *l)
{
    lint_each_definer(l, check_definer);
}
