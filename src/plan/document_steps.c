/*
 * What happens: figures, the statements in their phases and transactions, what they cost,
 * the steps that write rows, and the queries that prove the result.
 */
#include "plan/document.h"

/* ---- what is counted ---- */

size_t
doc_count_steps(const struct plan *p, bool (*wanted)(const struct action *a))
{
    size_t n = 0;

    VEC_EACH (i, &p->steps)
        n += wanted(p->steps.items[i].action) ? 1 : 0;
    return n;
}

size_t
doc_count_transactions(const struct plan *p)
{
    size_t n = 0;
    size_t i = 0;

    while (i < p->steps.count) {
        if (p->steps.items[i].action->outside_transaction) {
            i++;
            continue;
        }
        i = plan_transaction_end(p, i);
        n++;
    }
    return n;
}

static bool
rewrites(const struct action *a)
{
    return a->rewrites;
}

static bool
only_scans(const struct action *a)
{
    return a->scans && !a->rewrites;
}

static bool
is_outside(const struct action *a)
{
    return a->outside_transaction;
}

static bool
is_hazardous(const struct action *a)
{
    return a->hazards != 0;
}

bool
doc_stops_others(const struct action *a)
{
    return lock_blocks(a->lock) != NULL && (a->rewrites || a->scans);
}

bool
doc_is_data_step(const struct action *a)
{
    return a->phase == PHASE_FILL || a->phase == PHASE_DATA;
}

bool
doc_is_verification(const struct action *a)
{
    return a->phase == PHASE_VERIFY;
}

/* The same question is asked once, whichever steps need it. */
size_t
doc_count_preconditions(struct doc_part *p)
{
    struct map asked;

    map_init(&asked, &p->s->arena);
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;

        VEC_EACH (k, &a->preconditions)
            map_put(&asked, a->preconditions.items[k], NULL);
    }
    return asked.count;
}

size_t
doc_count_verifications(const struct plan *p)
{
    size_t n = 0;

    VEC_EACH (i, &p->steps) {
        const struct action *a = p->steps.items[i].action;

        n += slice_is_none(a->postcondition) ? 0 : 1;
        n += doc_is_verification(a) ? a->sql.count : 0;
    }
    return n;
}

/* ---- summary ---- */

static void
add_figure(struct doc_part *p, const char *what, size_t n)
{
    doc_cell(p->d, slice_from(what));
    doc_number(p->d, n);
}

static void
add_fingerprints(struct doc_part *p)
{
    const struct plan *plan = p->plan;

    if (plan->from_fingerprint.len == 0 && plan->to_fingerprint.len == 0)
        return;
    DOC_TABLE(p->d, "Fingerprint of the declarations", "Value");
    doc_cell(p->d, SLICE("before"));
    doc_code(p->d, plan->from_fingerprint);
    doc_cell(p->d, SLICE("after"));
    doc_code(p->d, plan->to_fingerprint);
    doc_end(p->d, "");
}

void
doc_add_summary(struct doc_part *p)
{
    const struct plan *plan = p->plan;

    doc_heading(p->d, p->level, SLICE("Summary"));
    doc_paragraph(p->d, "%s The way back is %s.",
                  plan->steps.count == 0   ? "Nothing is done."
                  : plan->losses.count > 0 ? "Data is lost: see the risks."
                  : plan->missing.count > 0
                      ? "Nothing is dropped, but values are written anew and not kept."
                      : "No data is lost.",
                  p->back == NULL ? "not possible" : plan_label_name(p->back->label));
    add_fingerprints(p);
    DOC_TABLE(p->d, "What", "Number");
    add_figure(p, "declared changes", plan->changes->all.count);
    add_figure(p, "changes that break running programs", doc_count_breaking(plan));
    add_figure(p, "steps", plan->steps.count);
    add_figure(p, "transactions", doc_count_transactions(plan));
    add_figure(p, "steps outside of transactions", doc_count_steps(plan, is_outside));
    add_figure(p, "steps that write all rows of a table again",
               doc_count_steps(plan, rewrites));
    add_figure(p, "steps that read all rows of a table",
               doc_count_steps(plan, only_scans));
    add_figure(p, "steps that stop others while they do so",
               doc_count_steps(plan, doc_stops_others));
    add_figure(p, "steps with a hazard", doc_count_steps(plan, is_hazardous));
    add_figure(p, "data steps", doc_count_steps(plan, doc_is_data_step));
    add_figure(p, "questions that are asked before the first change",
               doc_count_preconditions(p));
    add_figure(p, "verification queries", doc_count_verifications(plan));
    doc_end(p->d, "");
}

