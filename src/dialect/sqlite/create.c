/*
 * A whole database from nothing.  Rows go in before triggers are there, as they do when a
 * version is migrated to: a trigger that logs does not log what was declared.
 */
#include "dialect/sqlite/comments.h"
#include "dialect/sqlite/objects.h"

static void
add_cause(struct session *s, struct action *a, struct change c)
{
    VEC_PUSH(&s->arena, &a->causes, c);
}

static void
create_rows(struct session *s, const struct initial_rows *rows, struct actions *out)
{
    struct action *a =
        lite_action(s, out, PHASE_FILL, rows->table->name, "insert initial rows of %.*s",
                    SLICE_ARG(rows->table->name));

    VEC_EACH (i, &rows->rows)
        VEC_PUSH(&s->arena, &a->sql, lite_insert_row(s, rows, i));
    add_cause(s, a,
              (struct change){ .kind = CHANGE_INITIAL_ROWS,
                               .new = { .table = rows->table, .rows = rows } });
}

static void
make_table(struct session *s, const struct table *t, struct actions *out)
{
    add_cause(s, lite_make_table(s, out, t),
              (struct change){ .kind = CHANGE_CREATE_TABLE, .new.table = t });
}

static void
make_index(struct session *s, const struct index *x, struct actions *out)
{
    add_cause(s, lite_make_index(s, out, x),
              (struct change){ .kind = CHANGE_CREATE_INDEX, .new.index = x });
}

static void
make_view(struct session *s, const struct view *v, struct actions *out)
{
    add_cause(s, lite_make_view(s, out, v),
              (struct change){ .kind = CHANGE_CREATE_VIEW, .new.view = v });
}

static void
make_definition(struct session *s, const struct definition *r, struct actions *out)
{
    add_cause(s, lite_make_definition(s, out, r),
              (struct change){ .kind = CHANGE_CREATE_DEFINITION, .new.definition = r });
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
        make_table(s, tables[i], out);
    VEC_EACH (i, &c->definitions)
        if (lite_is_made_first(c->definitions.items[i]))
            make_definition(s, c->definitions.items[i], out);
    VEC_EACH (i, &c->initial_rows)
        create_rows(s, c->initial_rows.items[i], out);
    VEC_EACH (i, &c->indexes)
        make_index(s, c->indexes.items[i], out);
    VEC_EACH (i, &c->views)
        make_view(s, views[i], out);
    VEC_EACH (i, &c->definitions)
        if (lite_is_trigger(c->definitions.items[i]))
            make_definition(s, c->definitions.items[i], out);
    lite_change_comments(s, NULL, c, NULL, out);
}
