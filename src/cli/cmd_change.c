/*
 * Commands about the way from one schema to another: diff and plan.
 */
#include <string.h>

#include "cli/chain.h"
#include "cli/change.h"
#include "cli/filter.h"
#include "describe/sizes.h"

static const struct dialect *
dialect_of_terms(const struct loaded_source *source)
{
    const struct catalog *k = source->catalog;

    return slice_is_none(k->dialect) ? NULL : dialect_find(k->dialect);
}

static bool
choose_dialect(struct cli *c, struct change_request *r)
{
    r->dialect = c->target;
    if (r->dialect == NULL)
        r->dialect = dialect_of_terms(&r->from);
    if (r->dialect == NULL)
        r->dialect = dialect_of_terms(&r->to);
    if (r->dialect == NULL)
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "name the dialect: --dialect sqlite or --dialect postgres");
    return r->dialect != NULL;
}

/* The side that the script begins with, and so runs on. */
static const struct loaded_source *
start_of(const struct cli *c, const struct change_request *r)
{
    return c->o.down == NULL ? &r->from : &r->to;
}

/* Where the start is no server, the other side's is the likeliest. */
static void
choose_version(struct cli *c, const struct change_request *r)
{
    const struct loaded_source *start = start_of(c, r);
    const struct loaded_source *end = start == &r->from ? &r->to : &r->from;

    source_write_for(c, start->server_version != 0 ? start : end);
}

/* A database that is there is taken to be in use. */
static bool
choose_online(struct cli *c, struct change_request *r)
{
    r->online = c->o.online != NULL || c->o.assume_rows != NULL
                || (start_of(c, r)->kind == SOURCE_DATABASE && c->o.offline == NULL);
    return cli_online_fits(c);
}

static bool
has_database(const struct loaded_source *source)
{
    return source->kind == SOURCE_DATABASE;
}

/* What the database has kept of the declarations that made it. */
static bool
load_known(struct cli *c, struct change_request *r)
{
    const char *url = c->o.args[has_database(&r->from) ? 0 : 1];
    struct schemac_db *db;

    r->has_known = has_database(&r->from) != has_database(&r->to);
    if (!r->has_known)
        return true;
    db = source_open_database(c, url, SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_KEEP_JOURNAL);
    r->has_known = db != NULL && source_read_known(c, url, db, &r->known);
    schemac_close(db);
    return r->has_known;
}

static bool
load_request(struct cli *c, struct change_request *r)
{
    /* The command line is judged before anything is read. */
    if (!cli_allowed(c, &r->allowed) || !cli_choose_target(c)
        || (r->keep == NULL && !cli_keep(c, &r->keep)))
        return false;
    if (!source_load_pair(c, c->o.args, &r->from, &r->to) || !choose_online(c, r)
        || !choose_dialect(c, r))
        return false;
    choose_version(c, r);
    return filter_fits(c, &r->from, &r->to) && load_known(c, r);
}

static bool
are_of_one_folder(const struct change_request *r)
{
    return r->from.kind == SOURCE_SCHEMA && r->to.kind == SOURCE_SCHEMA
           && strcmp(r->from.schema->folder, r->to.schema->folder) == 0;
}

static size_t
version_index(const struct loaded_source *source)
{
    return (size_t)(source->version - source->schema->versions.items);
}

/* The plan over versions in between that --direct asks for. */
static bool
is_direct(const struct change_request *r)
{
    size_t a;
    size_t b;

    if (!r->direct || !are_of_one_folder(r))
        return false;
    a = version_index(&r->from);
    b = version_index(&r->to);
    return (a < b ? b - a : a - b) > 1;
}

/* Versions of one folder: the way leads through each version between them. */
static bool
is_path(const struct change_request *r)
{
    return are_of_one_folder(r) && !is_direct(r);
}

