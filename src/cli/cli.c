#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/filter.h"
#include "cli/report.h"
#include "cli/source.h"
#include "plan/plan.h"

static bool
is_system_error(enum diag_code code)
{
    return code == D_FILE || code == D_DATABASE;
}

enum exit_code
cli_outcome(const struct cli *c)
{
    const struct diags *diags = &c->s.diags;

    if (diags->error_count == 0)
        return EXIT_DONE;
    VEC_EACH (i, &diags->all)
        if (is_system_error(diags->all.items[i]->code))
            return EXIT_SYSTEM;
    return EXIT_INPUT;
}

void
cli_say(const struct cli *c, const char *format, ...)
{
    va_list args;

    if (c->o.quiet != NULL || report_is_document(&c->o))
        return;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

struct diag *
cli_report_database(struct cli *c, const char *url, const struct schemac_db *db)
{
    const char *message = db == NULL ? "out of memory" : schemac_error(db)->message;

    return diag_add(&c->s.diags, D_DATABASE, SPAN_NONE, "%s: %s",
                    source_title(c, url), message);
}

/* Every status that has a meaning of its own here; the rest are failures. */
static const struct status_exit {
    enum schemac_status status;
    enum exit_code code;
} status_exits[] = {
    { SCHEMAC_STALE_SCHEMA, EXIT_DIFFERENT },
    { SCHEMAC_NOT_FOUND, EXIT_INPUT },
    { SCHEMAC_REFUSED, EXIT_REFUSED },
};

static void
hint_allowance(struct cli *c, unsigned refused, struct diag *d)
{
    struct text names;

    text_init(&names, &c->s.arena);
    for (uint32_t h = 1; h <= SCHEMAC_HAZARD_ALL; h <<= 1)
        if ((refused & h) != 0)
            text_addf(&names, "%s%s", names.len == 0 ? "" : ",",
                      hazard_name((enum hazard)h));
    if (refused != 0)
        diag_hint(&c->s.diags, d, "--allow %.*s lets it run",
                  SLICE_ARG(text_slice(&names)));
}

enum exit_code
cli_end_run(struct cli *c, const char *url, const struct schemac_db *db,
            enum schemac_status status)
{
    if (status == SCHEMAC_OK)
        return EXIT_DONE;
    hint_allowance(c, schemac_error(db)->hazards, cli_report_database(c, url, db));
    for (size_t i = 0; i < ARRAY_LEN(status_exits); i++)
        if (status_exits[i].status == status)
            return status_exits[i].code;
    return EXIT_SYSTEM;
}

static bool
report_no_dialect(struct cli *c)
{
    struct text known;
    struct diag *d;

    text_init(&known, &c->s.arena);
    for (size_t i = 0; i < dialect_count(); i++)
        text_addf(&known, "%s%s", i == 0 ? "" : " or ", dialect_at(i)->name);
    d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "there is no dialect \"%s\"",
                 c->o.dialect);
    diag_hint(&c->s.diags, d, "it is %.*s", SLICE_ARG(text_slice(&known)));
    return false;
}

bool
cli_choose_target(struct cli *c)
{
    if (!filter_has_use(c))
        return false;
    if (c->o.dialect != NULL) {
        c->target = dialect_find(slice_from(c->o.dialect));
        return c->target != NULL || report_no_dialect(c);
    }
    for (size_t i = 0; c->target == NULL && i < c->o.arg_count; i++)
        c->target = source_database_dialect(c->o.args[i]);
    return true;
}

const char *
cli_database(struct cli *c)
{
    const char *url = c->o.database != NULL ? c->o.database : getenv("SCHEMAC_DATABASE");

    if (url != NULL && url[0] != '\0')
        return url;
    diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
             "name the database: --database URL, or $SCHEMAC_DATABASE");
    return NULL;
}

bool
cli_online_fits(struct cli *c)
{
    if (c->o.offline == NULL || (c->o.online == NULL && c->o.assume_rows == NULL))
        return true;
    diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "--offline and --%s exclude each other",
             c->o.online != NULL ? "online" : "assume-rows");
    return false;
}

bool
cli_days(struct cli *c, const char *option, const char *text, unsigned *out)
{
    size_t digits = strspn(text, "0123456789");
    bool is_days = digits > 0 && digits < 6
                   && (text[digits] == '\0' || strcmp(text + digits, "d") == 0);

    *out = is_days ? (unsigned)strtoul(text, NULL, 10) : 0;
    if (*out > 0 && *out <= KEEP_DAYS_MAX)
        return true;
    diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
             "--%s takes days from 1 to %d, as in 30d, not \"%s\"", option, KEEP_DAYS_MAX,
             text);
    return false;
}

bool
cli_keep(struct cli *c, const struct keep_request **out)
{
    struct keep_request *request = ARENA_NEW(&c->s.arena, struct keep_request);

    *out = NULL;
    if (c->o.keep == NULL)
        return true;
    *request = (struct keep_request){ .days = 0 };
    if (c->o.keep[0] != '\0' && !cli_days(c, "keep", c->o.keep, &request->days))
        return false;
    *out = request;
    return true;
}

bool
cli_allowed(struct cli *c, uint32_t *out)
{
    *out = 0;
    if (c->o.allow == NULL || hazards_from_text(slice_from(c->o.allow), out))
        return true;
    diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
             "--allow takes data-loss, rewrite, long-lock, untracked or all, not \"%s\"",
             c->o.allow);
    return false;
}
