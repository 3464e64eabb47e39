/*
 * A whole database from nothing.  Rows go in before triggers are there, as they do when a
 * version is migrated to: a trigger that logs does not log what was declared.
 */
#include "dialect/sqlite/comments.h"
#include "dialect/sqlite/objects.h"

static void
create_rows(struct session *s, const struct initial_rows *rows, struct actions *out)
{
    struct action *a =
        lite_action(s, out, PHASE_FILL, rows->table->name, "insert initial rows of %.*s",
                    SLICE_ARG(rows->table->name));

    VEC_EACH (i, &rows->rows)
        VEC_PUSH(&s->arena, &a->sql, lite_insert_row(s, rows, i));
}

void
lite_create(struct session *s, const struct catalog *c, struct actions *out)
{
    const struct table **tables =
        ARENA_ARRAY(&s->arena, const struct table *, c->tables.count + 1);
    const struct view **views =
        ARENA_ARRAY(&s->arena, const struct view *, c->views.count + 1);

    lite_sort_tables(&s->arena, c, tables);
    lite_sort_views(&s->arena, c, views);
    VEC_EACH (i, &c->tables)
        (void)lite_make_table(s, out, tables[i]);
    VEC_EACH (i, &c->definitions)
        if (lite_is_made_first(c->definitions.items[i]))
            (void)lite_make_definition(s, out, c->definitions.items[i]);
    VEC_EACH (i, &c->initial_rows)
        create_rows(s, c->initial_rows.items[i], out);
    VEC_EACH (i, &c->indexes)
        (void)lite_make_index(s, out, c->indexes.items[i]);
    VEC_EACH (i, &c->views)
        (void)lite_make_view(s, out, views[i]);
    VEC_EACH (i, &c->definitions)
        if (lite_is_trigger(c->definitions.items[i]))
            (void)lite_make_definition(s, out, c->definitions.items[i]);
    lite_change_comments(s, NULL, c, NULL, out);
}