static bool
plan_path(struct cli *c, const struct change_request *r, struct plans *out)
{
    size_t a = version_index(r->down ? &r->to : &r->from);
    size_t b = version_index(r->down ? &r->from : &r->to);
    size_t first = a < b ? a : b;
    struct chain chain;
    struct plan *plan;

    if (!chain_load(c, r->dialect, r->from.schema, first, a < b ? b : a, &chain))
        return false;
    chain.online = r->online;
    chain.keep = r->keep;
    chain.back = r->keep;
    for (size_t at = a; at != b; at = a < b ? at + 1 : at - 1) {
        int here = (int)(at - first);

        if (!chain_plan(c, &chain, here, a < b ? here + 1 : here - 1, &plan))
            return false;
        VEC_PUSH(&c->s.arena, &out->all, plan);
    }
    return true;
}

/*
 * A database does not tell which of its rows were initial ones, so those of tables that
 * it has already are not part of the way; its history knows.
 */
static const struct catalog *
without_known_rows(struct cli *c, const struct catalog *from, const struct catalog *to)
{
    struct catalog *out = arena_copy(&c->s.arena, to, sizeof *to);
    struct changes tables;

    diff_match_tables(&c->s, from, to, &tables);
    memset(&out->initial_rows, 0, sizeof out->initial_rows);
    VEC_EACH (i, &to->initial_rows) {
        struct initial_rows *rows = to->initial_rows.items[i];

        if (diff_old_table(&tables, rows->table) == NULL)
            VEC_PUSH(&c->s.arena, &out->initial_rows, rows);
    }
    return out;
}

static bool
lower_pair(struct cli *c, const struct change_request *r, const struct catalog **from,
           const struct catalog **to)
{
    if (!source_pair_fits(c, &r->from, &r->to, r->down))
        return false;
    *from = source_lower(c, r->dialect, r->from.catalog);
    *to = source_lower(c, r->dialect, r->to.catalog);
    if (*from == NULL || *to == NULL)
        return false;
    if (r->from.kind == SOURCE_DATABASE)
        *to = without_known_rows(c, *from, *to);
    if (r->to.kind == SOURCE_DATABASE)
        *from = without_known_rows(c, *to, *from);
    return true;
}

static bool
plan_pair(struct cli *c, const struct change_request *r, struct plans *out)
{
    bool down = r->down;
    struct diff_known known = r->known;
    struct plan_request request = {
        .dialect = r->dialect,
        .direction = down ? PLAN_DOWN : PLAN_UP,
        .online = r->online,
        .known = r->has_known ? &known : NULL,
        .keep = r->keep,
    };
    const struct catalog *from;
    const struct catalog *to;
    struct plan *plan;

    known.declared_is_old = has_database(&r->from) == down;
    if (!lower_pair(c, r, &from, &to))
        return false;
    request.from = down ? to : from;
    request.to = down ? from : to;
    if (!plan_make(&c->s, &request, &plan))
        return false;
    VEC_PUSH(&c->s.arena, &out->all, plan);
    return true;
}

static bool
plan_direct(struct cli *c, const struct change_request *r, struct plans *out)
{
    size_t from = version_index(r->down ? &r->to : &r->from);
    size_t to = version_index(r->down ? &r->from : &r->to);
    bool up = from < to;
    struct chain each;
    struct chain ends;
    struct plan *plan;

    if (!chain_load(c, r->dialect, r->from.schema, up ? from : to, up ? to : from, &each)
        || !chain_join(c, &each, &ends))
        return false;
    ends.online = r->online;
    ends.keep = r->keep;
    ends.back = r->keep;
    if (!chain_plan(c, &ends, up ? 0 : 1, up ? 1 : 0, &plan))
        return false;
    VEC_PUSH(&c->s.arena, &out->all, plan);
    return true;
}

static bool
make_plans(struct cli *c, const struct change_request *r, struct plans *out)
{
    if (is_direct(r))
        return plan_direct(c, r, out);
    return is_path(r) ? plan_path(c, r, out) : plan_pair(c, r, out);
}

static void
warn_of_hazards(struct cli *c, const struct action *action, uint32_t allowed)
{
    uint32_t open = action->hazards & ~allowed;

    for (uint32_t h = 1; h <= open; h <<= 1) {
        struct span span =
            action->causes.count == 0 ? SPAN_NONE : change_span(&action->causes.items[0]);

        if ((open & h) != 0)
            diag_add(&c->s.diags, D_HAZARD, span, "%.*s: %s needs --allow %s",
                     SLICE_ARG(action->title), "this step", hazard_name((enum hazard)h));
    }
}

