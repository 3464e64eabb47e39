#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
asks_for(const struct options *o, const char *form)
{
    return o->diagnostics != NULL && strcmp(o->diagnostics, form) == 0;
}

bool
report_is_document(const struct options *o)
{
    return asks_for(o, "json") || asks_for(o, "sarif");
}

/* https://no-color.org: any value that is not empty turns color off. */
static bool
wants_color(const struct options *o)
{
    const char *no_color = getenv("NO_COLOR");

    if (o->color != NULL && strcmp(o->color, "auto") != 0)
        return strcmp(o->color, "always") == 0;
    return (no_color == NULL || no_color[0] == '\0') && isatty(STDERR_FILENO);
}

static bool
is_shown(const struct cli *c, const struct diag *d)
{
    switch (diag_info_of(d)->severity) {
    case DIAG_NOTE:
        return c->o.verbose != NULL;
    case DIAG_WARNING:
        return c->o.quiet == NULL;
    case DIAG_ERROR:
        break;
    }
    return true;
}

/* qsort is not stable: what was said first settles ties. */
struct said {
    const struct diag *diag;
    size_t at;
};

static int
compare(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int
compare_said(const void *a, const void *b)
{
    const struct said *x = a;
    const struct said *y = b;
    bool x_has_place = x->diag->span.source != 0;
    int order = compare(y->diag->span.source != 0, x_has_place);

    if (order == 0)
        order = compare(x->diag->span.source, y->diag->span.source);
    if (order == 0)
        order = compare(x->diag->span.begin, y->diag->span.begin);
    return order != 0 ? order : compare(x->at, y->at);
}

/* Not by diag_add, which no longer keeps errors. */
static void
add_dropped(struct cli *c, struct diag_list *list)
{
    struct diag *d = ARENA_NEW(&c->s.arena, struct diag);

    if (c->s.diags.dropped == 0)
        return;
    d->code = D_MORE_ERRORS;
    d->message =
        slice_format(&c->s.arena, "%zu more errors are not shown", c->s.diags.dropped);
    VEC_PUSH(&c->s.arena, &list->all, d);
}

struct diag_list
report_list(struct cli *c)
{
    const struct diags *diags = &c->s.diags;
    struct said *said = ARENA_ARRAY(&c->s.arena, struct said, diags->all.count);
    struct diag_list list = { .rules = c->rules, .rule_count = c->rule_count };

    VEC_EACH (i, &diags->all)
        said[i] = (struct said){ diags->all.items[i], i };
    if (diags->all.count > 0)
        qsort(said, diags->all.count, sizeof *said, compare_said);
    VEC_EACH (i, &diags->all)
        if (is_shown(c, said[i].diag))
            VEC_PUSH(&c->s.arena, &list.all, said[i].diag);
    add_dropped(c, &list);
    return list;
}

static void
render_text(struct cli *c, const struct diag_list *list, struct text *out)
{
    bool color = wants_color(&c->o);

    VEC_EACH (i, &list->all)
        diag_render_text(&c->s.arena, &c->s.sources, list->all.items[i], color, out);
}

bool
report_print(struct cli *c)
{
    struct diag_list list = report_list(c);
    struct text t;
    bool done = true;

    text_init(&t, &c->s.arena);
    if (asks_for(&c->o, "json"))
        done = diag_render_json(&c->s.arena, &c->s.sources, &list, &t);
    else if (asks_for(&c->o, "sarif"))
        done = diag_render_sarif(&c->s.arena, &c->s.sources, &list, SCHEMAC_VERSION, &t);
    else
        render_text(c, &list, &t);
    if (done)
        fwrite(text_slice(&t).ptr, 1, text_slice(&t).len, stderr);
    return done;
}