/* ---- statements ---- */

static void
add_step(struct doc_part *p, size_t index)
{
    const struct step *step = &p->plan->steps.items[index];
    const struct action *a = step->action;
    struct text sql;

    doc_heading(p->d, p->level + 2, step->name);
    doc_paragraph(p->d, "Phase: %s.%s", phase_name(a->phase),
                  doc_is_verification(a) ? " The answer must be true, or no row." : "");
    VEC_EACH (i, &a->refused)
        doc_paragraph(p->d, "Refused: %s (%s).", a->refused.items[i].form,
                      a->refused.items[i].cost);
    text_init(&sql, &p->s->arena);
    VEC_EACH (i, &a->sql)
        plan_print_statement(a->sql.items[i], &sql);
    doc_sql(p->d, text_slice(&sql));
}

static void
add_transaction(struct doc_part *p, size_t number, size_t begin, size_t end)
{
    struct arena *a = &p->s->arena;
    struct slice title =
        number == 0 ? slice_format(a, "Outside of a transaction: step %02zu", begin + 1)
        : end - begin == 1 ? slice_format(a, "Transaction %zu: step %02zu", number, end)
                           : slice_format(a, "Transaction %zu: steps %02zu to %02zu",
                                          number, begin + 1, end);

    doc_heading(p->d, p->level + 1, title);
    for (size_t i = begin; i < end; i++)
        add_step(p, i);
}

void
doc_add_statements(struct doc_part *p)
{
    const struct plan *plan = p->plan;
    size_t number = 0;
    size_t i = 0;

    doc_heading(p->d, p->level, SLICE("Statements"));
    if (plan->steps.count == 0)
        doc_paragraph(p->d, "There is nothing to do.");
    else
        doc_paragraph(p->d, "diff prints them as one script, with the transactions and "
                            "the questions that stop it.");
    while (i < plan->steps.count) {
        bool outside = plan->steps.items[i].action->outside_transaction;
        size_t end = outside ? i + 1 : plan_transaction_end(plan, i);

        add_transaction(p, outside ? 0 : ++number, i, end);
        i = end;
    }
}

/* ---- cost ---- */

static const char *
work_of(const struct action *a)
{
    if (a->phase == PHASE_DATA || a->phase == PHASE_VERIFY)
        return "what its own statements say";
    if (a->rewrites)
        return "writes all rows again";
    if (a->scans)
        return "reads all rows";
    return a->samples ? "reads a sample of the rows" : "none";
}

static const char *
lock_of(const struct action *a)
{
    if (a->lock != NULL)
        return a->lock;
    return a->phase == PHASE_DATA || a->phase == PHASE_VERIFY ? "what its statements take"
                                                              : "none";
}

static const char *
stops_of(const struct action *a)
{
    const char *blocked = lock_blocks(a->lock);

    if (blocked == NULL)
        return "nobody";
    return blocked;
}

static const char *
how_long(const struct action *a)
{
    if (lock_blocks(a->lock) == NULL)
        return "";
    if (a->phase == PHASE_DATA || a->phase == PHASE_FILL)
        return "while it writes";
    return a->rewrites || a->scans ? "as long as there are rows" : "a moment";
}

static struct slice
size_of(struct doc_part *p, const struct action *a)
{
    const struct plan_size *size = plan_size_of(&p->s->arena, p->plan, a);

    if (p->plan->sizes == NULL)
        return SLICE("not asked");
    return size == NULL ? SLICE("") : plan_size_words(&p->s->arena, size);
}

void
doc_add_cost(struct doc_part *p)
{
    doc_heading(p->d, p->level, SLICE("Locks and work"));
    doc_paragraph(p->d, "A lock is held until its transaction ends: each step of a "
                        "transaction stops others for as long as the steps behind it "
                        "take, too.");
    DOC_TABLE(p->d, "Step", "Table", "Size", "Lock", "Stops", "How long", "Rows",
              "Waits");
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;

        doc_cell(p->d, doc_step_number(p, i));
        doc_cell(p->d, a->table);
        doc_cell(p->d, size_of(p, a));
        doc_cell(p->d, slice_from(lock_of(a)));
        doc_cell(p->d, slice_from(stops_of(a)));
        doc_cell(p->d, slice_from(how_long(a)));
        doc_cell(p->d, slice_from(work_of(a)));
        doc_cell(p->d, slice_from(a->lock == NULL   ? ""
                                  : a->bounded_wait ? "gives up waiting for its lock"
                                                    : "until it has its lock"));
    }
    doc_end(p->d, "No step locks anything.");
}