static void
warn_of_all_hazards(struct cli *c, const struct plans *plans, uint32_t allowed)
{
    VEC_EACH (i, &plans->all)
        VEC_EACH (k, &plans->all.items[i]->steps)
            warn_of_hazards(c, plans->all.items[i]->steps.items[k].action, allowed);
}

bool
change_make_plans(struct cli *c, struct change_request *r, struct plans *out)
{
    *out = (struct plans){ 0 };
    r->down = c->o.down != NULL;
    r->direct = c->o.direct != NULL;
    if (!load_request(c, r))
        return false;
    if (!make_plans(c, r, out))
        return false;
    warn_of_all_hazards(c, out, r->allowed);
    return true;
}

/* Column order alone is told as a note; it is no difference that a migration could mend.
 */
static bool
is_difference(const struct change *change)
{
    return change->kind != CHANGE_COLUMN_ORDER;
}

static bool
they_differ(struct cli *c, const struct change_request *r)
{
    const struct catalog *from;
    const struct catalog *to;
    struct diff_known known = r->known;
    struct changes all;
    struct changes changes;

    if (!lower_pair(c, r, &from, &to))
        return false;
    diff_catalogs(&c->s, r->dialect->forms, from, to, &all);
    changes = all;
    known.declared_is_old = !has_database(&r->from);
    if (r->has_known)
        diff_drop_respellings(&c->s, &known, &all, &changes);
    VEC_EACH (i, &changes.all)
        if (is_difference(&changes.all.items[i]))
            return true;
    return from->leftovers.count + to->leftovers.count > 0;
}

enum exit_code
command_diff(struct cli *c)
{
    struct change_request r = { .has_known = false };
    struct plans plans;

    if (!change_make_plans(c, &r, &plans))
        return cli_outcome(c);
    VEC_EACH (i, &plans.all)
        if (plans.all.items[i]->steps.count > 0)
            plan_print_script(&c->s, plans.all.items[i], r.allowed, &c->out);
    if (c->o.exit_code != NULL && they_differ(c, &r))
        return session_has_errors(&c->s) ? cli_outcome(c) : EXIT_DIFFERENT;
    return cli_outcome(c);
}

static enum exit_code
print_json(struct cli *c, const struct change_request *r, const struct plans *plans)
{
    if (!plan_print_json(&c->s, r->dialect, (const struct plan *const *)plans->all.items,
                         plans->all.count, r->allowed, &c->out)) {
        cli_say(c, "out of memory");
        return EXIT_SYSTEM;
    }
    return cli_outcome(c);
}

/* The first error since `mark`, which is why something cannot be. */
static struct slice
first_error(const struct cli *c, struct diag_mark mark)
{
    for (size_t i = mark.count; i < c->s.diags.all.count; i++) {
        const struct diag *d = c->s.diags.all.items[i];

        if (diag_info_of(d)->severity == DIAG_ERROR)
            return d->message;
    }
    return SLICE("it cannot be planned");
}

/* Its messages are about a migration that nobody asked for, so they are taken back. */
static struct plan_pair
pair_with_back(struct cli *c, const struct change_request *back, const struct plan *plan)
{
    struct diag_mark mark = diag_mark(&c->s.diags);
    struct plan_pair pair = { .plan = plan, .no_way_back = SLICE_NONE };
    struct plans found = { 0 };

    if (make_plans(c, back, &found))
        pair.back = found.all.items[0];
    else
        pair.no_way_back = first_error(c, mark);
    diag_rewind(&c->s.diags, mark);
    return pair;
}

/* The two versions next to each other on the way, `step` steps from its begin, and the
 * way from the later to the earlier one. */
static struct change_request
back_of_step(const struct change_request *r, size_t step)
{
    struct change_request back = *r;
    size_t from;
    size_t to;

    back.down = !r->down;
    if (!is_path(r))
        return back;
    from = version_index(&r->from);
    to = version_index(&r->to);
    if (r->down) /* the way begins at `to` */
        step = (from < to ? to - from : from - to) - 1 - step;
    /* Each side has read the folder for itself. */
    back.from.version =
        r->from.schema->versions.items + (from < to ? from + step : from - step);
    back.to.version =
        r->to.schema->versions.items + (from < to ? from + step + 1 : from - step - 1);
    return back;
}

