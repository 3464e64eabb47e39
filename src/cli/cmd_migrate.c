/*
 * migrate up | down | to V | status | verify | baseline V | forget [V]: a database and
 * its history, by the same runtime library that applications link.
 */
#include <stdio.h>
#include <string.h>

#include "cli/chain.h"
#include "cli/kept.h"
#include "runtime/run.h"

struct migrate_job {
    struct cli *c;
    const char *url;
    const char *title; /* of the database: the URL without a password */
    const struct dialect *dialect;
    struct schema schema;
    struct chain chain;
    const struct schemac_schema *compiled;
    struct slice version; /* of `to`, `baseline` and `forget`; none */
    struct kept kept;     /* what the database has parked */
    const struct keep_request *keep; /* --keep; NULL */
    uint32_t allowed;
    struct schemac_db *db;
    bool has_moved; /* a step ran */
};

typedef enum exit_code migrate_fn(struct migrate_job *job);

static enum exit_code
finish(struct migrate_job *job, enum schemac_status status)
{
    return cli_end_run(job->c, job->url, job->db, status);
}

static void
show_progress(void *context, const struct schemac_progress *p)
{
    struct migrate_job *job = context;
    const struct cli *c = job->c;
    const char *from = p->from_version[0] == '\0' ? "nothing" : p->from_version;
    const char *to = p->to_version[0] == '\0' ? "nothing" : p->to_version;

    if (p->tries > 0) {
        cli_say(c, "%s -> %s: %zu/%zu %s: no lock (%d), again in %.1f s", from, to,
                p->step_number, p->step_count, p->step, p->tries, p->seconds);
        return;
    }
    job->has_moved = true;
    if (p->step == NULL)
        cli_say(c, "%s -> %s: done, %zu step%s, %.3f s", from, to, p->step_count,
                p->step_count == 1 ? "" : "s", p->seconds);
    else
        cli_say(c, "%s -> %s: %zu/%zu %s", from, to, p->step_number, p->step_count,
                p->step);
}

static enum exit_code
run_to(struct migrate_job *job, const char *target)
{
    struct schemac_migrate_options options = {
        .target = target,
        .allow = job->allowed,
        .progress = show_progress,
        .context = job,
    };
    enum exit_code code = finish(job, schemac_migrate(job->db, job->compiled, &options));

    if (code == EXIT_DONE && !job->has_moved)
        cli_say(job->c, "%s is at version %s of %s already", job->title, target,
                job->compiled->name);
    return code;
}

static enum exit_code
migrate_up(struct migrate_job *job)
{
    return run_to(job, job->compiled->versions[job->compiled->version_count - 1].version);
}

static enum exit_code
migrate_to(struct migrate_job *job)
{
    return run_to(job, slice_z(&job->c->s.arena, job->version));
}

static bool
current_version(struct migrate_job *job, struct schemac_status_report *report)
{
    enum schemac_status status = schemac_migration_status(job->db, job->compiled, report);

    if (status == SCHEMAC_OK)
        return true;
    cli_report_database(job->c, job->url, job->db);
    return false;
}

/* One version back. */
static enum exit_code
migrate_down(struct migrate_job *job)
{
    struct cli *c = job->c;
    struct schemac_status_report report;
    size_t at = 0;

    if (!current_version(job, &report))
        return EXIT_SYSTEM;
    while (at < job->compiled->version_count
           && strcmp(job->compiled->versions[at].version, report.version) != 0)
        at++;
    if (at > 0 && at < job->compiled->version_count)
        return run_to(job, job->compiled->versions[at - 1].version);
    if (at == 0)
        diag_add(&c->s.diags, D_NO_SUCH_VERSION, SPAN_NONE,
                 "%s is at %s, the first version: there is none to go back to",
                 job->title, report.version);
    else
        diag_add(&c->s.diags, D_NO_SUCH_VERSION, SPAN_NONE, "%s is at no version of %s",
                 job->title, job->schema.folder);
    return EXIT_INPUT;
}

static const char *const state_words[] = {
    [SCHEMAC_STATE_NEW] = "empty",
    [SCHEMAC_STATE_FOREIGN] = "not known to schemac (baseline it first)",
    [SCHEMAC_STATE_CURRENT] = "current",
    [SCHEMAC_STATE_OLDER] = "behind",
    [SCHEMAC_STATE_NEWER] = "at a version that this schema does not have",
    [SCHEMAC_STATE_UNFINISHED] = "interrupted on the way to the next version",
    [SCHEMAC_STATE_DRIFTED] = "changed by other hands since the last migration",
};

