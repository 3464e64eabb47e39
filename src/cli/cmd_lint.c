/*
 * lint: the rules of src/lint over one SOURCE, a script, or the way FROM one schema TO
 * another.
 */
#include "base/file.h"
#include "cli/cli.h"
#include "cli/filter.h"
#include "cli/report.h"
#include "cli/source.h"
#include "lint/lint.h"

static const char *
plural(size_t n)
{
    return n == 1 ? "" : "s";
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

/* ---- what is looked at ---- */

/* Several files are one SOURCE; two of anything else are FROM and TO. */
static bool
is_change(struct cli *c)
{
    return c->o.arg_count == 2
           && (c->o.change != NULL || !source_is_files(c, c->o.args, 2));
}

static bool
arguments_fit(struct cli *c)
{
    struct diag *d = NULL;

    if (c->o.arg_count == 0)
        d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "\"lint\" takes other arguments");
    else if (c->o.change != NULL && c->o.arg_count != 2)
        d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "--change takes FROM and TO");
    else if (c->o.script != NULL
             && (c->o.arg_count != 1 || !source_is_files(c, c->o.args, 1)))
        d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "--script takes one file");
    for (size_t i = 0; d == NULL && c->o.arg_count > 2 && i < c->o.arg_count; i++)
        if (!source_is_files(c, &c->o.args[i], 1))
            d = diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
                         "lint takes one SOURCE, or FROM and TO, and \"%s\" is not one "
                         "of several files",
                         c->o.args[i]);
    if (d != NULL)
        diag_hint(&c->s.diags, d, "schemac lint SOURCE..., schemac lint FROM TO");
    return d == NULL;
}

/* ---- one SOURCE ---- */

static bool
lint_source(struct cli *c, const struct loaded_source *source,
            struct lint_settings *settings, struct lint_counts *counts)
{
    lint_catalog(&c->s, source->catalog, settings, counts);
    say_counts(c, source->title, counts);
    return true;
}

/* A lone file may be a script; what it is, is said where nobody has asked for it. */
static bool
lint_files(struct cli *c, struct lint_settings *settings, struct lint_counts *counts)
{
    const struct ast **asts =
        ARENA_ARRAY(&c->s.arena, const struct ast *, c->o.arg_count);
    struct loaded_source source;
    struct slice misspelt = SLICE_NONE;
    bool is_script;

    if (!source_parse_files(c, c->o.args, c->o.arg_count, asts))
        return false;
    is_script = c->o.script != NULL
                || (c->o.arg_count == 1 && lint_is_script(&c->s, asts[0], &misspelt));
    if (!is_script && !slice_is_none(misspelt))
        cli_say(c, "%s: read as a declaration; --script, where a database has \"%.*s\"",
                c->o.args[0], SLICE_ARG(misspelt));
    if (!is_script)
        return source_resolve_files(c, c->o.args, c->o.arg_count, asts, &source)
               && lint_source(c, &source, settings, counts);
    if (c->o.script == NULL)
        cli_say(c, "%s: read as a script: it changes what it does not make",
                c->o.args[0]);
    if (session_has_errors(&c->s))
        return false;
    lint_script(&c->s, asts[0], settings, counts);
    say_counts(c, c->o.args[0], counts);
    return true;
}

/* ---- FROM TO ---- */

static const struct dialect *
terms_of(const struct loaded_source *source)
{
    struct slice terms = source->catalog->dialect;

    return slice_is_none(terms) ? NULL : dialect_find(terms);
}

/* Most rules are about PostgreSQL's locks: it is meant where nothing else is said. */
static const struct dialect *
dialect_of_change(const struct cli *c, const struct loaded_source *from,
                  const struct loaded_source *to)
{
    if (c->target != NULL)
        return c->target;
    if (terms_of(from) != NULL)
        return terms_of(from);
    return terms_of(to) != NULL ? terms_of(to) : &dialect_postgres;
}

static bool
load_change(struct cli *c, const struct dialect **d, struct lint_change *out,
            const char **title)
{
    struct loaded_source from;
    struct loaded_source to;

    if (!source_load_pair(c, c->o.args, &from, &to) || !filter_fits(c, &from, &to))
        return false;
    *d = dialect_of_change(c, &from, &to);
    source_write_for(c, from.server_version != 0 ? &from : &to);
    *title = to.title;
    if (!source_pair_fits(c, &from, &to, false))
        return false;
    out->from = source_lower(c, *d, from.catalog);
    out->to = source_lower(c, *d, to.catalog);
    return out->from != NULL && out->to != NULL;
}

/* The plan is the one for tables in use: what it cannot do beside them is found. */
static bool
lint_from_to(struct cli *c, struct lint_settings *settings, struct lint_counts *counts)
{
    const struct dialect *d;
    struct lint_change change;
    struct changes changes;
    struct plan *plan;
    struct plan_request request = { .direction = PLAN_UP, .online = true };
    const char *title;

    if (!load_change(c, &d, &change, &title))
        return false;
    settings->engine = slice_from(d->name);
    diff_catalogs(&c->s, d->forms, change.from, change.to, &changes);
    request.dialect = d;
    request.from = change.from;
    request.to = change.to;
    if (!plan_make(&c->s, &request, &plan))
        return false;
    change.changes = &changes;
    change.plan = plan;
    lint_changes(&c->s, &change, settings, counts);
    say_counts(c, title, counts);
    return true;
}

static bool
run(struct cli *c, struct lint_settings *settings, struct lint_counts *counts)
{
    struct loaded_source source;

    if (!arguments_fit(c) || !cli_choose_target(c))
        return false;
    if (c->target != NULL)
        settings->engine = slice_from(c->target->name);
    if (is_change(c))
        return lint_from_to(c, settings, counts);
    if (source_is_files(c, c->o.args, c->o.arg_count))
        return lint_files(c, settings, counts);
    return source_load(c, c->o.args, c->o.arg_count, &source)
           && lint_source(c, &source, settings, counts);
}

enum exit_code
command_lint(struct cli *c)
{
    struct lint_settings *settings = ARENA_NEW(&c->s.arena, struct lint_settings);
    struct lint_counts counts;

    lint_settings_init(settings);
    if (c->o.rule != NULL
        && !lint_settings_change(&c->s, settings, slice_from(c->o.rule)))
        return cli_outcome(c);
    if (c->o.list != NULL) {
        lint_print_rules(settings, &c->out);
        return EXIT_DONE;
    }
    if (!run(c, settings, &counts))
        return cli_outcome(c);
    c->rules = settings->rules;
    c->rule_count = LINT_RULE_COUNT;
    if (session_has_errors(&c->s))
        return cli_outcome(c);
    return counts.warnings > 0 ? EXIT_DIFFERENT : EXIT_DONE;
}
