#include "cli/chain.h"

#include "model/print.h"

static bool
fits_the_last(struct cli *c, const struct chain *chain, const struct catalog *catalog)
{
    size_t count = chain->versions.count;

    return count == 0
           || source_neighbours_fit(c, chain->versions.items[count - 1].catalog, catalog);
}

static bool
load_one(struct cli *c, struct chain *chain, struct schema *schema, size_t at)
{
    struct schema_version *v = &schema->versions.items[at];
    struct chain_version out = { .version = v->version };

    out.catalog = schema_load(&c->s, schema, v);
    if (out.catalog == NULL || !fits_the_last(c, chain, out.catalog))
        return false;
    out.lowered = source_lower(c, chain->dialect, out.catalog);
    if (out.lowered == NULL)
        return false;
    out.fingerprint = catalog_fingerprint(&c->s, out.catalog);
    VEC_PUSH(&c->s.arena, &chain->versions, out);
    return true;
}

bool
chain_load(struct cli *c, const struct dialect *d, struct schema *schema, size_t first,
           size_t last, struct chain *out)
{
    *out = (struct chain){ .dialect = d, .created = SLICE_NONE };
    for (size_t i = first; i <= last; i++)
        if (!load_one(c, out, schema, i))
            return false;
    return true;
}

bool
chain_join(struct cli *c, const struct chain *chain, struct chain *out)
{
    struct arena *a = &c->s.arena;
    size_t count = chain->versions.count;
    const struct catalog **catalogs = ARENA_ARRAY(a, const struct catalog *, count);
    struct chain_version newest = chain->versions.items[count - 1];

    for (size_t i = 0; i < count; i++)
        catalogs[i] = chain->versions.items[i].catalog;
    newest.catalog = diff_join(&c->s, slice_from(chain->dialect->name), catalogs, count);
    if (newest.catalog == NULL)
        return false;
    newest.lowered = source_lower(c, chain->dialect, newest.catalog);
    *out = (struct chain){ .dialect = chain->dialect, .created = SLICE_NONE };
    VEC_PUSH(a, &out->versions, chain->versions.items[0]);
    VEC_PUSH(a, &out->versions, newest);
    return newest.lowered != NULL;
}

static bool
plan_with(struct cli *c, const struct chain *chain, int from, int to,
          const struct keep_request *keep, struct plan **out)
{
    struct plan_request request = {
        .dialect = chain->dialect,
        .direction = to < from ? PLAN_DOWN : PLAN_UP,
        /* nobody uses what is not there, or will not be */
        .online = chain->online && from >= 0 && to >= 0,
        .keep = keep,
    };

    if (from >= 0) {
        request.from = chain->versions.items[from].lowered;
        request.from_fingerprint = chain->versions.items[from].fingerprint;
    }
    if (to >= 0) {
        request.to = chain->versions.items[to].lowered;
        request.to_fingerprint = chain->versions.items[to].fingerprint;
    }
    return plan_make(&c->s, &request, out);
}

bool
chain_plan(struct cli *c, const struct chain *chain, int from, int to, struct plan **out)
{
    return plan_with(c, chain, from, to, to < from ? chain->back : chain->keep, out);
}

/* Both ways with side tables, where there are any between the two versions. */
static bool
plan_side_tables(struct cli *c, const struct chain *chain, int at,
                 struct gen_version *out)
{
    const struct keep_request all = { .days = 0 };
    struct plan *up;
    struct plan *down;

    if (!plan_with(c, chain, at - 1, at, &all, &up)
        || !plan_with(c, chain, at, at - 1, &all, &down))
        return false;
    VEC_EACH (i, &down->steps) {
        struct slice side = down->steps.items[i].action->side;

        if (!slice_is_none(side))
            VEC_PUSH(&c->s.arena, &out->side_tables.all, side);
    }
    if (out->side_tables.all.count == 0)
        return true;
    out->up_keep = up;
    out->down_keep = down;
    return true;
}

static bool
is_created(const struct chain *chain, int at)
{
    return slice_is_none(chain->created)
           || slice_equal(chain->created, chain->versions.items[at].version);
}

