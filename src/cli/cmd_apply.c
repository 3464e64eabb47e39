/*
 * apply: make a live database what is declared, now.  The plan is that of `diff DATABASE
 * TO`; it is shown, agreed to, and carried out by the runner of `migrate` under the same
 * guards.  No history is written, so a database that has one is for `migrate`.
 */
#include <stdio.h>
#include <string.h>

#include "cli/chain.h"
#include "cli/change.h"
#include "cli/kept.h"
#include "model/print.h"
#include "runtime/apply.h"
#include "runtime/history.h"

#define ANSWER_BYTES 16
#define SECONDS_LENGTH 19 /* of "YYYY-MM-DD HH:MM:SS" */

struct apply_job {
    struct cli *c;
    const char *url;
    const char *title; /* of the database: the URL without a password */
    struct schemac_db *db;
    struct change_request request;
    const struct plan *plan;
    struct schemac__look look; /* older than the plan */
};

/* `diff` has two arguments: what is there, and what is wanted; the way back has them the
 * other way round. */
static bool
name_both_sides(struct apply_job *job)
{
    struct cli *c = job->c;
    const char **args = ARENA_ARRAY(&c->s.arena, const char *, 2);

    if (source_database_dialect(job->url) == NULL) {
        diag_add(&c->s.diags, D_DATABASE, SPAN_NONE, "%s: there is no such database",
                 job->title);
        return false;
    }
    args[c->o.down == NULL ? 0 : 1] = job->url;
    args[c->o.down == NULL ? 1 : 0] = c->o.args[0];
    c->o.args = args;
    c->o.arg_count = 2;
    return true;
}

/* Of a version; anything else is none that a history could name. */
static const char *
fingerprint_of_target(struct apply_job *job)
{
    const struct loaded_source *to =
        job->request.down ? &job->request.from : &job->request.to;
    struct session *s = &job->c->s;

    return to->kind == SOURCE_SCHEMA
               ? slice_z(&s->arena, catalog_fingerprint(s, to->catalog))
               : "";
}

/* Runs are told apart by when they were. */
static bool
request_parking(struct apply_job *job)
{
    struct cli *c = job->c;
    struct keep_request *request = ARENA_NEW(&c->s.arena, struct keep_request);
    const struct keep_request *asked;
    char now[TIME_TEXT_BYTES];

    if (!cli_keep(c, &asked))
        return false;
    if (asked == NULL)
        return true;
    schemac__time_to_text(schemac_timestamp_now(), now);
    *request = (struct keep_request){
        .schema = SLICE(""),
        .version = slice_format(&c->s.arena, "%.*s", SECONDS_LENGTH, now),
        .days = asked->days,
    };
    job->request.keep = request;
    return true;
}

/* --keep parks; the way back takes what the last run that did has parked. */
static bool
use_side_tables(struct apply_job *job)
{
    struct cli *c = job->c;
    struct kept kept;

    if (c->o.down == NULL)
        return request_parking(job);
    if (c->o.keep != NULL) {
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "the way back parks nothing: --keep and --down exclude each other");
        return false;
    }
    if (!kept_read(c, job->url, job->db, "", &kept))
        return false;
    if (kept.all.count > 0)
        job->request.keep = kept_for_the_way_back(c, &kept, true);
    return true;
}

static bool
make_plan(struct apply_job *job)
{
    struct plans plans;

    if (!use_side_tables(job) || !change_make_plans(job->c, &job->request, &plans))
        return false;
    job->plan = plans.all.items[0];
    return true;
}

/* At once, not with the result: the question is about it. */
static void
show_plan(struct apply_job *job)
{
    struct text text;

    text_init(&text, &job->c->s.arena);
    plan_print_text(&job->c->s, job->plan, job->request.allowed, &text);
    fwrite(text.ptr, 1, text.len, stdout);
    fflush(stdout);
}

static bool
is_agreed(struct apply_job *job)
{
    struct cli *c = job->c;
    char answer[ANSWER_BYTES] = "";

    if (c->o.yes != NULL)
        return true;
    fprintf(stderr, "change %s so? [y/N] ", job->title);
    fflush(stderr);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        fputc('\n', stderr);
    answer[strcspn(answer, "\r\n")] = '\0';
    if (strcmp(answer, "y") == 0 || strcmp(answer, "yes") == 0)
        return true;
    cli_say(c, "nothing was changed");
    return false;
}

static void
show_progress(void *context, const struct schemac_progress *p)
{
    const struct apply_job *job = context;

    if (p->tries > 0)
        cli_say(job->c, "%zu/%zu %s: no lock (%d), again in %.1f s", p->step_number,
                p->step_count, p->step, p->tries, p->seconds);
    else if (p->step != NULL)
        cli_say(job->c, "%zu/%zu %s", p->step_number, p->step_count, p->step);
    else
        cli_say(job->c, "%s is what is declared, %zu step%s, %.3f s", job->title,
                p->step_count, p->step_count == 1 ? "" : "s", p->seconds);
}

static enum exit_code
run_plan(struct apply_job *job)
{
    struct schemac_migration migration = chain_as_migration(job->c, job->plan);
    struct schemac_migrate_options options = {
        .allow = job->request.allowed,
        .progress = show_progress,
        .context = job,
    };

    migration.from_version = "what is there";
    migration.to_version = "what is declared";
    return cli_end_run(job->c, job->url, job->db,
                       schemac__apply(job->db, &migration, &job->look, &options));
}

static enum exit_code
show_and_run(struct apply_job *job)
{
    enum schemac_status status;

    if (!make_plan(job))
        return cli_outcome(job->c);
    status = schemac__apply_refuse(job->db, &job->look, fingerprint_of_target(job));
    if (status != SCHEMAC_OK)
        return cli_end_run(job->c, job->url, job->db, status);
    if (job->plan->steps.count == 0) {
        cli_say(job->c, "%s is what is declared already", job->title);
        return EXIT_DONE;
    }
    show_plan(job);
    if (job->c->o.dry_run != NULL)
        return EXIT_DONE;
    return is_agreed(job) ? run_plan(job) : EXIT_REFUSED;
}

enum exit_code
command_apply(struct cli *c)
{
    struct apply_job job = { .c = c, .url = cli_database(c) };
    enum schemac_status status;
    enum exit_code code;

    if (job.url == NULL || !cli_online_fits(c) || !cli_allowed(c, &job.request.allowed))
        return cli_outcome(c);
    c->s.sqlite_linked = schemac__sqlite_version();
    job.title = source_title(c, job.url);
    if (!name_both_sides(&job))
        return cli_outcome(c);
    job.db = source_open_database(c, job.url,
                                  SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_KEEP_JOURNAL);
    if (job.db == NULL)
        return cli_outcome(c);
    status = schemac__apply_look(job.db, &job.look);
    code = status == SCHEMAC_OK ? show_and_run(&job)
                                : cli_end_run(c, job.url, job.db, status);
    schemac_close(job.db);
    return code;
}
