#include "cli/cli.h"

#include <stdio.h>
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
