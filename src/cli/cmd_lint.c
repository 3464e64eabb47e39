/*
 * lint: the rules of src/lint over one SOURCE.
 */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/report.h"
#include "cli/source.h"
#include "lint/lint.h"

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Several files are one SOURCE; two of anything else would be a change. */
static bool
is_one_source(struct cli *c)
{
    struct diag *d;

    for (size_t i = 0; c->o.arg_count > 1 && i < c->o.arg_count; i++) {
        if (!file_is_folder(c->o.args[i]) && source_database_dialect(c->o.args[i]) == NULL
            && file_exists(c->o.args[i]))
            continue;
        d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                     "lint takes one SOURCE, and \"%s\" is not one of several files",
                     c->o.args[i]);
        diag_hint(&c->s.diags, d,
                  "rules about a change, from one SOURCE to another, are "
                  "to come");
        return false;
    }
    if (c->o.arg_count == 0) {
        d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "\"lint\" takes other arguments");
        diag_hint(&c->s.diags, d, "schemac lint SOURCE...");
    }
    return c->o.arg_count > 0;
}

static void
say_counts(struct cli *c, const char *title, const struct lint_counts *n)
{
    if (n->errors + n->warnings + n->notes + n->silenced == 0) {
        cli_say(c, "%s: nothing found", title);
        return;
    }
    cli_say(c, "%s: %zu error%s, %zu warning%s, %zu info%s%s, %zu silenced", title,
            n->errors, plural(n->errors), n->warnings, plural(n->warnings), n->notes,
            plural(n->notes),
            n->notes > 0 && c->o.verbose == NULL ? " (-v shows them)" : "", n->silenced);
}

enum exit_code
command_lint(struct cli *c)
{
    struct lint_settings *settings = ARENA_NEW(&c->s.arena, struct lint_settings);
    struct loaded_source source;
    struct lint_counts counts;

    lint_settings_init(settings);
    if (c->o.rule != NULL
        && !lint_settings_change(&c->s, settings, slice_from(c->o.rule)))
        return cli_outcome(c);
    if (c->o.list != NULL) {
        lint_print_rules(settings, &c->out);
        return EXIT_DONE;
    }
    if (!is_one_source(c) || !cli_choose_target(c)
        || !source_load(c, c->o.args, c->o.arg_count, &source))
        return cli_outcome(c);
    if (c->target != NULL)
        settings->engine = slice_from(c->target->name);
    lint_catalog(&c->s, source.catalog, settings, &counts);
    c->rules = settings->rules;
    c->rule_count = LINT_RULE_COUNT;
    say_counts(c, source.title, &counts);
    if (session_has_errors(&c->s))
        return cli_outcome(c);
    return counts.warnings > 0 ? EXIT_DIFFERENT : EXIT_DONE;
}
