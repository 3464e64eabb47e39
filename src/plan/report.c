/*
 * The plan for people: what happens, why this way, what it costs and what could be lost.
 * One card per step; every line begins with a word that says what it holds.
 */
#include "plan/internal.h"

#define LABEL_WIDTH 11
#define BODY_WIDTH (100 - 4 - LABEL_WIDTH) /* of what is folded: queries, sentences */

/* A labelled line; further lines of `body` are indented below it. */
static void
print_field(struct text *out, const char *label, struct slice body)
{
    text_addf(out, "    %-*s", LABEL_WIDTH, label);
    for (size_t i = 0; i < body.len; i++) {
        text_addc(out, body.ptr[i]);
        if (body.ptr[i] == '\n')
            text_repeat(out, ' ', 4 + LABEL_WIDTH);
    }
    text_addc(out, '\n');
}

static void
print_sentences(struct session *s, struct text *out, const char *label,
                const struct slice *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        print_field(out, i == 0 ? label : "",
                    plan_fold_words(&s->arena, items[i], BODY_WIDTH));
}

/* "CREATE INDEX without CONCURRENTLY: a SHARE lock" */
static void
print_refused(struct session *s, const struct action *a, struct text *out)
{
    VEC_EACH (i, &a->refused) {
        struct slice line =
            slice_format(&s->arena, "%s: %s", a->refused.items[i].form,
                         a->refused.items[i].cost);

        print_sentences(s, out, i == 0 ? "refused" : "", &line, 1);
    }
}

static void
print_query(struct session *s, struct text *out, const char *label, struct slice query)
{
    print_field(out, label, plan_fold_query(&s->arena, query, BODY_WIDTH));
}

static void
print_sql(struct session *s, const struct action *a, struct text *out)
{
    VEC_EACH (i, &a->sql)
        print_field(out, i == 0 ? "sql" : "",
                    slice_format(&s->arena, "%.*s;", SLICE_ARG(a->sql.items[i])));
}

/* "add column vehicles.spot, 1.1.0.sql:12" */
static struct slice
with_place(struct session *s, struct slice what, struct span span)
{
    struct place at;

    if (span.source == 0)
        return what;
    at = source_place(&s->arena, &s->sources, span);
    return slice_format(&s->arena, "%.*s, %.*s:%zu", SLICE_ARG(what), SLICE_ARG(at.file),
                        at.line);
}

/* What it carries out; else what it is there for. */
static void
print_causes(struct session *s, const struct action *a, struct text *out)
{
    VEC_EACH (i, &a->causes) {
        const struct change *c = &a->causes.items[i];

        print_field(out, i == 0 ? "cause" : "",
                    with_place(s, change_title(&s->arena, c), change_span(c)));
    }
    VEC_EACH (i, &a->occasions)
        print_field(out, i == 0 ? "because of" : "",
                    with_place(s, a->occasions.items[i].what,
                               a->occasions.items[i].span));
}

static struct slice
work_of(const struct action *a)
{
    if (a->rewrites)
        return SLICE("writes every row of the table again");
    if (a->scans)
        return SLICE("reads every row of the table");
    return a->samples ? SLICE("reads a sample of the rows") : SLICE("touches no row");
}

static void
print_cost(struct session *s, const struct action *a, struct text *out)
{
    struct slice work = work_of(a);

    if (a->phase == PHASE_DATA || a->phase == PHASE_VERIFY)
        return;
    if (a->lock != NULL)
        work = slice_format(&s->arena, "%.*s; lock %s%s", SLICE_ARG(work), a->lock,
                            a->bounded_wait ? ", gives up waiting for it" : "");
    print_field(out, "work", work);
    if (lock_blocks(a->lock) != NULL && (a->rewrites || a->scans))
        print_field(out, "stops", slice_format(&s->arena, "%s for as long as that takes",
                                               lock_blocks(a->lock)));
    if (a->outside_transaction || a->own_transaction)
        print_field(out, "commit",
                    a->outside_transaction ? SLICE("outside of a transaction")
                                           : SLICE("in a transaction of its own"));
}

