/*
 * CREATE OR REPLACE VIEW keeps the view, and so its columns: PostgreSQL takes more of
 * them behind the last one and no other difference.  Checked at the place, with the
 * tables as they are there; where the columns are not all known, the server decides.
 */
#include <string.h>

#include "resolve/definitions.h"
#include "resolve/scope.h"

/* False: they are not all known. */
static bool
columns_now(struct build *b, const struct work_view *w, struct scope_columns *columns)
{
    struct binder binder;
    bool opaque = false;

    if (w->renames.count > 0)
        return false;
    binder_init(&binder, b);
    binder.quiet = true;
    bind_query(&binder, NULL, w->view->query, columns, &opaque);
    if (opaque || w->names.all.count > columns->all.count)
        return false;
    VEC_EACH (i, &w->names.all)
        columns->all.items[i].name = w->names.all.items[i];
    VEC_EACH (i, &columns->all)
        if (slice_is_none(columns->all.items[i].name))
            return false;
    return true;
}

static void
report(struct build *b, const struct work_view *w, struct slice what)
{
    struct diag *d = diag_add(&b->s->diags, D_VIEW_REPLACED, w->view->span,
                              "CREATE OR REPLACE cannot %.*s of view \"%.*s\"",
                              SLICE_ARG(what), SLICE_ARG(w->view->name));

    diag_hint(&b->s->diags, d,
              "it takes more columns behind the last one and nothing else: drop the view "
              "first, and create it anew");
}

void
view_check_replaced(struct build *b, const struct work_view *old,
                    const struct work_view *new)
{
    struct scope_columns before = { 0 };
    struct scope_columns now = { 0 };

    bool is_sqlite = b->of_sqlite || strcmp(b->terms->dialect, "sqlite") == 0;

    if (is_sqlite || old->view->materialized || new->view->materialized
        || !columns_now(b, old, &before) || !columns_now(b, new, &now))
        return;
    VEC_EACH (i, &before.all) {
        struct slice was = before.all.items[i].name;

        if (i < now.all.count && slice_equal(was, now.all.items[i].name))
            continue;
        report(b, new,
               i < now.all.count
                   ? slice_format(b->a, "put \"%.*s\" in the place of column \"%.*s\"",
                                  SLICE_ARG(now.all.items[i].name), SLICE_ARG(was))
                   : slice_format(b->a, "drop column \"%.*s\"", SLICE_ARG(was)));
        return;
    }
}