/* ---- data and verification ---- */

void
doc_add_data_steps(struct doc_part *p)
{
    doc_heading(p->d, p->level, SLICE("Data steps"));
    DOC_TABLE(p->d, "Step", "What it does", "Phase", "Statements", "Undo");
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;
        struct slice undo = plan_undo(p->s, p->plan, a);

        if (!doc_is_data_step(a))
            continue;
        doc_cell(p->d, doc_step_number(p, i));
        doc_cell(p->d, a->title);
        doc_cell(p->d, slice_from(phase_name(a->phase)));
        doc_number(p->d, a->sql.count);
        doc_cell(p->d, undo);
    }
    doc_end(p->d, "No step writes rows of its own.");
}

struct slice
doc_statements(struct doc_part *p, const struct plan *plan,
               bool (*wanted)(const struct action *a))
{
    struct text out;

    text_init(&out, &p->s->arena);
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        if (wanted != NULL && !wanted(a))
            continue;
        plan_print_comment(plan->steps.items[i].name, &out);
        VEC_EACH (k, &a->sql)
            plan_print_statement(a->sql.items[k], &out);
    }
    return text_slice(&out);
}

struct slice
doc_queries(struct doc_part *p, struct slice (*query_of)(const struct action *a))
{
    struct text out;

    text_init(&out, &p->s->arena);
    VEC_EACH (i, &p->plan->steps) {
        const struct step *step = &p->plan->steps.items[i];
        struct slice query = query_of(step->action);

        if (slice_is_none(query))
            continue;
        plan_print_comment(step->name, &out);
        plan_print_statement(query, &out);
    }
    return text_slice(&out);
}

static void
add_questions(struct doc_part *p)
{
    struct map asked;
    struct text out;

    map_init(&asked, &p->s->arena);
    text_init(&out, &p->s->arena);
    VEC_EACH (i, &p->plan->steps) {
        const struct action *a = p->plan->steps.items[i].action;

        VEC_EACH (k, &a->preconditions) {
            if (map_has(&asked, a->preconditions.items[k]))
                continue;
            map_put(&asked, a->preconditions.items[k], NULL);
            plan_print_comment(a->precondition_titles.items[k], &out);
            plan_print_statement(a->preconditions.items[k], &out);
        }
    }
    if (asked.count == 0)
        doc_paragraph(p->d, "No row can stand in the way.");
    else
        doc_paragraph(p->d, "Each of these must find nothing; where one finds rows, "
                            "nothing is changed.");
    doc_sql(p->d, text_slice(&out));
}

static struct slice
postcondition_of(const struct action *a)
{
    return a->postcondition;
}

static void
add_proofs(struct doc_part *p)
{
    struct slice queries = doc_queries(p, postcondition_of);

    if (queries.len == 0)
        doc_paragraph(p->d, "No step has a query of its own that proves it.");
    else
        doc_paragraph(p->d, "Each of these is true once its step is done.");
    doc_sql(p->d, queries);
}

static void
add_verify_sections(struct doc_part *p)
{
    struct slice sql = doc_statements(p, p->plan, doc_is_verification);

    if (sql.len == 0)
        doc_paragraph(p->d, "The declarations have no @verify for this version.");
    else
        doc_paragraph(p->d, "The declarations ask this last: a condition must be true, "
                            "a list of rows empty. Else the version is not reached.");
    doc_sql(p->d, sql);
}

void
doc_add_verification(struct doc_part *p)
{
    doc_heading(p->d, p->level, SLICE("Verification queries"));
    doc_heading(p->d, p->level + 1, SLICE("Before the first change"));
    add_questions(p);
    doc_heading(p->d, p->level + 1, SLICE("After each step"));
    add_proofs(p);
    doc_heading(p->d, p->level + 1, SLICE("At the end"));
    add_verify_sections(p);
}