static void
print_hazards(struct session *s, const struct action *a, uint32_t allowed,
              struct text *out)
{
    for (uint32_t h = 1; h <= a->hazards; h <<= 1) {
        const char *name;

        if ((a->hazards & h) == 0)
            continue;
        name = hazard_name((enum hazard)h);
        print_field(
            out, "hazard",
            (allowed & h) != 0
                ? slice_format(&s->arena, "%s, allowed", name)
                : slice_format(&s->arena, "%s, NOT allowed: --allow %s", name, name));
    }
    if (!slice_is_none(a->loss))
        print_field(out, "loses", a->loss);
    if (!slice_is_none(a->stake))
        print_query(s, out, "at stake", a->stake);
    if (!slice_is_none(a->parks))
        print_field(out, "keeps", a->parks);
    if (!slice_is_none(a->restores))
        print_field(out, "returns", a->restores);
}

static void
print_conditions(struct session *s, const struct action *a, struct text *out)
{
    VEC_EACH (i, &a->preconditions) {
        print_field(out, "before",
                    slice_format(&s->arena, "stops where %.*s:",
                                 SLICE_ARG(a->precondition_titles.items[i])));
        print_query(s, out, "", a->preconditions.items[i]);
    }
    if (!slice_is_none(a->postcondition))
        print_query(s, out, "after", a->postcondition);
}

/* ---- the way back ---- */

/* Without @back: that is the writer's word. */
static bool
narrows_again(const struct plan *p, const struct change *c)
{
    const struct dialect *d = p->dialect;

    return d->loses_digits != NULL && c->new.column->back == NULL
           && d->loses_digits(diff_stored(p->changes, &c->new.column->type),
                              diff_stored(p->changes, &c->old.column->type));
}

/* "t.c", also where the column is that of a table which is set aside for t. */
static struct slice
name_of_column(struct arena *a, const struct change *c)
{
    const struct table *t = c->new.table;

    if (t->successor != NULL)
        t = t->successor;
    return slice_format(a, "%.*s.%.*s", SLICE_ARG(t->name),
                        SLICE_ARG(c->new.column->name));
}

static void
lose_digits(struct session *s, const struct plan *p, const struct change *c,
            struct slices *out)
{
    if (narrows_again(p, c))
        VEC_PUSH(&s->arena, &out->all,
                 slice_format(&s->arena, "the digits of %.*s that the old type has not",
                              SLICE_ARG(name_of_column(&s->arena, c))));
}

/* Columns that are converted on the way into the table that is made anew. */
static void
lose_moved_digits(struct session *s, const struct plan *p, const struct change *move,
                  struct slices *out)
{
    VEC_EACH (i, &move->new.table->columns) {
        struct change c = *move;

        c.new.column = move->new.table->columns.items[i];
        c.old.column = diff_old_column(c.old.table, c.new.table, c.new.column);
        if (c.old.column != NULL)
            lose_digits(s, p, &c, out);
    }
}

/* What undoing `c` loses that was written after it was made. */
static void
lose_change(struct session *s, const struct plan *p, const struct action *by,
            const struct change *c, struct slices *out)
{
    struct arena *a = &s->arena;

    if (c->kind == CHANGE_CREATE_TABLE && !by->takes_rows_over)
        VEC_PUSH(a, &out->all,
                 slice_format(a, "the rows of %.*s", SLICE_ARG(c->new.table->name)));
    if (c->kind == CHANGE_ADD_COLUMN)
        VEC_PUSH(a, &out->all,
                 slice_format(a, "the values of %.*s",
                              SLICE_ARG(name_of_column(a, c))));
    if (c->kind == CHANGE_COLUMN_TYPE)
        lose_digits(s, p, c, out);
    if (c->kind == CHANGE_MOVE_ROWS)
        lose_moved_digits(s, p, c, out);
}

static struct slices
lost_on_the_way_back(struct session *s, const struct plan *p, const struct action *by)
{
    struct slices out = { 0 };

    VEC_EACH (i, &by->causes)
        lose_change(s, p, by, &by->causes.items[i], &out);
    return out;
}

/* It is no hazard, so it is kept. */
static bool
takes_away(const struct change *c)
{
    return c->kind == CHANGE_DROP_TABLE
           || (c->kind == CHANGE_DROP_COLUMN && c->old.column->generated == NULL);
}

/* Is all that it takes away a column that @back computes? */
static bool
returns_computed(const struct action *a)
{
    size_t computed = 0;

    VEC_EACH (i, &a->causes) {
        const struct change *c = &a->causes.items[i];

        if (!takes_away(c))
            continue;
        if (c->kind == CHANGE_DROP_TABLE
            || table_find_gone(c->new.table, c->old.column->name) == NULL)
            return false;
        computed++;
    }
    return computed > 0;
}

