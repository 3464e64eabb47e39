/*
 * What each change does to programs that are not changed with it: readers and writers.
 */
#include <assert.h>

#include "plan/document.h"

/* ---- which changes a rule applies to ---- */

static bool
gets_row_security(const struct change *c)
{
    return !c->old.table->row_security && c->new.table->row_security;
}

static bool
gets_strict(const struct change *c)
{
    return !c->old.table->strict && c->new.table->strict;
}

/* Must an INSERT give it a value? */
static bool
is_required(const struct change *c)
{
    const struct column *column = c->new.column;

    return column->not_null && column->default_value == NULL && column->generated == NULL
           && column->identity == IDENTITY_NONE
           && table_rowid_column(c->new.table) != column;
}

/* Where an integer type stands among its kin; 0: it is none. */
static int
integer_rank(enum type_kind kind)
{
    return kind == TYPE_INT2 ? 1 : kind == TYPE_INT4 ? 2 : kind == TYPE_INT8 ? 3 : 0;
}

/* Digits before and behind the point: does `b` have at least those of `a`? */
static bool
decimal_holds(const struct type *a, const struct type *b)
{
    int scale_a = a->arg_count > 1 ? a->args[1] : 0;
    int scale_b = b->arg_count > 1 ? b->args[1] : 0;

    if (b->arg_count == 0)
        return true;
    if (a->arg_count == 0)
        return false;
    return scale_b >= scale_a && b->args[0] - scale_b >= a->args[0] - scale_a;
}

static bool
is_text(const struct type *t)
{
    return t->kind == TYPE_TEXT || t->kind == TYPE_VARCHAR;
}

static bool
has_length(const struct type *t)
{
    return t->kind == TYPE_VARCHAR && t->arg_count > 0;
}

/* Is every value of `a` the same value as a `b`? */
static bool
type_holds(const struct type *a, const struct type *b)
{
    if (a->dimensions != 0 || b->dimensions != 0)
        return false;
    if (integer_rank(a->kind) > 0 && integer_rank(b->kind) > 0)
        return integer_rank(a->kind) <= integer_rank(b->kind);
    if (a->kind == TYPE_DECIMAL && b->kind == TYPE_DECIMAL)
        return decimal_holds(a, b);
    /* Stored as a whole number of its last digit, which must be the same then. */
    if (a->kind == TYPE_DECIMAL_INT && b->kind == TYPE_DECIMAL_INT)
        return a->args[1] == b->args[1] && a->args[0] <= b->args[0];
    if (!is_text(a) || !is_text(b))
        return false;
    return !has_length(b) || (has_length(a) && a->args[0] <= b->args[0]);
}

static bool
both_have_types(const struct change *c)
{
    return c->old.column->has_type && c->new.column->has_type;
}

static bool
is_wider(const struct change *c)
{
    return both_have_types(c) && type_holds(&c->old.column->type, &c->new.column->type);
}

static bool
is_narrower(const struct change *c)
{
    return both_have_types(c) && type_holds(&c->new.column->type, &c->old.column->type);
}

static bool
becomes_not_null(const struct change *c)
{
    return c->new.column->not_null;
}

static bool
becomes_generated(const struct change *c)
{
    return c->old.column->generated == NULL && c->new.column->generated != NULL;
}

static bool
is_of_a_key(const struct change *c)
{
    enum constraint_kind kind = c->old.constraint->kind;

    return kind == CONSTRAINT_PRIMARY_KEY || kind == CONSTRAINT_UNIQUE
           || kind == CONSTRAINT_EXCLUDE;
}

static bool
is_unique_index(const struct change *c)
{
    return c->new.index != NULL ? c->new.index->unique : c->old.index->unique;
}

/* New columns of a view may come behind the old ones. */
static bool
keeps_columns(const struct change *c)
{
    const struct view *old = c->old.view;
    const struct view *new = c->new.view;

    if (old->columns.count > new->columns.count)
        return false;
    VEC_EACH (i, &old->columns)
        if (!slice_equal(old->columns.items[i].name, new->columns.items[i].name))
            return false;
    return true;
}

