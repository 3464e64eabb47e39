/*
 * The plan as SQL that runs as it is under `psql -v ON_ERROR_STOP=1` or `sqlite3 -bail`.
 *
 * Steps that may be in a transaction are wrapped together by the dialect; one that may
 * not stands alone between them.  Warnings stand above the statements that they are
 * about.
 */
#include "plan/internal.h"

#include <string.h>

void
plan_print_comment(struct slice words, struct text *out)
{
    text_addz(out, "-- ");
    for (size_t i = 0; i < words.len; i++)
        text_addc(out, (unsigned char)words.ptr[i] < ' ' ? ' ' : words.ptr[i]);
    text_addc(out, '\n');
}

static void
print_head(struct session *s, const struct plan *p, struct text *out)
{
    struct slice title = plan_title(&s->arena, p);

    text_addf(out, "-- %.*s (%s)\n", SLICE_ARG(title), p->dialect->name);
    VEC_EACH (i, &p->losses)
        plan_print_comment(
            slice_format(&s->arena, "loses %.*s", SLICE_ARG(p->losses.items[i])), out);
}

static void
print_warnings(struct session *s, const struct action *a, uint32_t allowed,
               struct text *out)
{
    for (uint32_t h = 1; h <= a->hazards; h <<= 1) {
        const char *name;
        struct text line;

        if ((a->hazards & ~allowed & h) == 0)
            continue;
        name = hazard_name((enum hazard)h);
        text_init(&line, &s->arena);
        text_addf(&line, "WARNING %s", name);
        if (h == HAZARD_DATA_LOSS && !slice_is_none(a->loss))
            text_addf(&line, ": %.*s is lost", SLICE_ARG(a->loss));
        text_addf(&line, " (not allowed; say --allow %s)", name);
        plan_print_comment(text_slice(&line), out);
    }
}

/* Is there a "--" in the last line?  Then a ';' behind it would be part of a comment. */
static bool
ends_in_comment(struct slice sql)
{
    for (size_t i = sql.len; i-- > 1 && sql.ptr[i] != '\n';)
        if (sql.ptr[i] == '-' && sql.ptr[i - 1] == '-')
            return true;
    return false;
}

void
plan_print_statement(struct slice sql, struct text *out)
{
    text_add(out, sql);
    text_addz(out, ends_in_comment(sql) ? "\n;\n" : ";\n");
}

static void
print_step(struct session *s, const struct step *step, uint32_t allowed, struct text *out)
{
    const struct action *a = step->action;

    text_addc(out, '\n');
    plan_print_comment(step->name, out);
    print_warnings(s, a, allowed, out);
    if (a->phase == PHASE_VERIFY) {
        VEC_EACH (i, &a->sql)
            plan_print_guard(a->title, a->sql.items[i], out);
        return;
    }
    VEC_EACH (i, &a->sql)
        plan_print_statement(a->sql.items[i], out);
}

static bool
has_preconditions(const struct plan *p)
{
    VEC_EACH (i, &p->steps)
        if (p->steps.items[i].action->preconditions.count > 0)
            return true;
    return false;
}

/* Everything that can be refused is asked before the first change, and once. */
static void
print_preconditions(struct session *s, const struct plan *p, struct text *out)
{
    struct map asked;

    map_init(&asked, &s->arena);
    VEC_EACH (i, &p->steps) {
        const struct action *a = p->steps.items[i].action;

        VEC_EACH (k, &a->preconditions) {
            struct slice none = slice_format(&s->arena, "SELECT NOT EXISTS (\n%.*s\n)",
                                             SLICE_ARG(a->preconditions.items[k]));

            if (map_has(&asked, a->preconditions.items[k]))
                continue;
            map_put(&asked, a->preconditions.items[k], NULL);
            text_addc(out, '\n');
            plan_print_comment(slice_format(&s->arena, "before: stop where %.*s",
                                            SLICE_ARG(a->precondition_titles.items[k])),
                               out);
            plan_print_guard(a->precondition_titles.items[k], none, out);
        }
    }
}

/* The steps [begin, end) that share one transaction. */
static void
print_transaction(struct session *s, const struct plan *p, size_t begin, size_t end,
                  uint32_t allowed, struct text *out)
{
    struct actions actions = { 0 };

    for (size_t i = begin; i < end; i++)
        VEC_PUSH(&s->arena, &actions.all, (struct action *)p->steps.items[i].action);
    text_addc(out, '\n');
    p->dialect->script_begin(s, &actions, out);
    if (begin == 0 && end == p->steps.count)
        print_preconditions(s, p, out);
    for (size_t i = begin; i < end; i++)
        print_step(s, &p->steps.items[i], allowed, out);
    text_addc(out, '\n');
    p->dialect->script_end(s, &actions, out);
}

size_t
plan_transaction_end(const struct plan *p, size_t begin)
{
    size_t end = begin + 1;

    if (p->steps.items[begin].action->own_transaction)
        return end;
    while (end < p->steps.count && !p->steps.items[end].action->outside_transaction
           && !p->steps.items[end].action->own_transaction)
        end++;
    return end;
}

static bool
is_one_transaction(const struct plan *p)
{
    return p->steps.count == 0
           || (!p->steps.items[0].action->outside_transaction
               && plan_transaction_end(p, 0) == p->steps.count);
}

/* A script of several transactions asks in one that changes nothing. */
static void
ask_beforehand(struct session *s, const struct plan *p, struct text *out)
{
    struct actions none = { 0 };

    if (is_one_transaction(p) || !has_preconditions(p))
        return;
    text_addc(out, '\n');
    p->dialect->script_begin(s, &none, out);
    print_preconditions(s, p, out);
    text_addc(out, '\n');
    p->dialect->script_end(s, &none, out);
}

void
plan_print_script(struct session *s, const struct plan *p, uint32_t allowed,
                  struct text *out)
{
    size_t i = 0;

    print_head(s, p, out);
    ask_beforehand(s, p, out);
    while (i < p->steps.count) {
        size_t end;

        if (p->steps.items[i].action->outside_transaction) {
            print_step(s, &p->steps.items[i++], allowed, out);
            continue;
        }
        end = plan_transaction_end(p, i);
        print_transaction(s, p, i, end, allowed, out);
        i = end;
    }
}
