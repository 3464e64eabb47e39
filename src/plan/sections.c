/*
 * The user's own statements: which of them run in this plan, and which cannot.
 *
 * On the way up, @migrate and @verify of the version that is reached; on the way back,
 * @rollback of the version that is left; from nothing only @verify, because there is no
 * row to migrate.
 */
#include "plan/internal.h"

#include "base/sqltext.h"

static bool
is_for_dialect(const struct section *x, const struct dialect *d)
{
    return slice_is_none(x->dialect) || slice_is(x->dialect, d->name);
}

/* A database that is at no known version and has nothing to change is there already. */
static bool
reaches_version(const struct section_request *r)
{
    const struct catalog *from = r->plan->from;

    return r->has_changes || (from != NULL && !slice_is_none(from->version));
}

static const struct catalog *
owner_of(const struct section_request *r, enum section_kind kind)
{
    bool up = r->plan->direction == PLAN_UP;

    if (!reaches_version(r))
        return NULL;
    switch (kind) {
    case SECTION_MIGRATE:
        return up && r->plan->from != NULL ? r->plan->to : NULL;
    case SECTION_ROLLBACK:
        return up ? NULL : r->plan->from;
    case SECTION_VERIFY:
        return up ? r->plan->to : NULL;
    }
    return NULL;
}

static bool
runs(const struct section_request *r, const struct catalog *owner,
     const struct section *x)
{
    return owner != NULL && owner_of(r, x->kind) == owner
           && is_for_dialect(x, r->plan->dialect);
}

static bool
has_section(const struct section_request *r, const struct catalog *owner,
            enum section_kind kind)
{
    if (owner == NULL)
        return false;
    VEC_EACH (i, &owner->sections) {
        const struct section *x = owner->sections.items[i];

        if (x->kind == kind && runs(r, owner, x))
            return true;
    }
    return false;
}

bool
plan_has_data_step(const struct section_request *r)
{
    return has_section(r, owner_of(r, SECTION_MIGRATE), SECTION_MIGRATE)
           || has_section(r, owner_of(r, SECTION_ROLLBACK), SECTION_ROLLBACK);
}

bool
plan_declares_rollback(const struct plan_request *r)
{
    const struct catalog *later = r->direction == PLAN_UP ? r->to : r->from;

    for (size_t i = 0; later != NULL && i < later->sections.count; i++) {
        const struct section *x = later->sections.items[i];

        if (x->kind == SECTION_ROLLBACK && is_for_dialect(x, r->dialect))
            return true;
    }
    return false;
}

/* ---- numbers that are stored scaled ---- */

static void
collect_scaled(const struct catalog *c, struct map *out)
{
    for (size_t t = 0; c != NULL && t < c->tables.count; t++) {
        const struct table *table = c->tables.items[t];

        VEC_EACH (i, &table->columns) {
            struct column *column = table->columns.items[i];

            if (column->has_type && column->type.kind == TYPE_DECIMAL_INT)
                map_put(out, column->name, column);
        }
    }
}

static const struct column *
find_scaled(struct session *s, const struct section *x, const struct map *scaled)
{
    VEC_EACH (i, &x->statements) {
        struct sqltext t = { .rest = x->statements.items[i] };
        struct slice name;

        while (sqltext_next_name(&t, &s->arena, &name)) {
            const struct column *c = map_get(scaled, name);

            if (c != NULL)
                return c;
        }
    }
    return NULL;
}

/* A section that names the dialect was written with its numbers in mind. */
static bool
fits_storage(struct session *s, const struct section_request *r, const struct section *x,
             const struct map *scaled)
{
    const char *dialect = r->plan->dialect->name;
    const struct column *c = slice_is_none(x->dialect) ? find_scaled(s, x, scaled) : NULL;
    struct diag *diag;

    if (c == NULL)
        return true;
    if (plan_is_reported(s, D_LOWER_IMPOSSIBLE, x->span))
        return false;
    diag = diag_add(&s->diags, D_LOWER_IMPOSSIBLE, x->span,
                    "this section uses \"%.*s\", which %s stores as an integer, scaled "
                    "by 10^%d; the same statement cannot be right for every dialect",
                    SLICE_ARG(c->name), dialect,
                    c->type.arg_count == 2 ? (int)c->type.args[1] : 0);
    diag_note(&s->diags, diag, c->span, "the column is declared here");
    diag_hint(&s->diags, diag,
              "say the dialect, and write one section for each: -- @%s %s",
              section_kind_word(x->kind), dialect);
    return false;
}

