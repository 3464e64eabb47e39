/*
 * Rules of a table that SQLite keeps by triggers: @touch and @append_only.
 */
#include "dialect/sqlite/lite.h"

#include <assert.h>

/* White space outside of quotes made one blank, as resolve does for what it reads. */
static struct slice
normal_text(struct arena *a, struct slice text)
{
    struct text out;
    char quote = '\0';

    text_init(&out, a);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool blank = quote == '\0' && (c == ' ' || c == '\n');

        if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = '\0';
        if (!blank)
            text_addc(&out, c);
        else if (out.ptr[out.len - 1] != ' ')
            text_addc(&out, ' ');
    }
    return text_slice(&out);
}

static void
add_trigger(struct lite_lowering *l, const struct table *t, struct slice name,
            struct span span, struct slice text)
{
    struct definition *r = ARENA_NEW(&l->s->arena, struct definition);

    r->kind = SLICE("trigger");
    r->name = name;
    r->table = t->name;
    r->text = text;
    r->normal = normal_text(&l->s->arena, text);
    r->span = span;
    VEC_PUSH(&l->s->arena, &l->to->definitions, r);
}

/* ---- @touch ---- */

/* new.id = id, over the primary key; the rowid where there is none. */
static void
add_row_condition(struct arena *a, const struct table *t, struct text *out)
{
    if (t->primary_key == NULL) {
        const char *rowid = lite_rowid_name(t, t);

        text_addf(out, "%s = new.%s", rowid, rowid);
        return;
    }
    VEC_EACH (i, &t->primary_key->keys.all) {
        struct slice key = lite_quoted(a, t->primary_key->keys.all.items[i].column);

        if (i > 0)
            text_addz(out, " AND ");
        text_addf(out, "%.*s = new.%.*s", SLICE_ARG(key), SLICE_ARG(key));
    }
}

static const char *
now_for(const struct column *c)
{
    if (c->type.kind == TYPE_DATE)
        return "CURRENT_DATE";
    return c->type.kind == TYPE_TIME ? "CURRENT_TIME" : "CURRENT_TIMESTAMP";
}

/*
 * Only where the statement itself left the column alone.  The last condition ends the
 * recursion where recursive_triggers is on.
 */
static void
add_touch(struct lite_lowering *l, const struct table *t, const struct column *neutral)
{
    struct arena *a = &l->s->arena;
    struct slice name =
        slice_format(a, "%.*s_%.*s_touch", SLICE_ARG(t->name), SLICE_ARG(neutral->name));
    struct slice table = lite_quoted(a, t->name);
    struct slice column = lite_quoted(a, neutral->name);
    struct slice quoted = lite_quoted(a, name);
    const char *now = now_for(neutral);
    struct text out;

    text_init(&out, a);
    text_addf(&out, "CREATE TRIGGER %.*s AFTER UPDATE ON %.*s FOR EACH ROW\n",
              SLICE_ARG(quoted), SLICE_ARG(table));
    text_addf(&out, "WHEN new.%.*s IS old.%.*s AND new.%.*s IS NOT %s\n",
              SLICE_ARG(column), SLICE_ARG(column), SLICE_ARG(column), now);
    text_addf(&out, "BEGIN\n    UPDATE %.*s SET %.*s = %s WHERE ", SLICE_ARG(table),
              SLICE_ARG(column), now);
    add_row_condition(a, t, &out);
    text_addz(&out, ";\nEND");
    add_trigger(l, t, name, neutral->span, text_slice(&out));
}

/* ---- @append_only ---- */

static struct slice
doubled_quotes(struct arena *a, struct slice s)
{
    struct text out;

    text_init(&out, a);
    for (size_t i = 0; i < s.len; i++)
        text_repeat(&out, s.ptr[i], s.ptr[i] == '\'' ? 2 : 1);
    return text_slice(&out);
}

static void
add_append_only(struct lite_lowering *l, const struct table *t, const char *event,
                const char *word)
{
    struct arena *a = &l->s->arena;
    struct slice name = slice_format(a, "%.*s_append_only_%s", SLICE_ARG(t->name), word);
    struct slice quoted = lite_quoted(a, name);
    struct slice table = lite_quoted(a, t->name);
    struct slice title = doubled_quotes(a, t->name);

    add_trigger(l, t, name, t->span,
                slice_format(a,
                             "CREATE TRIGGER %.*s BEFORE %s ON %.*s FOR EACH ROW\n"
                             "BEGIN\n"
                             "    SELECT RAISE(ABORT, 'table %.*s is append-only');\n"
                             "END",
                             SLICE_ARG(quoted), event, SLICE_ARG(table),
                             SLICE_ARG(title)));
}

void
lite_lower_rules(struct lite_lowering *l, const struct table *neutral,
                 const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = table_find_column(neutral, t->columns.items[i]->name);

        if (c->touch)
            add_touch(l, t, c);
    }
    if (!neutral->append_only)
        return;
    add_append_only(l, t, "UPDATE", "update");
    add_append_only(l, t, "DELETE", "delete");
}
