/*
 * The plan document: what a person is given who has to approve a migration and answers
 * for it.  Everything in it comes from the declarations and the plan; every number is
 * counted.
 */
#include "plan/document.h"

#include <assert.h>

#include "base/utf8.h"

static const struct doc_writer *const writers[] = {
    &doc_writer_markdown,
    &doc_writer_html,
};

static const struct doc_writer *
find_writer(const char *form)
{
    for (size_t i = 0; i < ARRAY_LEN(writers); i++)
        if (strcmp(writers[i]->name, form) == 0)
            return writers[i];
    return NULL;
}

bool
plan_has_document_form(const char *form)
{
    return find_writer(form) != NULL;
}

/* ---- from changes to steps ---- */

struct slice
doc_step_number(struct doc_part *p, size_t index)
{
    return slice_format(&p->s->arena, "%02zu", index + 1);
}

/* Titles alone are not enough: tables of two schemas may have one name. */
static struct slice
key_of(struct doc_part *p, const struct change *c)
{
    struct span span = change_span(c);

    return slice_format(&p->s->arena, "%d %u %u %.*s", (int)c->kind, span.source,
                        span.begin, SLICE_ARG(change_title(&p->s->arena, c)));
}

static void
note_step(struct doc_part *p, struct map *all, struct slice key, size_t number)
{
    struct step_numbers *steps = map_get(all, key);

    if (steps == NULL) {
        steps = ARENA_NEW(&p->s->arena, struct step_numbers);
        map_put(all, key, steps);
    }
    if (steps->all.count == 0 || steps->all.items[steps->all.count - 1] != number)
        VEC_PUSH(&p->s->arena, &steps->all, number);
}

static const struct change_side *
side_of(const struct change *c)
{
    bool is_new = c->new.column != NULL || c->new.constraint != NULL;

    return is_new ? &c->new : &c->old;
}

static struct slice
column_key(struct doc_part *p, const struct table *t, const struct column *c)
{
    struct arena *a = &p->s->arena;

    return slice_format(a, "%.*s\n%.*s", SLICE_ARG(catalog_key(a, t->schema, t->name)),
                        SLICE_ARG(c->name));
}

/* What makes a table may take steps of its own: a foreign key that closes a cycle.  It
 * is no change that is declared by itself, but part of the table. */
static struct change
whole_of(const struct change *c)
{
    const struct change_side *side = side_of(c);

    if (c->kind == CHANGE_ADD_CONSTRAINT)
        return (struct change){ .kind = CHANGE_CREATE_TABLE,
                                .new = { .table = side->table } };
    if (c->kind == CHANGE_DROP_CONSTRAINT)
        return (struct change){ .kind = CHANGE_DROP_TABLE,
                                .old = { .table = side->table } };
    return *c;
}

static void
note_cause(struct doc_part *p, const struct map *declared, const struct change *c,
           size_t number)
{
    const struct change_side *side = side_of(c);
    struct change whole = whole_of(c);
    struct slice key = key_of(p, c);

    note_step(p, &p->steps_of, map_has(declared, key) ? key : key_of(p, &whole), number);
    if (side->column != NULL)
        note_step(p, &p->steps_of_column, column_key(p, side->table, side->column),
                  number);
}

static void
note_steps(struct doc_part *p)
{
    struct map declared;

    map_init(&declared, &p->s->arena);
    map_init(&p->steps_of, &p->s->arena);
    map_init(&p->steps_of_column, &p->s->arena);
    VEC_EACH (i, &p->plan->changes->all)
        map_put(&declared, key_of(p, &p->plan->changes->all.items[i]), NULL);
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;

        VEC_EACH (k, &a->causes)
            note_cause(p, &declared, &a->causes.items[k], i + 1);
    }
}

static void
add_numbers(struct text *out, const struct step_numbers *steps)
{
    for (size_t i = 0; steps != NULL && i < steps->all.count; i++)
        text_addf(out, "%s%02zu", out->len == 0 ? "" : ", ", steps->all.items[i]);
}

static bool
is_on_column(const struct change_side *side, const struct column *c)
{
    if (side->column != NULL)
        return side->column == c;
    return column_is_in(&side->constraint->keys, c->name)
           || (side->constraint->check != NULL
               && expr_mentions_column(side->constraint->check, c->name));
}

/* A default that changes with its column's type, a CHECK that comes with its column: the
 * step of the column makes it. */
static void
add_numbers_of_columns(struct doc_part *p, const struct change_side *side,
                       struct text *out)
{
    VEC_EACH (i, &side->table->columns) {
        const struct column *c = side->table->columns.items[i];

        if (is_on_column(side, c))
            add_numbers(out, map_get(&p->steps_of_column, column_key(p, side->table, c)));
    }
}