/* ---- actions ---- */

static struct action *
new_action(struct session *s, enum phase phase, struct slice title, size_t order)
{
    struct action *a = ARENA_NEW(&s->arena, struct action);

    a->phase = phase;
    a->title = title;
    a->order = order;
    return a;
}

static void
say_section(struct session *s, const struct section *x, struct action *a)
{
    action_add_occasion(&s->arena, a,
                        slice_format(&s->arena, "@%s", section_kind_word(x->kind)),
                        x->span);
}

static void
add_data_step(struct session *s, const struct section_request *r,
              const struct section *x, size_t order, struct actions *out)
{
    bool back = x->kind == SECTION_ROLLBACK;
    struct action *a = new_action(
        s, PHASE_DATA, back ? SLICE("run @rollback") : SLICE("run @migrate"), order);

    a->own_transaction = r->plan->online && r->plan->dialect->plans_online;
    VEC_EACH (i, &x->statements)
        VEC_PUSH(&s->arena, &a->sql, x->statements.items[i]);
    VEC_PUSH(&s->arena, &a->reasons,
             back ? SLICE("The version that is left declares these statements for "
                          "leaving it.")
                  : SLICE("The version declares these statements: new columns are there "
                          "and may still be NULL, old ones are there still."));
    say_section(s, x, a);
    VEC_PUSH(&s->arena, &out->all, a);
}

/* As one truth value, which the runner and a script ask for alike. */
static struct slice
verify_query(struct session *s, struct slice sql)
{
    if (query_asks_for_truth(sql))
        return sql;
    return slice_format(&s->arena, "SELECT NOT EXISTS (\n%.*s\n)", SLICE_ARG(sql));
}

/* One action per statement: each is asked for its answer on its own. */
static void
add_verify(struct session *s, const struct section *x, size_t order, struct actions *out)
{
    struct slice title = slice_is_none(x->title) ? SLICE("verify the data") : x->title;

    VEC_EACH (i, &x->statements) {
        struct action *a = new_action(s, PHASE_VERIFY, title, order);

        VEC_PUSH(&s->arena, &a->sql, verify_query(s, x->statements.items[i]));
        VEC_PUSH(&s->arena, &a->reasons,
                 SLICE("The version declares that this must hold once it is reached."));
        say_section(s, x, a);
        VEC_PUSH(&s->arena, &out->all, a);
    }
}

static void
add_section(struct session *s, const struct section_request *r, const struct section *x,
            size_t order, struct actions *out)
{
    if (x->kind == SECTION_VERIFY)
        add_verify(s, x, order, out);
    else
        add_data_step(s, r, x, order, out);
}

static bool
add_sections_of(struct session *s, const struct section_request *r,
                const struct catalog *owner, struct actions *out)
{
    struct map scaled;
    bool fits = true;

    if (owner == NULL)
        return true;
    map_init(&scaled, &s->arena);
    collect_scaled(r->plan->from, &scaled);
    collect_scaled(r->plan->to, &scaled);
    VEC_EACH (i, &owner->sections) {
        const struct section *x = owner->sections.items[i];

        if (!runs(r, owner, x))
            continue;
        fits = fits_storage(s, r, x, &scaled) && fits;
        add_section(s, r, x, i, out);
    }
    return fits;
}

bool
plan_add_sections(struct session *s, const struct section_request *r, struct actions *out)
{
    bool up = r->plan->direction == PLAN_UP;

    return add_sections_of(s, r, up ? r->plan->to : r->plan->from, out);
}