static bool
keeps_values(const struct change *c)
{
    const struct enum_type *new = c->new.enum_type;
    size_t at = 0; /* enum labels have an order, and both are in it */

    VEC_EACH (i, &c->old.enum_type->values) {
        struct slice label = c->old.enum_type->values.items[i].label;

        while (at < new->values.count && !slice_equal(new->values.items[at].label, label))
            at++;
        if (at == new->values.count)
            return false;
    }
    return true;
}

static const struct definition *
definition_of(const struct change *c)
{
    return c->new.definition != NULL ? c->new.definition : c->old.definition;
}

static bool
acts_on_writes(const struct change *c)
{
    enum definition_detail detail = definition_of(c)->detail;

    return detail == DETAIL_TRIGGER || detail == DETAIL_RULE;
}

static bool
is_policy(const struct change *c)
{
    return definition_of(c)->detail == DETAIL_POLICY;
}

static bool
is_silent(const struct change *c)
{
    enum definition_detail detail = definition_of(c)->detail;

    return detail == DETAIL_STATISTICS || detail == DETAIL_COMMENT;
}

static bool
made_room(const struct change *c)
{
    return plan_is_set_aside(&c->old);
}

/* ---- the rules ---- */

static const struct impact_rule rules[] = {
#define IMPACT(kind, applies, readers, writers, why)                                     \
    { kind, applies, IMPACT_##readers, IMPACT_##writers, why },
#include "plan/document_impact.def"
#undef IMPACT
};

const struct impact_rule *
doc_impact_of(const struct change *c)
{
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (rules[i].kind == c->kind && (rules[i].applies == NULL || rules[i].applies(c)))
            return &rules[i];
    assert(false); /* the last rule of a kind applies to all of it */
    return NULL;
}

size_t
doc_count_breaking(const struct plan *p)
{
    size_t n = 0;

    VEC_EACH (i, &p->changes->all) {
        const struct impact_rule *r = doc_impact_of(&p->changes->all.items[i]);

        n += r->readers == IMPACT_BREAKS || r->writers == IMPACT_BREAKS ? 1 : 0;
    }
    return n;
}

static const char *const impact_words[] = {
    [IMPACT_NONE] = "compatible",
    [IMPACT_CHECK] = "check",
    [IMPACT_BREAKS] = "breaking",
};

static_assert(ARRAY_LEN(impact_words) == IMPACT_COUNT, "name every impact");

static void
count_impacts(const struct changes *changes, bool of_writers, size_t out[IMPACT_COUNT])
{
    for (size_t i = 0; i < IMPACT_COUNT; i++)
        out[i] = 0;
    VEC_EACH (i, &changes->all) {
        const struct impact_rule *r = doc_impact_of(&changes->all.items[i]);

        out[of_writers ? r->writers : r->readers]++;
    }
}

static void
add_totals(struct doc_part *p)
{
    static const char *const whom[] = { "readers", "writers" };

    DOC_TABLE(p->d, "Programs that are not changed", impact_words[IMPACT_NONE],
              impact_words[IMPACT_CHECK], impact_words[IMPACT_BREAKS]);
    for (size_t w = 0; w < ARRAY_LEN(whom); w++) {
        size_t counts[IMPACT_COUNT];

        count_impacts(p->plan->changes, w == 1, counts);
        doc_cell(p->d, slice_from(whom[w]));
        for (size_t i = 0; i < IMPACT_COUNT; i++)
            doc_number(p->d, counts[i]);
    }
    doc_end(p->d, "");
}

void
doc_add_impact(struct doc_part *p)
{
    const struct changes *changes = p->plan->changes;

    doc_heading(p->d, p->level, SLICE("Impact on running programs"));
    doc_paragraph(p->d, "Programs are taken to name their columns. What says \"check\" "
                        "breaks those that rely on what is named; \"breaking\" breaks "
                        "all that use it.");
    add_totals(p);
    DOC_TABLE(p->d, "Change", "Readers", "Writers", "Why");
    VEC_EACH (i, &changes->all) {
        const struct impact_rule *r = doc_impact_of(&changes->all.items[i]);

        doc_cell(p->d, change_title(&p->s->arena, &changes->all.items[i]));
        doc_cell(p->d, slice_from(impact_words[r->readers]));
        doc_cell(p->d, slice_from(impact_words[r->writers]));
        doc_cell(p->d, slice_from(r->why));
    }
    doc_end(p->d, "Nothing changes for programs.");
}
