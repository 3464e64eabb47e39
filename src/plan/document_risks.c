/*
 * What can go wrong and what is done about it, the way back and its limits, checklists,
 * and the table from each declared change to the steps that make it.
 */
#include <assert.h>

#include "plan/document.h"

/* ---- risks ---- */

static const struct {
    enum hazard hazard;
    const char *mitigation;
} mitigations[] = {
    { HAZARD_DATA_LOSS, "back up first; what is lost does not come back by itself" },
    { HAZARD_REWRITE, "choose a quiet time: all rows are written while others wait" },
    { HAZARD_LONG_LOCK, "choose a quiet time: all rows are read while others wait" },
    { HAZARD_UNTRACKED, "look at what is not declared before it is touched" },
};

static const char *
mitigation_of(enum hazard h)
{
    for (size_t i = 0; i < ARRAY_LEN(mitigations); i++)
        if (mitigations[i].hazard == h)
            return mitigations[i].mitigation;
    assert(false);
    return "";
}

static void
add_hazard_rows(struct doc_part *p, size_t index)
{
    const struct action *a = p->plan->steps.items[index].action;

    for (uint32_t h = 1; h <= a->hazards; h <<= 1) {
        const char *name;

        if ((a->hazards & h) == 0)
            continue;
        name = hazard_name((enum hazard)h);
        doc_cellf(p->d, "%s, %s", name,
                  (p->allowed & h) != 0 ? "allowed" : "not allowed");
        doc_cell(p->d, doc_step_number(p, index));
        doc_cell(p->d,
                 h == HAZARD_DATA_LOSS && !slice_is_none(a->loss) ? a->loss : a->title);
        doc_cellf(p->d, "%s; the step is refused without --allow %s",
                  mitigation_of((enum hazard)h), name);
    }
}

static void
add_cost_rows(struct doc_part *p, size_t index)
{
    const struct action *a = p->plan->steps.items[index].action;

    if (doc_stops_others(a)) {
        doc_cellf(p->d, "stops %s", lock_blocks(a->lock));
        doc_cell(p->d, doc_step_number(p, index));
        doc_cell(p->d, a->title);
        doc_cell(p->d, a->bounded_wait
                           ? SLICE("it gives up waiting for its lock: run it again then")
                           : SLICE("choose a time when nobody needs the table"));
    }
    if (a->rewrites) {
        doc_cell(p->d, SLICE("disk space"));
        doc_cell(p->d, doc_step_number(p, index));
        doc_cell(p->d, a->title);
        doc_cell(p->d, SLICE("have room for a second copy of the table"));
    }
}

static void
add_question_rows(struct doc_part *p, size_t index, struct map *asked)
{
    const struct action *a = p->plan->steps.items[index].action;

    VEC_EACH (k, &a->preconditions) {
        if (map_has(asked, a->preconditions.items[k]))
            continue;
        map_put(asked, a->preconditions.items[k], NULL);
        doc_cell(p->d, SLICE("rows in the way"));
        doc_cell(p->d, doc_step_number(p, index));
        doc_cell(p->d, a->precondition_titles.items[k]);
        doc_cell(p->d, SLICE("asked before the first change, and nothing is changed "
                             "where it is so; mend the rows first"));
    }
}

static bool
is_outside(const struct action *a)
{
    return a->outside_transaction;
}

/* How many times something is committed. */
static size_t
count_commits(const struct plan *p)
{
    return doc_count_transactions(p) + doc_count_steps(p, is_outside);
}

static void
add_stop_row(struct doc_part *p)
{
    if (count_commits(p->plan) < 2)
        return;
    doc_cell(p->d, SLICE("stopped half way"));
    doc_cell(p->d, SLICE("all"));
    doc_cellf(p->d, "what was committed stays: it is done in %zu parts",
              count_commits(p->plan));
    doc_cell(p->d, SLICE("compare the database with the new version: what is missing is "
                         "planned anew"));
}

static struct slice
stake_of(const struct action *a)
{
    return a->stake;
}

static void
add_stakes(struct doc_part *p)
{
    struct slice queries = doc_queries(p, stake_of);

    if (queries.len == 0)
        return;
    doc_paragraph(p->d, "How many rows are at stake:");
    doc_sql(p->d, queries);
}

static void
add_reasons(struct doc_part *p)
{
    doc_heading(p->d, p->level + 1, SLICE("Why this way, and what was refused"));
    DOC_TABLE(p->d, "Step", "What it does", "Why");
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;

        VEC_EACH (k, &a->reasons) {
            doc_cell(p->d, doc_step_number(p, i));
            doc_cell(p->d, a->title);
            doc_cell(p->d, a->reasons.items[k]);
        }
    }
    doc_end(p->d, "Every step is the plain statement for its change.");
}

