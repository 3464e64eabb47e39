/*
 * @from and @back on the direct way.
 *
 * Such an expression is about the row of the version right before, or behind.  One plan
 * reads the row of the oldest version, or on the way back that of the newest: it is the
 * same row where each column that the expression reads had its value from end to end, and
 * then only the names are others.  Where it is not the same row, or where the values have
 * two causes, it is refused.
 */
#include "diff/direct.h"

#include <string.h>

/* ---- is it used? ---- */

static const struct expr *
said_of(const struct column *c, bool back)
{
    return back ? c->back : c->from;
}

/* What the parent says of a column is said of its children. */
static const struct expr *
said_in(const struct direct *j, size_t at, const struct table *t, const struct column *c,
        bool back)
{
    const struct expr *said = said_of(c, back);

    for (size_t i = 0; said == NULL && c->inherited && i < t->parents.all.count; i++) {
        const struct relation_name *name = &t->parents.all.items[i];
        const struct table *parent =
            catalog_find_table(j->versions[at], name->schema, name->name);
        const struct column *of =
            parent == NULL ? NULL : table_find_column(parent, c->name);

        if (of != NULL)
            said = said_in(j, at, parent, of, back);
    }
    return said;
}

const struct expr *
direct_transform(const struct direct *j, const struct table_pair *p, size_t at,
                 size_t number, bool back)
{
    const struct column *new = p->new->columns.items[number];
    size_t was = p->old == NULL ? MATCH_NONE : p->columns.old_of_new[number];
    const struct column *old = was == MATCH_NONE ? NULL : p->old->columns.items[was];
    bool is_asked = old == NULL ? p->old != NULL && !back
                                : old->not_null != new->not_null
                                      || !direct_same_types(&j->steps[at], old, new);

    return is_asked ? said_in(j, at, p->new, new, back) : NULL;
}

/* ---- the row that it reads ---- */

struct reading {
    struct direct *j;
    const struct direct_table *t;
    const struct column *column; /* whose value it is */
    const struct expr *said;
    size_t at;                   /* the version that says it */
    bool back;                   /* @back: read is the row of that version */
    bool fits;
};

static void
refuse_reading(struct reading *r, const char *why, struct slice name)
{
    if (r->fits)
        direct_refuse(r->j, r->said->span, r->at,
                      "it says how \"%.*s\" is made of the old row, and \"%.*s\" %s",
                      SLICE_ARG(r->column->name), SLICE_ARG(name), why);
    r->fits = false;
}

/* Does the step to versions[at] leave the values of its column `number` alone? */
static bool
leaves_alone(const struct direct *j, const struct direct_table *t, size_t at,
             size_t number)
{
    const struct table_pair *p = t->pairs[at];
    const struct column *new = p->new->columns.items[number];
    const struct column *old = p->old->columns.items[p->columns.old_of_new[number]];

    return direct_keeps_values(&j->steps[at], old, new) && new->generated == NULL
           && !direct_type_changes(j, new, at)
           && direct_transform(j, p, at, number, false) == NULL
           && direct_transform(j, p, at, number, true) == NULL;
}

/* What column `number` of versions[at] is in the oldest; NULL: not the same. */
static const struct column *
column_then(const struct direct *j, const struct direct_table *t, size_t at,
            size_t number)
{
    for (; at > 0; at--) {
        const struct table_pair *p = t->pairs[at];

        if (p->columns.old_of_new[number] == MATCH_NONE
            || !leaves_alone(j, t, at, number))
            return NULL;
        number = p->columns.old_of_new[number];
    }
    return t->at[0]->columns.items[number];
}

/* … and in the newest. */
static const struct column *
column_by_then(const struct direct *j, const struct direct_table *t, size_t at,
               size_t number)
{
    while (++at < j->count) {
        number = t->pairs[at]->columns.new_of_old[number];
        if (number == MATCH_NONE || !leaves_alone(j, t, at, number))
            return NULL;
    }
    return t->at[j->count - 1]->columns.items[number];
}

static const struct expr *
read_column(struct reading *r, const struct expr *e)
{
    size_t row = r->back ? r->at : r->at - 1;
    const struct column *c = table_find_column(r->t->at[row], e->text);
    const struct column *same;
    struct expr *copy;

    if (c == NULL) /* reported where the value is used, or the rowid */
        return e;
    same = r->back ? column_by_then(r->j, r->t, row, c->number)
                   : column_then(r->j, r->t, row, c->number);
    if (same == NULL || (e->arg_count > 0 && e->args[0] != NULL)) {
        refuse_reading(r, same == NULL ? "has another value, or none, at the other end"
                                       : "is called with its table",
                       e->text);
        return e;
    }
    copy = arena_copy(&r->j->s->arena, e, sizeof *e);
    copy->text = same->name;
    return copy;
}

static bool
is_ours(const struct direct *j, struct slice name)
{
    return map_has(&j->definitions, slice_lower(&j->s->arena, name));
}

static const struct expr *
read_node(void *context, const struct expr *e)
{
    struct reading *r = context;

    if (expr_is_query(e))
        refuse_reading(r, "is asked for by a query", r->column->name);
    else if (e->type != NULL && e->type->kind == TYPE_NAMED)
        refuse_reading(r, "is a type that may be another one by then", e->type->name);
    else if ((e->kind == EXPR_CALL || e->kind == EXPR_BINARY || e->kind == EXPR_UNARY)
             && (is_ours(r->j, e->text) || slice_is(e->text, "nextval")))
        refuse_reading(r, "may be another one by then", e->text);
    else if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        return read_column(r, e);
    return e;
}