/* Was the file of the version that the database is at edited since it was applied? */
static bool
is_edited(const struct migrate_job *job, const struct schemac_status_report *report)
{
    for (size_t i = 0; i < job->compiled->version_count; i++) {
        const struct schemac_version *v = &job->compiled->versions[i];

        if (strcmp(v->version, report->version) == 0)
            return strcmp(v->fingerprint, report->fingerprint) != 0;
    }
    return false;
}

static const char *
state_word(const struct migrate_job *job, const struct schemac_status_report *report)
{
    if (report->state == SCHEMAC_STATE_DRIFTED && is_edited(job, report))
        return "the version's declarations were edited since it was applied";
    return state_words[report->state];
}

/* Nothing where there is none: at the first version, between two, at an unknown one. */
static void
print_way_back(struct migrate_job *job, const struct schemac_status_report *report)
{
    struct plan *back;

    if (report->state == SCHEMAC_STATE_UNFINISHED)
        return;
    for (size_t i = 1; i < job->chain.versions.count; i++)
        if (slice_is(job->chain.versions.items[i].version, report->version)
            && chain_plan(job->c, &job->chain, (int)i, (int)i - 1, &back))
            kept_print_way_back(job->c, job->db, back);
}

static enum exit_code
migrate_status(struct migrate_job *job)
{
    struct schemac_status_report report;
    struct text *out = &job->c->out;

    if (!current_version(job, &report))
        return EXIT_SYSTEM;
    text_addf(out, "database: %s\n", job->title);
    text_addf(out, "schema:   %s\n", job->compiled->name);
    text_addf(out, "version:  %s\n", report.version[0] == '\0' ? "none" : report.version);
    text_addf(out, "state:    %s\n", state_word(job, &report));
    text_addf(out, "pending:  %zu\n", report.pending);
    if (report.state == SCHEMAC_STATE_UNFINISHED)
        text_addf(out, "stands:   %zu step%s of the migration to %s; migrating goes on\n",
                  report.steps_done, report.steps_done == 1 ? "" : "s",
                  report.to_version[0] == '\0' ? "nothing" : report.to_version);
    print_way_back(job, &report);
    kept_print(job->c, &job->kept);
    return report.state == SCHEMAC_STATE_DRIFTED ? EXIT_DIFFERENT : EXIT_DONE;
}

static size_t
print_differences(struct migrate_job *job, const struct catalog *wanted)
{
    struct cli *c = job->c;
    const struct catalog *live = source_describe(c, job->url, job->db, wanted);
    struct diff_known known = { .declared_is_old = true };
    struct changes all;
    struct changes changes;
    size_t count = 0;

    if (live == NULL || !source_read_known(c, job->url, job->db, &known))
        return 0;
    diff_catalogs(&c->s, job->dialect->forms, wanted, live, &all);
    diff_drop_respellings(&c->s, &known, &all, &changes);
    VEC_EACH (i, &changes.all) {
        const struct change *change = &changes.all.items[i];

        if (change->kind == CHANGE_COLUMN_ORDER || change->kind == CHANGE_INITIAL_ROWS)
            continue;
        text_addf(&c->out, "differs: %.*s\n",
                  SLICE_ARG(change_title(&c->s.arena, change)));
        count++;
    }
    return count;
}

/* Is the live database what its recorded version declares, as an outside reader sees it?
 */
static enum exit_code
migrate_verify(struct migrate_job *job)
{
    struct cli *c = job->c;
    struct schemac_status_report report;
    size_t differences;
    size_t at = 0;

    if (!current_version(job, &report))
        return EXIT_SYSTEM;
    while (at < job->chain.versions.count
           && !slice_is(job->chain.versions.items[at].version, report.version))
        at++;
    if (at == job->chain.versions.count) {
        text_addf(&c->out, "%s: %s\n", job->title, state_words[report.state]);
        return EXIT_DIFFERENT;
    }
    differences = print_differences(job, job->chain.versions.items[at].lowered);
    if (session_has_errors(&c->s))
        return cli_outcome(c);
    text_addf(&c->out, "%s is at version %s of %s and %s it\n", job->title,
              report.version, job->compiled->name,
              differences == 0 ? "equals" : "differs from");
    return differences == 0 ? EXIT_DONE : EXIT_DIFFERENT;
}