void
doc_add_risks(struct doc_part *p)
{
    struct map asked;

    map_init(&asked, &p->s->arena);
    doc_heading(p->d, p->level, SLICE("Risks and their mitigation"));
    DOC_TABLE(p->d, "Risk", "Step", "What", "Mitigation");
    VEC_EACH (i, &p->plan->steps) {
        add_hazard_rows(p, i);
        add_cost_rows(p, i);
        add_question_rows(p, i, &asked);
    }
    add_stop_row(p);
    doc_end(p->d, "No step loses, rewrites or reads rows while others wait, and no row "
                  "can stand in the way.");
    add_stakes(p);
    add_reasons(p);
}

/* ---- rollback ---- */

static void
add_list(struct doc_part *p, const char *title, const struct slice *items, size_t count)
{
    if (count == 0)
        return;
    doc_paragraph(p->d, "%s", title);
    doc_list(p->d);
    for (size_t i = 0; i < count; i++)
        doc_cell(p->d, items[i]);
    doc_end(p->d, "");
}

/* What is written anew on the way here, and how much of it there is before. */
static void
add_missing(struct doc_part *p)
{
    struct text queries;

    if (p->plan->missing.count == 0)
        return;
    text_init(&queries, &p->s->arena);
    doc_paragraph(p->d, "%s", "Not returned, as nothing keeps it:");
    doc_list(p->d);
    VEC_EACH (i, &p->plan->missing) {
        const struct not_returned *m = &p->plan->missing.items[i];

        doc_cell(p->d, m->what);
        if (!slice_is_none(m->stake))
            text_addf(&queries, "%.*s;\n", SLICE_ARG(m->stake));
    }
    doc_end(p->d, "");
    if (queries.len == 0)
        return;
    doc_paragraph(p->d, "How much of that there is, asked before:");
    doc_sql(p->d, text_slice(&queries));
}

static void
add_back_steps(struct doc_part *p)
{
    const struct plan *back = p->back;

    DOC_TABLE(p->d, "Step back", "What it does", "What is lost", "What stops it");
    VEC_EACH (i, &back->steps) {
        const struct action *a = back->steps.items[i].action;
        struct text titles;

        text_init(&titles, &p->s->arena);
        VEC_EACH (k, &a->precondition_titles)
            text_addf(&titles, "%s%.*s", k == 0 ? "" : "; ",
                      SLICE_ARG(a->precondition_titles.items[k]));
        doc_cell(p->d, doc_step_number(p, i));
        doc_cell(p->d, a->title);
        doc_cell(p->d, (a->hazards & HAZARD_DATA_LOSS) == 0 ? SLICE("nothing")
                       : slice_is_none(a->loss)             ? a->title
                                                            : a->loss);
        doc_cell(p->d, text_slice(&titles));
    }
    doc_end(p->d, "Nothing has to be done for the way back.");
    doc_sql(p->d, doc_statements(p, back, NULL));
}

void
doc_add_rollback(struct doc_part *p)
{
    doc_heading(p->d, p->level, SLICE("Rollback"));
    if (p->back == NULL) {
        doc_paragraph(p->d, "There is no way back: %.*s.", SLICE_ARG(p->no_way_back));
        return;
    }
    doc_paragraph(p->d, "The way back is %s. Its steps: %zu; its transactions: %zu.",
                  plan_label_name(p->back->label), p->back->steps.count,
                  doc_count_transactions(p->back));
    add_list(p, "The way back loses:", p->back->losses.items, p->back->losses.count);
    add_list(p, "Lost on the way here, and not brought back with the structure:",
             p->plan->losses.items, p->plan->losses.count);
    add_missing(p);
    add_list(p, "Kept on the way here, and brought back:", p->back->parked.items,
             p->back->parked.count);
    add_back_steps(p);
}

/* ---- checklists ---- */

static bool
rewrites(const struct action *a)
{
    return a->rewrites;
}

static void
add_hazard_checks(struct doc_part *p)
{
    for (uint32_t h = 1; h <= p->plan->hazards; h <<= 1)
        if ((p->plan->hazards & h) != 0)
            doc_cellf(p->d, "Somebody who may has decided on the hazard %s (%s).",
                      hazard_name((enum hazard)h),
                      (p->allowed & h) != 0 ? "allowed in this plan"
                                            : "not allowed in this plan");
}

