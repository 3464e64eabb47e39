/*
 * Domains, composite types, range types.
 */
#include <stdlib.h>

#include "base/sqltext.h"
#include "model/define.h"
#include "model/naming.h"

/* ---- domains ---- */

/* Given names first, each group in an order that the writer of the file did not choose.
 */
static int
compare_checks(const void *a, const void *b)
{
    const struct domain_check *x = *(const struct domain_check *const *)a;
    const struct domain_check *y = *(const struct domain_check *const *)b;

    if (x->name_is_derived != y->name_is_derived)
        return x->name_is_derived ? 1 : -1;
    return slice_compare(x->name, y->name);
}

static void
write_check(struct sqlw *w, const struct domain_check *c)
{
    if (!c->name_is_derived) {
        sqlw_kw(w, "CONSTRAINT");
        sqlw_ident(w, c->name);
    }
    sqlw_kw(w, "CHECK");
    sqlw_expr_parens(w, c->check);
}

/* CREATE DOMAIN checks every value, so what is not valid yet is added behind it. */
static void
write_checks(struct sqlw *w, const struct definition *d,
             const struct domain_check **sorted, bool not_valid)
{
    for (size_t i = 0; i < d->u.domain->checks.count; i++) {
        if (sorted[i]->not_valid != not_valid)
            continue;
        if (not_valid) {
            sqlw_raw(w, SLICE(";\nALTER DOMAIN"));
            sqlw_qualified(w, d->schema, d->name);
            sqlw_kw(w, "ADD");
        }
        write_check(w, sorted[i]);
        if (not_valid)
            sqlw_kw(w, "NOT VALID");
    }
}

static void
write_check_comment(struct sqlw *w, const struct definition *d,
                    const struct domain_check *c)
{
    if (c->comment.len == 0)
        return;
    sqlw_raw(w, SLICE(";\nCOMMENT ON CONSTRAINT"));
    sqlw_ident(w, c->name);
    sqlw_kw(w, "ON DOMAIN");
    sqlw_qualified(w, d->schema, d->name);
    sqlw_kw(w, "IS");
    sqlw_string(w, c->comment);
}

void
write_domain(struct sqlw *w, const struct definition *d)
{
    const struct domain *m = d->u.domain;
    size_t count = m->checks.count;
    const struct domain_check **sorted =
        ARENA_ARRAY(w->out->arena, const struct domain_check *, count + 1);

    for (size_t i = 0; i < count; i++)
        sorted[i] = &m->checks.items[i];
    qsort(sorted, count, sizeof *sorted, compare_checks);
    sqlw_kw(w, "CREATE DOMAIN");
    sqlw_qualified(w, d->schema, d->name);
    sqlw_kw(w, "AS");
    sqlw_type(w, &m->base);
    if (!slice_is_none(m->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, m->collation);
    }
    if (m->default_value != NULL) {
        sqlw_kw(w, "DEFAULT");
        sqlw_expr(w, m->default_value);
    }
    if (m->not_null)
        sqlw_kw(w, "NOT NULL");
    write_checks(w, d, sorted, false);
    write_checks(w, d, sorted, true);
    for (size_t i = 0; i < count; i++)
        write_check_comment(w, d, sorted[i]);
}

/* ---- composite types ---- */

static void
write_attribute_comment(struct sqlw *w, const struct definition *d,
                        const struct attribute *x)
{
    if (x->comment.len == 0)
        return;
    sqlw_raw(w, SLICE(";\nCOMMENT ON COLUMN"));
    sqlw_qualified(w, d->schema, d->name);
    sqlw_dot(w);
    sqlw_ident(w, x->name);
    sqlw_kw(w, "IS");
    sqlw_string(w, x->comment);
}

void
write_composite(struct sqlw *w, const struct definition *d)
{
    const struct composite *c = d->u.composite;

    sqlw_kw(w, "CREATE TYPE");
    sqlw_qualified(w, d->schema, d->name);
    sqlw_kw(w, "AS");
    sqlw_open(w);
    VEC_EACH (i, &c->attributes) {
        const struct attribute *x = &c->attributes.items[i];

        if (i > 0)
            sqlw_comma(w);
        sqlw_ident(w, x->name);
        sqlw_type(w, &x->type);
        if (!slice_is_none(x->collation)) {
            sqlw_kw(w, "COLLATE");
            sqlw_ident(w, x->collation);
        }
    }
    sqlw_close(w);
    VEC_EACH (i, &c->attributes)
        write_attribute_comment(w, d, &c->attributes.items[i]);
}

/* ---- range types ---- */

struct slice
definition_multirange(struct arena *a, const struct definition *d)
{
    const struct settings *options = &d->u.range->options;
    struct slice name = naming_multirange(a, d->name);

    VEC_EACH (i, &options->all) {
        struct sqltext words = { .rest = options->all.items[i].value };

        if (!slice_is(options->all.items[i].name, "multirange_type_name"))
            continue;
        while (sqltext_next_name(&words, a, &name))
            continue; /* the last one: a schema may stand before it */
    }
    return name;
}

void
write_range(struct sqlw *w, const struct definition *d)
{
    const struct range *r = d->u.range;

    sqlw_kw(w, "CREATE TYPE");
    sqlw_qualified(w, d->schema, d->name);
    sqlw_kw(w, "AS RANGE");
    sqlw_open(w);
    sqlw_kw(w, "subtype =");
    sqlw_type(w, &r->subtype);
    VEC_EACH (i, &r->options.all) {
        sqlw_comma(w);
        sqlw_ident(w, r->options.all.items[i].name);
        sqlw_kw(w, "=");
        sqlw_raw(w, r->options.all.items[i].value);
    }
    sqlw_close(w);
}