static enum exit_code
migrate_baseline(struct migrate_job *job)
{
    struct cli *c = job->c;
    struct slice version = job->version;
    struct schema_version *v = schema_find(&c->s, &job->schema, version, SPAN_NONE);
    enum exit_code code;
    size_t at;

    if (v == NULL)
        return EXIT_INPUT;
    at = (size_t)(v - job->schema.versions.items);
    if (print_differences(job, job->chain.versions.items[at].lowered) > 0) {
        diag_add(&c->s.diags, D_DATABASE, SPAN_NONE,
                 "%s is not at version %.*s: its differences are on standard output",
                 job->title, SLICE_ARG(version));
        return EXIT_DIFFERENT;
    }
    if (session_has_errors(&c->s))
        return cli_outcome(c);
    code = finish(
        job, schemac_baseline(job->db, job->compiled, slice_z(&c->s.arena, version)));
    if (code == EXIT_DONE)
        cli_say(c, "%s is now recorded at version %.*s of %s", job->title,
                SLICE_ARG(version), job->compiled->name);
    return code;
}

/* Nobody migrates meanwhile: a way back may be reading what is forgotten. */
static enum exit_code
migrate_forget(struct migrate_job *job)
{
    enum exit_code code;

    if (schemac__enter(job->db, true) != SCHEMAC_OK) {
        cli_report_database(job->c, job->url, job->db);
        return EXIT_SYSTEM;
    }
    code = kept_forget(job->c, job->url, job->db, &job->kept, job->version, job->allowed);
    schemac__leave(job->db);
    return code;
}

enum version_argument { VERSION_NONE, VERSION_NEEDED, VERSION_MAY_BE };

enum database_use { USE_READ, USE_WRITE, USE_CREATE };

static const struct migrate_action {
    const char *name;
    migrate_fn *run;
    enum version_argument version;
    enum database_use use;
} migrate_actions[] = {
    { "up", migrate_up, VERSION_NONE, USE_CREATE },
    { "down", migrate_down, VERSION_NONE, USE_WRITE },
    { "to", migrate_to, VERSION_NEEDED, USE_CREATE },
    { "status", migrate_status, VERSION_NONE, USE_READ },
    { "verify", migrate_verify, VERSION_NONE, USE_READ },
    { "baseline", migrate_baseline, VERSION_NEEDED, USE_WRITE },
    { "forget", migrate_forget, VERSION_MAY_BE, USE_WRITE },
};

/* Reading opens for writing too: a journal that a killed program left has to be undone
 * first. */
static const unsigned open_flags[] = {
    [USE_READ] = SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_KEEP_JOURNAL,
    [USE_WRITE] = SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_KEEP_JOURNAL,
    [USE_CREATE] = SCHEMAC_OPEN_KEEP_JOURNAL,
};

static const struct migrate_action *
find_action(struct cli *c)
{
    const char *name = c->o.args[0];
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(migrate_actions); i++)
        if (strcmp(migrate_actions[i].name, name) == 0)
            return &migrate_actions[i];
    d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "migrate cannot \"%s\"", name);
    diag_hint(&c->s.diags, d,
              "it is up, down, to VERSION, status, verify, baseline VERSION or forget "
              "[VERSION]");
    return NULL;
}

static bool
check_argument_count(struct cli *c, const struct migrate_action *action)
{
    static const char *const words[] = {
        [VERSION_NONE] = "",
        [VERSION_NEEDED] = "VERSION ",
        [VERSION_MAY_BE] = "[VERSION] ",
    };
    bool has_version = c->o.arg_count == 3;
    struct diag *d;

    if (c->o.arg_count > 1 && action->version == VERSION_MAY_BE)
        return true;
    if (c->o.arg_count > 1
        && has_version == (action->version == VERSION_NEEDED))
        return true;
    d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "\"migrate %s\" takes other arguments",
                 action->name);
    diag_hint(&c->s.diags, d, "schemac migrate %s %sSCHEMA --database URL", action->name,
              words[action->version]);
    return false;
}