static bool
plan_version(struct cli *c, const struct chain *chain, int at, struct gen_chain *out)
{
    struct plan *create = NULL;
    struct plan *up = NULL;
    struct plan *down;
    struct gen_version v = {
        .version = chain->versions.items[at].version,
        .fingerprint = chain->versions.items[at].fingerprint,
        .expressions = SLICE_NONE,
    };

    if (chain->dialect->forms != NULL)
        v.expressions = diff_expressions(&c->s, chain->versions.items[at].lowered);
    if ((is_created(chain, at) && !chain_plan(c, chain, -1, at, &create))
        || !chain_plan(c, chain, at, at - 1, &down))
        return false;
    if (at > 0 && !chain_plan(c, chain, at - 1, at, &up))
        return false;
    v.create = create;
    v.up = up;
    v.down = down;
    if (chain->parks_by_choice && at > 0 && !plan_side_tables(c, chain, at, &v))
        return false;
    VEC_PUSH(&c->s.arena, &out->versions, v);
    return true;
}

bool
chain_for_runner(struct cli *c, const struct chain *chain, struct gen_chain *out)
{
    *out =
        (struct gen_chain){ .dialect = chain->dialect, .keeps = chain->parks_by_choice };
    if (chain->versions.count > 0)
        out->lowered = chain->versions.items[chain->versions.count - 1].lowered;
    for (size_t i = 0; i < chain->versions.count; i++)
        if (!plan_version(c, chain, (int)i, out))
            return false;
    return true;
}

static const char *
z_or_null(struct arena *a, struct slice s)
{
    return slice_is_none(s) || s.len == 0 ? NULL : slice_z(a, s);
}

static void
fill_checks(struct arena *a, const struct action *action, struct schemac_step *out)
{
    struct schemac_check *checks =
        ARENA_ARRAY(a, struct schemac_check, action->preconditions.count);

    VEC_EACH (i, &action->preconditions) {
        checks[i].title = slice_z(a, action->precondition_titles.items[i]);
        checks[i].sql = slice_z(a, action->preconditions.items[i]);
    }
    out->preconditions = checks;
    out->precondition_count = action->preconditions.count;
}

static struct schemac_step
step_for_runner(struct arena *a, const struct step *step)
{
    const struct action *action = step->action;
    const char **sql = ARENA_ARRAY(a, const char *, action->sql.count);
    struct schemac_step out = {
        .name = slice_z(a, action->title),
        .sql = sql,
        .sql_count = action->sql.count,
        .hazards = action->hazards,
        .loss = z_or_null(a, action->loss),
        .stake = z_or_null(a, action->stake),
        .postcondition = z_or_null(a, action->postcondition),
        .is_verify = action->phase == PHASE_VERIFY,
        .outside_transaction = action->outside_transaction,
        .own_transaction = action->own_transaction,
        .leftovers = z_or_null(a, action->leftovers),
        .done = z_or_null(a, action->done),
    };

    VEC_EACH (i, &action->sql)
        sql[i] = slice_z(a, action->sql.items[i]);
    fill_checks(a, action, &out);
    return out;
}

static struct schemac_migration
migration_for_runner(struct arena *a, const struct plan *plan)
{
    struct schemac_migration out = { .from_version = "", .to_version = "" };
    struct schemac_step *steps;

    if (plan == NULL)
        return out;
    steps = ARENA_ARRAY(a, struct schemac_step, plan->steps.count);
    VEC_EACH (i, &plan->steps)
        steps[i] = step_for_runner(a, &plan->steps.items[i]);
    out.from_version =
        slice_z(a, slice_is_none(plan->from_version) ? SLICE("") : plan->from_version);
    out.to_version =
        slice_z(a, slice_is_none(plan->to_version) ? SLICE("") : plan->to_version);
    out.steps = steps;
    out.step_count = plan->steps.count;
    out.rebuilds = plan->rebuilds;
    return out;
}

struct schemac_migration
chain_as_migration(struct cli *c, const struct plan *plan)
{
    return migration_for_runner(&c->s.arena, plan);
}

const struct schemac_schema *
chain_as_schema(struct cli *c, struct slice name, const struct gen_chain *chain)
{
    struct arena *a = &c->s.arena;
    struct schemac_schema *out = ARENA_NEW(a, struct schemac_schema);
    struct schemac_version *versions =
        ARENA_ARRAY(a, struct schemac_version, chain->versions.count);

    VEC_EACH (i, &chain->versions) {
        const struct gen_version *v = &chain->versions.items[i];

        versions[i].version = slice_z(a, v->version);
        versions[i].fingerprint = slice_z(a, v->fingerprint);
        versions[i].expressions = z_or_null(a, v->expressions);
        versions[i].create = migration_for_runner(a, v->create);
        versions[i].up = migration_for_runner(a, v->up);
        versions[i].down = migration_for_runner(a, v->down);
    }
    out->name = slice_z(a, name);
    out->dialect = chain->dialect->name;
    out->versions = versions;
    out->version_count = chain->versions.count;
    return out;
}