static bool
leaves_role(const struct action *a)
{
    VEC_EACH (i, &a->causes)
        if (a->causes.items[i].kind == CHANGE_CREATE_DEFINITION
            && a->causes.items[i].new.definition->detail == DETAIL_ROLE)
            return true;
    return false;
}

static struct slice
undo_of(struct session *s, const struct plan *p, const struct action *a)
{
    struct slices lost;

    if ((a->hazards & HAZARD_DATA_LOSS) != 0)
        return returns_computed(a)
                   ? SLICE("the structure comes back, the values by @back")
                   : SLICE("the structure comes back, the values do not");
    if (a->fills_new_tables)
        return SLICE("loses the rows again");
    if (leaves_role(a))
        return SLICE("the role stays as it is: all databases of the server share it");
    VEC_EACH (i, &a->causes) {
        if (takes_away(&a->causes.items[i]))
            return SLICE("loses nothing while the values are kept");
    }
    lost = lost_on_the_way_back(s, p, a);
    return lost.all.count == 0 ? SLICE("loses nothing")
                               : slice_format(&s->arena, "loses %.*s",
                                              SLICE_ARG(lost.all.items[0]));
}

struct slice
plan_undo(struct session *s, const struct plan *p, const struct action *a)
{
    if (a->phase == PHASE_VERIFY)
        return SLICE_NONE;
    if (a->phase == PHASE_DATA)
        return SLICE("what the version's @rollback says, if anything");
    if (a->causes.count == 0 && (a->occasions.count == 0 || a->phase == PHASE_FILL))
        return SLICE_NONE;
    return undo_of(s, p, a);
}

static void
print_undo(struct session *s, const struct plan *p, const struct action *a,
           struct text *out)
{
    struct slice undo = plan_undo(s, p, a);

    if (!slice_is_none(undo))
        print_field(out, "undo", undo);
}

static void
print_size(struct session *s, const struct plan *p, const struct action *a,
           struct text *out)
{
    const struct plan_size *size = plan_size_of(&s->arena, p, a);

    if (size != NULL)
        print_field(out, "table", plan_size_words(&s->arena, size));
}

static void
print_card(struct session *s, const struct plan *p, const struct step *step,
           uint32_t allowed, struct text *out)
{
    const struct action *a = step->action;

    text_addf(out, "\n%.*s\n", SLICE_ARG(step->name));
    print_sql(s, a, out);
    print_causes(s, a, out);
    print_sentences(s, out, "why", a->reasons.items, a->reasons.count);
    print_refused(s, a, out);
    print_size(s, p, a, out);
    print_cost(s, a, out);
    print_hazards(s, a, allowed, out);
    print_conditions(s, a, out);
    print_undo(s, p, a, out);
}

/* ---- head and totals ---- */

static size_t
count_steps(const struct plan *p, bool (*counts)(const struct action *))
{
    size_t n = 0;

    VEC_EACH (i, &p->steps)
        n += counts(p->steps.items[i].action) ? 1 : 0;
    return n;
}

static bool
rewrites(const struct action *a)
{
    return a->rewrites;
}

static bool
scans(const struct action *a)
{
    return a->scans && !a->rewrites;
}

/* In the transaction that a short plan is all of? */
static bool
is_apart(const struct action *a)
{
    return a->outside_transaction || a->own_transaction;
}

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void
print_items(struct text *out, const char *head, const struct slice *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s    %.*s\n", i == 0 ? head : "", SLICE_ARG(items[i]));
}

/* What is gone cannot be counted: the way back has no query. */
static void
print_missing(struct session *s, const struct plan *p, const char *head, struct text *out)
{
    VEC_EACH (i, &p->missing) {
        const struct not_returned *m = &p->missing.items[i];

        text_addf(out, "%s    %.*s\n", i == 0 ? head : "", SLICE_ARG(m->what));
        if (!slice_is_none(m->stake))
            print_query(s, out, "at stake", m->stake);
    }
}

/* On the way up, where nothing goes, values may be written anew that nothing kept. */
static bool
only_replaces(const struct plan *p)
{
    return p->direction == PLAN_UP && p->losses.count == 0 && p->missing.count > 0;
}