static enum exit_code
print_document(struct cli *c, const struct change_request *r, const struct plans *plans)
{
    struct plan_pairs pairs = { 0 };

    VEC_EACH (i, &plans->all) {
        struct change_request back = back_of_step(r, i);
        struct plan_pair pair = pair_with_back(c, &back, plans->all.items[i]);

        VEC_PUSH(&c->s.arena, &pairs.all, pair);
    }
    if (pairs.all.count > 0)
        plan_print_document(&c->s, c->o.format, &pairs, r->allowed, &c->out);
    return cli_outcome(c);
}

/* ---- how large the tables are that the steps are about ---- */

static struct name_list
touched_tables(struct cli *c, const struct plan *p)
{
    struct name_list out = { 0 };
    struct map met;

    map_init(&met, &c->s.arena);
    VEC_EACH (i, &p->steps) {
        const struct table *t = plan_old_table(p, p->steps.items[i].action);

        if (t == NULL || map_has(&met, t->name))
            continue;
        map_put(&met, t->name, NULL);
        VEC_PUSH(&c->s.arena, &out.all, t->name);
    }
    return out;
}

static const enum plan_rows plan_rows_of[] = {
    [ROWS_UNKNOWN] = PLAN_ROWS_UNKNOWN,
    [ROWS_ESTIMATE] = PLAN_ROWS_ESTIMATE,
    [ROWS_EXACT] = PLAN_ROWS_EXACT,
    [ROWS_AT_LEAST] = PLAN_ROWS_AT_LEAST,
};

static const struct map *
sizes_by_table(struct cli *c, const struct table_sizes *sizes)
{
    struct map *out = ARENA_NEW(&c->s.arena, struct map);

    map_init(out, &c->s.arena);
    VEC_EACH (i, &sizes->all) {
        const struct table_size *t = &sizes->all.items[i];
        struct plan_size *size = ARENA_NEW(&c->s.arena, struct plan_size);

        *size = (struct plan_size){
            .rows_known = plan_rows_of[t->rows_known],
            .rows = (uint64_t)t->rows,
            .bytes_known = t->bytes_known,
            .bytes = (uint64_t)t->bytes,
        };
        map_put(out, plan_size_key(&c->s.arena, t->schema, t->name), size);
    }
    return out;
}

/* Needs: the database is where the plan begins, so that there is one plan. */
static bool
read_sizes(struct cli *c, const char *url, struct plan *p)
{
    struct name_list tables = touched_tables(c, p);
    struct table_sizes sizes;
    struct schemac_db *db;
    bool is_read;

    if (tables.all.count == 0)
        return true;
    db = source_open_database(c, url, SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_KEEP_JOURNAL);
    is_read = db != NULL && describe_sizes(&c->s, db, &tables, &sizes);
    schemac_close(db);
    if (is_read)
        p->sizes = sizes_by_table(c, &sizes);
    return is_read;
}

static bool
tell_sizes(struct cli *c, const struct change_request *r, const struct plans *plans)
{
    bool is_from = start_of(c, r) == &r->from;

    if (!has_database(start_of(c, r)))
        return true;
    return read_sizes(c, c->o.args[is_from ? 0 : 1], plans->all.items[0]);
}

enum exit_code
command_plan(struct cli *c)
{
    struct change_request r = { .has_known = false };
    struct plans plans;

    if (!change_make_plans(c, &r, &plans) || !tell_sizes(c, &r, &plans))
        return cli_outcome(c);
    if (c->o.format != NULL && strcmp(c->o.format, "json") == 0)
        return print_json(c, &r, &plans);
    if (c->o.format != NULL && plan_has_document_form(c->o.format))
        return print_document(c, &r, &plans);
    VEC_EACH (i, &plans.all)
        plan_print_text(&c->s, plans.all.items[i], r.allowed, &c->out);
    return cli_outcome(c);
}