/* As it reads the row of the other end; NULL: refused. */
static const struct expr *
read_from_end(struct reading *r)
{
    const struct expr *e = expr_rewrite(&r->j->s->arena, r->said, read_node, r);

    return r->fits ? e : NULL;
}

/* Rows that versions before bring are transformed as well; one plan brings them last. */
static bool
gets_rows_before(const struct direct *j, const struct direct_table *t, size_t at)
{
    for (size_t k = t->born; k < at; k++)
        if (k > 0 && direct_gets_rows(j, t, k))
            return true;
    return false;
}

static const struct expr *
direct_value(struct direct *j, const struct direct_table *t, const struct column *c,
             size_t at, const struct expr *said, bool back)
{
    struct reading r = { j, t, c, said, at, back, true };

    if (gets_rows_before(j, t, at))
        refuse_reading(&r, "has got initial rows before", t->at[at]->name);
    else if (j->moving != NULL) /* it gets its values from either parent */
        refuse_reading(&r, "joins or leaves a table meanwhile", j->moving->name);
    return r.fits ? read_from_end(&r) : NULL;
}

/* ---- columns ---- */

/* Does the change from end to end ask for the value as that of one version did?  Where
 * a column becomes NOT NULL, only rows without a value get it. */
static bool
is_asked_for(const struct direct *j, const struct direct_column *c, size_t at)
{
    if (c->born == at || !direct_same_types(&j->steps[at], c->at[at - 1], c->at[at]))
        return true;
    return c->born == 0 && c->at[0]->not_null == c->at[at - 1]->not_null
           && c->at[j->count - 1]->not_null == c->at[at]->not_null;
}

/* The one of several versions that counts: the last, as those before it are overrun.
 * For a column that was there, direct_check_column sees that it is the only one. */
static const struct expr *
find_transform(const struct direct *j, const struct direct_table *t,
               const struct direct_column *c, bool back, size_t *at)
{
    for (size_t k = j->count - 1; k > 0 && k >= c->born && k > t->born; k--) {
        const struct expr *said =
            direct_transform(j, t->pairs[k], k, c->at[k]->number, back);

        if (said != NULL) {
            *at = k;
            return said;
        }
    }
    return NULL;
}

static const struct expr *
joined_value(struct direct *j, const struct direct_table *t,
             const struct direct_column *c, bool back)
{
    size_t at = 0;
    const struct expr *said = find_transform(j, t, c, back, &at);
    const struct expr *value;

    if (said == NULL || (back && c->born > 0))
        return NULL;
    if (t->born > 0) {
        if (gets_rows_before(j, t, at))
            direct_refuse(j, said->span, at,
                          "it changes initial rows of \"%.*s\" by what it says of "
                          "\"%.*s\"",
                          SLICE_ARG(t->at[at]->name), SLICE_ARG(c->at[at]->name));
        return NULL; /* there is no other row */
    }
    if (!is_asked_for(j, c, at))
        direct_refuse(j, said->span, at,
                      "it says how \"%.*s\" is made of the old row, and NOT NULL comes "
                      "and goes",
                      SLICE_ARG(c->at[at]->name));
    value = direct_value(j, t, c->at[at], at, said, back);
    return said_of(c->at[at], back) != NULL ? value : NULL; /* else the parent has it */
}

void
direct_join_transforms(struct direct *j, const struct direct_table *t,
                       const struct direct_column *c, struct column *out)
{
    out->from = joined_value(j, t, c, false);
    out->back = joined_value(j, t, c, true);
}

/* ---- columns that go ---- */

static void
join_gone(struct direct *j, const struct direct_table *t, size_t at,
          const struct column *gone, struct table *out)
{
    const struct table_pair *p = t->pairs[at];
    const struct column *old = table_find_column(p->old, gone->name);
    const struct column *first;
    struct column *copy;
    size_t number;

    if (old == NULL || p->columns.new_of_old[old->number] != MATCH_NONE)
        return;
    number = old->number;
    for (size_t k = at - 1; k > 0 && number != MATCH_NONE; k--)
        number = t->pairs[k]->columns.old_of_new[number];
    if (number == MATCH_NONE)
        return; /* it came on the way */
    first = column_then(j, t, at - 1, old->number);
    if (first == NULL) {
        direct_refuse(j, gone->span, at, "the values of \"%.*s\" change a second time",
                      SLICE_ARG(gone->name));
        return;
    }
    copy = arena_copy(&j->s->arena, gone, sizeof *copy);
    copy->name = first->name;
    copy->back = direct_value(j, t, gone, at, gone->back, true);
    VEC_PUSH(&j->s->arena, &out->gone, copy);
}

void
direct_join_gone(struct direct *j, const struct direct_table *t, struct table *out)
{
    memset(&out->gone, 0, sizeof out->gone);
    for (size_t k = 1; t->born == 0 && k < j->count; k++)
        VEC_EACH (i, &t->at[k]->gone)
            join_gone(j, t, k, t->at[k]->gone.items[i], out);
}