static bool
choose_database(struct cli *c, struct migrate_job *job)
{
    job->url = cli_database(c);
    if (job->url == NULL)
        return false;
    job->title = source_title(c, job->url);
    job->dialect = source_database_dialect(job->url);
    if (job->dialect == NULL)
        job->dialect = &dialect_sqlite; /* the path of a file that is still to come */
    return true;
}

/* Their own tool keeps the history of such a database. */
static bool
is_of_another_tool(struct cli *c, const char *folder)
{
    struct migrations m;
    struct diag *d;

    if (!migrations_open(&c->s, folder, &m))
        return false;
    d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "%s holds migrations of %s: migrate takes a schema folder", folder,
                 migrations_tool_name(m.tool));
    diag_hint(&c->s.diags, d, "schemac diff DATABASE %s prints what the database lacks",
              folder);
    return true;
}

static bool
compile_plans(struct migrate_job *job)
{
    const struct catalog *newest =
        job->chain.versions.items[job->chain.versions.count - 1].catalog;
    struct gen_chain plans;

    if (!chain_for_runner(job->c, &job->chain, &plans))
        return false;
    job->compiled = chain_as_schema(job->c, newest->name, &plans);
    return true;
}

/* Everything that can be wrong with the declarations is found before the database is
 * touched. */
static bool
compile_schema(struct migrate_job *job)
{
    struct cli *c = job->c;

    if (is_of_another_tool(c, c->o.args[c->o.arg_count - 1])
        || !schema_open(&c->s, c->o.args[c->o.arg_count - 1], &job->schema))
        return false;
    if (!slice_is_none(job->version)
        && schema_find(&c->s, &job->schema, job->version, SPAN_NONE) == NULL)
        return false;
    if (!chain_load(c, job->dialect, &job->schema, 0, job->schema.versions.count - 1,
                    &job->chain))
        return false;
    job->chain.online = c->o.offline == NULL;
    job->chain.keep = job->keep;
    /* An empty database goes to where we are asked to go at once. */
    job->chain.created = slice_is_none(job->version)
                             ? job->chain.versions.items[job->chain.versions.count - 1]
                                   .version
                             : job->version;
    return compile_plans(job);
}

/* Once more, where the database has parked what the way back wants. */
static bool
use_what_is_kept(struct migrate_job *job)
{
    if (!kept_read(job->c, job->url, job->db, job->compiled->name, &job->kept))
        return false;
    if (job->kept.all.count == 0)
        return true;
    job->chain.back = kept_for_the_way_back(job->c, &job->kept, false);
    return compile_plans(job);
}

/* What `apply` has parked belongs to no schema. */
static enum exit_code
forget_applied(struct cli *c)
{
    struct migrate_job job = { .c = c, .version = SLICE_NONE };
    enum exit_code code = EXIT_SYSTEM;

    if (!choose_database(c, &job) || !cli_allowed(c, &job.allowed))
        return cli_outcome(c);
    job.db = source_open_database(c, job.url, open_flags[USE_WRITE]);
    if (job.db == NULL)
        return cli_outcome(c);
    if (kept_read(c, job.url, job.db, "", &job.kept))
        code = migrate_forget(&job);
    schemac_close(job.db);
    return code;
}

enum exit_code
command_migrate(struct cli *c)
{
    const struct migrate_action *action = find_action(c);
    struct migrate_job job = { .c = c };
    enum exit_code code;

    if (action != NULL && action->run == migrate_forget && c->o.arg_count == 1)
        return forget_applied(c);
    if (action == NULL || !check_argument_count(c, action) || !choose_database(c, &job)
        || !cli_allowed(c, &job.allowed) || !cli_keep(c, &job.keep)
        || !cli_online_fits(c))
        return cli_outcome(c);
    if (action->version != VERSION_NONE && c->o.arg_count == 3)
        job.version = slice_from(c->o.args[1]);
    c->s.sqlite_linked = schemac__sqlite_version();
    if (!compile_schema(&job))
        return cli_outcome(c);
    job.db = source_open_database(c, job.url, open_flags[action->use]);
    if (job.db == NULL)
        return cli_outcome(c);
    code = use_what_is_kept(&job) ? action->run(&job) : cli_outcome(c);
    schemac_close(job.db);
    return code;
}