struct slice
doc_steps_of(struct doc_part *p, const struct change *c)
{
    const struct change_side *side = side_of(c);
    struct text out;

    text_init(&out, &p->s->arena);
    add_numbers(&out, map_get(&p->steps_of, key_of(p, c)));
    if (out.len == 0 && side->table != NULL
        && (side->column != NULL || side->constraint != NULL))
        add_numbers_of_columns(p, side, &out);
    return text_slice(&out);
}

struct slice
doc_place(struct doc_part *p, const struct change *c)
{
    struct span span = change_span(c);
    struct place at;

    if (span.source == 0)
        return SLICE("not in a file");
    at = source_place(&p->s->arena, &p->s->sources, span);
    return slice_format(&p->s->arena, "%.*s:%zu", SLICE_ARG(at.file), at.line);
}

/* ---- the whole ---- */

static void
add_part(struct doc_part *p)
{
    note_steps(p);
    doc_add_summary(p);
    doc_add_comparison(p);
    doc_add_changes(p);
    doc_add_impact(p);
    doc_add_statements(p);
    doc_add_cost(p);
    doc_add_data_steps(p);
    doc_add_verification(p);
    doc_add_risks(p);
    doc_add_rollback(p);
    doc_add_checklists(p);
    doc_add_traceability(p);
}

/* "parking: from 1.0.0 to 1.3.0" of the first version and the last. */
static struct slice
title_of(struct arena *a, const struct plan_pairs *pairs)
{
    const struct plan *first = pairs->all.items[0].plan;
    const struct plan *last = pairs->all.items[pairs->all.count - 1].plan;
    struct plan whole = *last;

    whole.from_version = first->from_version;
    whole.from_nothing = first->from_nothing;
    return slice_format(a, "Migration plan for %.*s (%s)",
                        SLICE_ARG(plan_title(a, &whole)), first->dialect->name);
}

static void
add_overview(struct session *s, struct document *d, const struct plan_pairs *pairs)
{
    doc_heading(d, 2, SLICE("Overview"));
    DOC_TABLE(d, "Version", "Tables before", "Tables after", "Changes", "Steps",
              "Transactions", "Way there", "Way back");
    VEC_EACH (i, &pairs->all) {
        const struct plan *p = pairs->all.items[i].plan;
        const struct plan *back = pairs->all.items[i].back;

        doc_cell(d, plan_title(&s->arena, p));
        doc_number(d, p->from->tables.count);
        doc_number(d, p->to->tables.count);
        doc_number(d, p->changes->all.count);
        doc_number(d, p->steps.count);
        doc_number(d, doc_count_transactions(p));
        doc_cell(d, slice_from(plan_label_name(p->label)));
        doc_cell(d, slice_from(back == NULL ? "none" : plan_label_name(back->label)));
    }
    doc_end(d, "");
}

static void
write_document(const struct doc_writer *w, const struct document *d, struct text *out)
{
    w->begin(d, out);
    VEC_EACH (i, &d->blocks)
        w->block[d->blocks.items[i]->kind](d->blocks.items[i], out);
    w->end(out);
}

static void
build_document(struct session *s, const struct plan_pairs *pairs, uint32_t allowed,
               struct document *d)
{
    bool has_parts = pairs->all.count > 1;

    doc_heading(d, 1, title_of(&s->arena, pairs));
    if (has_parts)
        add_overview(s, d, pairs);
    VEC_EACH (i, &pairs->all) {
        const struct plan_pair *pair = &pairs->all.items[i];
        struct doc_part part = {
            .s = s,
            .d = d,
            .plan = pair->plan,
            .back = pair->back,
            .no_way_back = pair->no_way_back,
            .allowed = allowed,
            .level = has_parts ? 3 : 2,
        };

        assert(pair->plan->changes != NULL);
        if (has_parts)
            doc_heading(d, 2, plan_title(&s->arena, pair->plan));
        add_part(&part);
    }
}

void
plan_print_document(struct session *s, const char *form, const struct plan_pairs *pairs,
                    uint32_t allowed, struct text *out)
{
    const struct doc_writer *w = find_writer(form);
    struct document d = { .arena = &s->arena };
    struct text whole;

    assert(w != NULL);
    assert(pairs->all.count > 0);
    build_document(s, pairs, allowed, &d);
    text_init(&whole, &s->arena);
    write_document(w, &d, &whole);
    text_add(out, utf8_repair(&s->arena, text_slice(&whole)));
}