static void
add_checks_before(struct doc_part *p)
{
    const struct plan *plan = p->plan;

    doc_checklist(p->d);
    if (plan->from_version.len > 0)
        doc_cellf(p->d, "The database is at version %.*s: migrate status says so.",
                  SLICE_ARG(plan->from_version));
    doc_cell(p->d, SLICE("A backup is made, and was restored elsewhere on trial."));
    add_hazard_checks(p);
    if (doc_count_preconditions(p) > 0)
        doc_cellf(p->d, "The questions before the first change (%zu) find nothing.",
                  doc_count_preconditions(p));
    if (doc_count_steps(plan, rewrites) > 0)
        doc_cellf(p->d,
                  "There is disk space for a second copy of what is written again "
                  "(steps: %zu).",
                  doc_count_steps(plan, rewrites));
    if (doc_count_breaking(plan) > 0)
        doc_cellf(p->d,
                  "Programs that breaking changes (%zu) concern are stopped, or "
                  "change with the database.",
                  doc_count_breaking(plan));
    if (doc_count_steps(plan, doc_stops_others) > 0)
        doc_cellf(p->d,
                  "Those who have to wait know of it (steps that stop others: "
                  "%zu).",
                  doc_count_steps(plan, doc_stops_others));
    doc_cellf(p->d, "It is decided who goes back and when; the way back is %s.",
              p->back == NULL ? "the backup" : plan_label_name(p->back->label));
    doc_end(p->d, "");
}

static void
add_checks_after(struct doc_part *p)
{
    const struct plan *plan = p->plan;

    doc_checklist(p->d);
    doc_cellf(p->d,
              "All steps have run (in transactions: %zu, of which there are %zu; outside "
              "of one: %zu).",
              plan->steps.count - doc_count_steps(plan, is_outside),
              doc_count_transactions(plan), doc_count_steps(plan, is_outside));
    if (doc_count_verifications(plan) > 0)
        doc_cellf(p->d, "The verification queries (%zu) say what they should.",
                  doc_count_verifications(plan));
    doc_cell(p->d, SLICE("diff --exit-code finds no difference between the database and "
                         "the new version."));
    if (plan->to_version.len > 0)
        doc_cellf(p->d, "migrate status says %.*s.", SLICE_ARG(plan->to_version));
    if (doc_count_breaking(plan) > 0)
        doc_cell(p->d, SLICE("Programs that were stopped run again, in their new form."));
    if (plan->losses.count > 0)
        doc_cell(p->d, SLICE("The backup is kept: what was lost is nowhere else."));
    doc_end(p->d, "");
}

void
doc_add_checklists(struct doc_part *p)
{
    doc_heading(p->d, p->level, SLICE("Checklists"));
    if (p->plan->steps.count == 0) {
        doc_paragraph(p->d, "There is nothing to check: nothing is done.");
        return;
    }
    doc_heading(p->d, p->level + 1, SLICE("Before"));
    add_checks_before(p);
    doc_heading(p->d, p->level + 1, SLICE("After"));
    add_checks_after(p);
}

/* ---- traceability ---- */

static const char *
why_without_change(enum phase phase)
{
    switch (phase) {
    case PHASE_CLEAR:
        return "it stands in the way of other steps";
    case PHASE_RESTORE:
        return "it was taken down before, or a section of the declarations says so";
    case PHASE_DATA:
        return "a section of the declarations (@migrate, @rollback)";
    case PHASE_VERIFY:
        return "a section of the declarations (@verify)";
    case PHASE_FILL:
        return "values of new columns, or initial rows";
    case PHASE_PREPARE:
    case PHASE_GROW:
    case PHASE_TIGHTEN:
    case PHASE_SHRINK:
    case PHASE_INDEX:
    case PHASE_SETTLE:
    case PHASE_COUNT:
        break;
    }
    return "it serves the steps around it";
}

static void
add_other_steps(struct doc_part *p)
{
    doc_heading(p->d, p->level + 1, SLICE("Steps that no declared change asks for"));
    DOC_TABLE(p->d, "Step", "What it does", "Why it is there");
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;

        if (a->causes.count > 0)
            continue;
        doc_cell(p->d, doc_step_number(p, i));
        doc_cell(p->d, a->title);
        doc_cell(p->d, slice_from(why_without_change(a->phase)));
    }
    doc_end(p->d, "There is none.");
}

void
doc_add_traceability(struct doc_part *p)
{
    const struct changes *changes = p->plan->changes;

    doc_heading(p->d, p->level, SLICE("Traceability"));
    DOC_TABLE(p->d, "Declared change", "Declared at", "Steps");
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];
        struct slice steps = doc_steps_of(p, c);

        doc_cell(p->d, change_title(&p->s->arena, c));
        doc_cell(p->d, doc_place(p, c));
        doc_cell(p->d, steps.len == 0 ? SLICE("none") : steps);
    }
    doc_end(p->d, "No change is declared.");
    add_other_steps(p);
}