const char *
plan_loss_words(const struct plan *p)
{
    if (p->losses.count > 0)
        return "DATA IS LOST:";
    return only_replaces(p) ? "Nothing is dropped; what is written anew is not kept:"
                            : "No data is lost.";
}

static void
print_title(struct session *s, const struct plan *p, struct text *out)
{
    struct slice title = plan_title(&s->arena, p);
    size_t n = p->steps.count;

    text_addf(out, "%.*s (%s)\n", SLICE_ARG(title), p->dialect->name);
    if (n == 0)
        text_addz(out, "Nothing to do.\n");
    else
        text_addf(out, "%zu step%s%s. %s\n", n, plural(n),
                  count_steps(p, is_apart) == 0 ? " in one transaction" : "",
                  plan_loss_words(p));
    print_items(out, "", p->losses.items, p->losses.count);
    if (only_replaces(p))
        print_missing(s, p, "", out);
    if (p->direction == PLAN_DOWN) {
        print_items(out, "Comes back from where it was kept:\n", p->parked.items,
                    p->parked.count);
        print_missing(s, p, "Does not come back, as the way here took it:\n", out);
    } else {
        print_items(out, "Kept for the way back:\n", p->parked.items, p->parked.count);
    }
}

/* From the way up: what it adds goes, what it takes comes back only if it is kept. */
static enum plan_label
label_of_way_back(const struct plan *p, bool loses_what_was_added)
{
    if (loses_what_was_added || p->missing.count > 0)
        return PLAN_LOSSY;
    return p->parked.count > 0 ? PLAN_PARKED : PLAN_LOSSLESS;
}

enum plan_label
plan_way_back(struct session *s, const struct plan *p, struct slices *loses)
{
    struct map told; /* a column is added in one step and tightened in another */

    map_init(&told, &s->arena);
    VEC_EACH (i, &p->steps) {
        struct slices lost = lost_on_the_way_back(s, p, p->steps.items[i].action);

        VEC_EACH (k, &lost.all) {
            if (map_has(&told, lost.all.items[k]))
                continue;
            VEC_PUSH(&s->arena, &loses->all, lost.all.items[k]);
            map_put(&told, lost.all.items[k], NULL);
        }
    }
    return label_of_way_back(p, told.count > 0);
}

static void
print_way_back(struct session *s, const struct plan *p, struct text *out)
{
    struct slices loses = { 0 };
    enum plan_label label = plan_way_back(s, p, &loses);

    if (loses.all.count == 0)
        text_addz(out, "The way back loses nothing that this way keeps.\n");
    print_items(out, "The way back loses:\n", loses.all.items, loses.all.count);
    print_missing(s, p, "The way back does not return:\n", out);
    text_addf(out, "The way back is %s.\n", plan_label_name(label));
}

/* "2 write a table again, 1 reads one" */
static void
print_work(const struct plan *p, struct text *out)
{
    size_t rewritten = count_steps(p, rewrites);
    size_t scanned = count_steps(p, scans);

    text_addf(out, "\n%zu step%s: ", p->steps.count, plural(p->steps.count));
    if (rewritten > 0)
        text_addf(out, "%zu write%s a table again", rewritten, rewritten == 1 ? "s" : "");
    if (scanned > 0)
        text_addf(out, "%s%zu read%s one", rewritten > 0 ? ", " : "", scanned,
                  scanned == 1 ? "s" : "");
    if (rewritten + scanned == 0)
        text_addz(out, "none writes or reads the rows of a table");
    text_addz(out, ".\n");
}

static void
print_totals(struct session *s, const struct plan *p, uint32_t allowed, struct text *out)
{
    print_work(p, out);
    if ((p->hazards & ~allowed) != 0)
        text_addz(out, "Not allowed as it stands: add --allow with the hazards above.\n");
    if (p->direction == PLAN_UP && !p->from_nothing && !p->to_nothing)
        print_way_back(s, p, out);
}

void
plan_print_text(struct session *s, const struct plan *p, uint32_t allowed,
                struct text *out)
{
    print_title(s, p, out);
    VEC_EACH (i, &p->steps)
        print_card(s, p, &p->steps.items[i], allowed, out);
    if (p->steps.count > 0)
        print_totals(s, p, allowed, out);
}
