/*
 * Commands that read declarations and print: check, fmt, print, ddl, describe.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/source.h"
#include "describe/describe.h"
#include "model/print.h"
#include "plan/plan.h"
#include "syntax/parse.h"

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static size_t
count_whole(const struct catalog *k)
{
    size_t count = 0;

    VEC_EACH (i, &k->definitions)
        count += k->definitions.items[i]->detail == DETAIL_NONE;
    return count;
}

/* Of the files that were read now: what a version extends has its own. */
static void
say_account(struct cli *c, const struct loaded_source *source)
{
    struct text line;

    if (c->o.verbose == NULL)
        return;
    text_init(&line, &c->s.arena);
    account_print(&source->catalog->account, &line);
    cli_say(c, "%s: %.*s", source->title, SLICE_ARG(text_slice(&line)));
}

/* Which tool's they were taken for, and what of the folder was not read. */
static void
say_migrations(const struct cli *c, const struct loaded_source *source)
{
    const struct migrations *m = source->migrations;

    cli_say(c, "%s: %zu of %zu migrations applied (%s), %zu that lead down left out",
            source->title, source->applied, m->all.count, migrations_tool_name(m->tool),
            m->down_count);
}

enum exit_code
command_check(struct cli *c)
{
    struct loaded_source source;
    const struct catalog *k;
    size_t whole;

    if (!cli_choose_target(c) || !source_load(c, c->o.args, c->o.arg_count, &source))
        return cli_outcome(c);
    k = source.catalog;
    if (source.kind == SOURCE_MIGRATIONS)
        say_migrations(c, &source);
    cli_say(c, "%s: no errors (%zu table%s, %zu index%s, %zu view%s, %zu type%s)",
            source.title, k->tables.count, plural(k->tables.count), k->indexes.count,
            k->indexes.count == 1 ? "" : "es", k->views.count, plural(k->views.count),
            k->enums.count, plural(k->enums.count));
    whole = count_whole(k);
    if (whole > 0)
        cli_say(c, "%s: %zu object%s kept whole", source.title, whole, plural(whole));
    say_account(c, &source);
    return EXIT_DONE;
}

enum exit_code
command_print(struct cli *c)
{
    struct loaded_source source;

    if (!cli_choose_target(c) || !source_load(c, c->o.args, c->o.arg_count, &source))
        return cli_outcome(c);
    if (c->o.fingerprint == NULL)
        catalog_print(&c->s, source.catalog, &c->out);
    else
        text_addf(&c->out, "%.*s\n",
                  SLICE_ARG(catalog_fingerprint(&c->s, source.catalog)));
    return cli_outcome(c);
}

/* A file on disk gets its new text; standard input goes to standard output. */
static void
write_formatted(struct cli *c, const char *path, struct slice text)
{
    int error;

    if (strcmp(path, "-") == 0) {
        text_add(&c->out, text);
        return;
    }
    switch (file_write_if_changed(path, text, &error)) {
    case FILE_WRITTEN:
        cli_say(c, "%s: laid out", path);
        break;
    case FILE_UNCHANGED:
        break;
    case FILE_FAILED:
        diag_add(&c->s.diags, D_FILE, SPAN_NONE, "cannot write %s: %s", path,
                 strerror(error));
        break;
    }
}

/* Is the file laid out as `fmt` would?  Otherwise it is written, or named for --check. */
static bool
format_one(struct cli *c, const char *path)
{
    uint32_t source = schema_read_file(&c->s, path);
    struct slice text;

    if (source == 0 || !format_source(&c->s, source, &text))
        return true;
    if (c->o.check == NULL) {
        write_formatted(c, path, text);
        return true;
    }
    if (slice_equal(text, source_get(&c->s.sources, source)->text))
        return true;
    text_addf(&c->out, "%s\n", path);
    return false;
}

enum exit_code
command_fmt(struct cli *c)
{
    bool all_same = true;

    for (size_t i = 0; i < c->o.arg_count; i++)
        all_same = format_one(c, c->o.args[i]) && all_same;
    if (session_has_errors(&c->s))
        return cli_outcome(c);
    return all_same ? EXIT_DONE : EXIT_DIFFERENT;
}

/* The dialect to print: the one asked for, else that in whose terms the source is. */
static const struct dialect *
needed_dialect(struct cli *c, const struct catalog *catalog)
{
    const struct dialect *d = c->target;

    if (d == NULL && !slice_is_none(catalog->dialect))
        d = dialect_find(catalog->dialect);
    if (d == NULL)
        diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                 "name the dialect: --dialect sqlite or --dialect postgres");
    return d;
}

enum exit_code
command_ddl(struct cli *c)
{
    struct loaded_source source;
    struct plan_request request = { 0 };
    struct plan *plan;

    if (!cli_choose_target(c) || !source_load(c, c->o.args, c->o.arg_count, &source))
        return cli_outcome(c);
    source_write_for(c, &source);
    request.dialect = needed_dialect(c, source.catalog);
    if (request.dialect == NULL)
        return cli_outcome(c);
    request.to = source_lower(c, request.dialect, source.catalog);
    if (request.to == NULL || !plan_make(&c->s, &request, &plan))
        return cli_outcome(c);
    plan_print_script(&c->s, plan, 0, &c->out);
    return cli_outcome(c);
}

/*
 * SQLite has kept what its objects were made by, and says it in the user's own spelling;
 * what a PostgreSQL server writes is laid out as `print` does.
 */
enum exit_code
command_describe(struct cli *c)
{
    const char *url = c->o.args[0];
    const struct dialect *dialect = source_database_dialect(url);
    const struct catalog *catalog;
    struct slice text;
    struct described_server server;

    if (dialect == NULL && !file_exists(url))
        diag_add(&c->s.diags, D_FILE, SPAN_NONE, "there is no database %s", url);
    if (session_has_errors(&c->s)
        || !source_describe_text(c, url, NULL, &text, &server))
        return cli_outcome(c);
    if (dialect != &dialect_postgres) {
        text_add(&c->out, text);
        return cli_outcome(c);
    }
    catalog = source_read_described(c, url, text, &server);
    if (catalog != NULL)
        catalog_print(&c->s, catalog, &c->out);
    return cli_outcome(c);
}
