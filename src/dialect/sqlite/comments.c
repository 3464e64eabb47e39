/*
 * Comments on objects, which SQLite has none of: they are the rows of a table of ours.
 *
 *     schemac_comments (object, name, part, comment)
 *     'table'       t     ''    'people that we know'
 *     'column'      t     c     'of a table or a view'
 *     'constraint'  t     t_ck  'one that has a name of its own'
 *     'index', 'view', 'trigger'  their name, ''
 *
 * The table is there only where there are comments.  What a change has to do is the
 * difference between the rows of both catalogs: so renames take them along, whatever is
 * dropped loses them, and the way back gives them again, without a table being rebuilt.
 */
#include "dialect/sqlite/comments.h"

#include "dialect/sqlite/objects.h"

struct comment_row {
    const char *object; /* "table", "column", … */
    struct slice part;  /* empty: the whole */
    struct slice comment;
};

/* All that is said about one name. */
struct comment_group {
    VEC(struct comment_row) rows;
};

struct comment_groups {
    struct arena *a;
    struct map by_name; /* → struct comment_group *, in the order of the catalog */
};

/* ---- the rows of a catalog ---- */

static void
add_row(struct comment_groups *all, const char *object, struct slice name,
        struct slice part, struct slice comment)
{
    struct comment_group *group;

    if (comment.len == 0)
        return;
    group = map_get(&all->by_name, name);
    if (group == NULL) {
        group = ARENA_NEW(all->a, struct comment_group);
        map_put(&all->by_name, name, group);
    }
    VEC_PUSH(all->a, &group->rows, ((struct comment_row){ object, part, comment }));
}

static void
add_table(struct comment_groups *all, const struct table *t)
{
    add_row(all, "table", t->name, SLICE(""), t->comment);
    VEC_EACH (i, &t->columns)
        add_row(all, "column", t->name, t->columns.items[i]->name,
                t->columns.items[i]->comment);
    VEC_EACH (i, &t->constraints)
        add_row(all, "constraint", t->name, t->constraints.items[i]->name,
                t->constraints.items[i]->comment);
}

static void
add_definition(struct comment_groups *all, const struct definition *d)
{
    if (d->detail == DETAIL_COMMENT)
        add_row(all, "column", d->table, d->name, d->u.object_comment->text);
    else
        add_row(all, lite_is_trigger(d) ? "trigger" : "table", d->name, SLICE(""),
                d->comment);
}

static void
find_comments(struct arena *a, const struct catalog *c, struct comment_groups *all)
{
    all->a = a;
    map_init(&all->by_name, a);
    if (c == NULL)
        return;
    VEC_EACH (i, &c->tables)
        add_table(all, c->tables.items[i]);
    VEC_EACH (i, &c->indexes)
        add_row(all, "index", c->indexes.items[i]->name, SLICE(""),
                c->indexes.items[i]->comment);
    VEC_EACH (i, &c->views)
        add_row(all, "view", c->views.items[i]->name, SLICE(""),
                c->views.items[i]->comment);
    VEC_EACH (i, &c->definitions)
        add_definition(all, c->definitions.items[i]);
}

static const struct comment_row *
find_row(const struct comment_group *group, const struct comment_row *row)
{
    if (group == NULL)
        return NULL;
    VEC_EACH (i, &group->rows)
        if (group->rows.items[i].object == row->object
            && slice_equal(group->rows.items[i].part, row->part))
            return &group->rows.items[i];
    return NULL;
}

/* ---- statements ---- */

static struct slice
quoted(struct arena *a, struct slice text)
{
    return lite_expr_text(a, lite_string(a, text));
}

static void
add_values(struct arena *a, struct text *out, struct slice name,
           const struct comment_row *row)
{
    text_addf(out, "('%s', %.*s, %.*s, %.*s)", row->object, SLICE_ARG(quoted(a, name)),
              SLICE_ARG(quoted(a, row->part)), SLICE_ARG(quoted(a, row->comment)));
}

/* A row that is there already for whatever reason is no obstacle, except to a database
 * that begins with nothing. */
#define UPSERT                                                                           \
    "\nON CONFLICT (object, name, part) DO UPDATE SET comment = excluded.comment"

struct comment_change {
    struct session *s;
    struct actions *out;
    const struct changes *changes; /* NULL: a database from nothing */
    struct map others; /* name → struct change_list *, of what is about no comment */
};

static const char insert_into[] =
    "INSERT INTO " LITE_COMMENTS " (object, name, part, comment) VALUES";

/* Rows of `to` that `from` (NULL: none) does not say so; how many are in `sql` then. */
static size_t
add_rows(const struct comment_change *x, struct slice name,
         const struct comment_group *from, const struct comment_group *to, size_t count,
         struct text *sql)
{
    VEC_EACH (i, &to->rows) {
        const struct comment_row *row = &to->rows.items[i];
        const struct comment_row *old = find_row(from, row);

        if (old != NULL && slice_equal(old->comment, row->comment))
            continue;
        text_addz(sql, count++ == 0 ? insert_into : ",");
        text_addz(sql, "\n    ");
        add_values(&x->s->arena, sql, name, row);
    }
    return count;
}

static void
finish_insert(const struct comment_change *x, struct text *sql, struct action *a)
{
    if (x->changes != NULL)
        text_addz(sql, UPSERT);
    VEC_PUSH(&x->s->arena, &a->sql, text_slice(sql));
}

static struct action *
comment_on(const struct comment_change *x, struct slice name)
{
    return lite_action(x->s, x->out, PHASE_RESTORE, name, "comment on %.*s",
                       SLICE_ARG(name));
}

static void
delete_rows(const struct comment_change *x, struct slice name,
            const struct comment_group *from, const struct comment_group *to,
            struct action **action)
{
    struct arena *a = &x->s->arena;

    if (from == NULL)
        return;
    VEC_EACH (i, &from->rows) {
        const struct comment_row *row = &from->rows.items[i];

        if (find_row(to, row) != NULL)
            continue;
        if (*action == NULL)
            *action = comment_on(x, name);
        lite_sql(x->s, *action,
                 "DELETE FROM " LITE_COMMENTS
                 " WHERE object = '%s' AND name = %.*s AND part = %.*s",
                 row->object, SLICE_ARG(quoted(a, name)),
                 SLICE_ARG(quoted(a, row->part)));
    }
}

/* ---- actions ---- */

bool
lite_is_about_comment(const struct change *c)
{
    const struct definition *d =
        c->new.definition != NULL ? c->new.definition : c->old.definition;

    return c->kind == CHANGE_TABLE_COMMENT || c->kind == CHANGE_COLUMN_COMMENT
           || c->kind == CHANGE_OBJECT_COMMENT
           || (d != NULL && d->detail == DETAIL_COMMENT);
}

/* The name under which the rows stand that the change is about. */
static struct slice
name_of(const struct change_side *side)
{
    if (side->index != NULL)
        return side->index->name;
    if (side->view != NULL)
        return side->view->name;
    if (side->definition != NULL)
        return side->definition->detail == DETAIL_COMMENT ? side->definition->table
                                                          : side->definition->name;
    return side->table == NULL ? SLICE_NONE : side->table->name;
}

static struct slice
commented_name(const struct change *c)
{
    return name_of(c->new.definition == NULL && c->old.definition != NULL ? &c->old
                                                                          : &c->new);
}

/* It is renamed, made or dropped, and its comments with it. */
static void
note_others(struct comment_change *x)
{
    size_t count = x->changes == NULL ? 0 : x->changes->all.count;

    map_init(&x->others, &x->s->arena);
    for (size_t i = 0; i < count; i++) {
        const struct change *c = &x->changes->all.items[i];
        const struct change_side *sides[] = { &c->old, &c->new };

        for (size_t k = 0; k < ARRAY_LEN(sides) && !lite_is_about_comment(c); k++) {
            struct slice name = name_of(sides[k]);

            if (!slice_is_none(name))
                change_list_add(&x->s->arena, &x->others, name, c);
        }
    }
}

/* `name` none: all of them.  `otherwise` NULL: it has its reason. */
static void
add_causes(const struct comment_change *x, struct action *a, struct slice name,
           const char *otherwise)
{
    size_t count = x->changes == NULL ? 0 : x->changes->all.count;

    for (size_t i = 0; i < count; i++) {
        const struct change *c = &x->changes->all.items[i];

        if (lite_is_about_comment(c)
            && (slice_is_none(name) || slice_equal(commented_name(c), name)))
            VEC_PUSH(&x->s->arena, &a->causes, *c);
    }
    if (a->causes.count > 0)
        return;
    if (otherwise != NULL)
        lite_reason(x->s, a, "%s", otherwise);
    if (!slice_is_none(name))
        action_makes_way_for_all(&x->s->arena, a, map_get(&x->others, name));
}

static void
expect_count(const struct comment_change *x, struct action *a, struct slice name,
             size_t count)
{
    a->postcondition =
        slice_format(&x->s->arena,
                     "SELECT count(*) = %zu FROM " LITE_COMMENTS " WHERE name = %.*s",
                     count, SLICE_ARG(quoted(&x->s->arena, name)));
}

static void
drop_group(const struct comment_change *x, struct slice name)
{
    struct action *a =
        lite_action(x->s, x->out, PHASE_RESTORE, name, "drop the comments on %.*s",
                    SLICE_ARG(name));

    lite_sql(x->s, a, "DELETE FROM " LITE_COMMENTS " WHERE name = %.*s",
             SLICE_ARG(quoted(&x->s->arena, name)));
    expect_count(x, a, name, 0);
    add_causes(x, a, name, "Nothing has that name any more.");
}

static void
change_group(const struct comment_change *x, struct slice name,
             const struct comment_group *from, const struct comment_group *to)
{
    struct action *a = NULL;
    struct text sql;

    text_init(&sql, &x->s->arena);
    delete_rows(x, name, from, to, &a);
    if (add_rows(x, name, from, to, 0, &sql) > 0) {
        if (a == NULL)
            a = comment_on(x, name);
        finish_insert(x, &sql, a);
    }
    if (a == NULL)
        return;
    expect_count(x, a, name, to->rows.count);
    add_causes(x, a, name,
               "They follow what they are about, which is renamed or made anew.");
}

/* What brings commented things, or takes them away. */
static void
add_all_groups(const struct comment_change *x, struct action *a,
               const struct comment_groups *all)
{
    for (size_t i = 0; a->causes.count == 0 && i < all->by_name.count; i++)
        action_makes_way_for_all(&x->s->arena, a,
                                 map_get(&x->others, all->by_name.entries[i].key));
}

/* The first comments bring the table with them.  One without rows may be there, but not
 * in a database that is made from nothing. */
static void
make_table(const struct comment_change *x, const struct comment_groups *all)
{
    struct action *a = lite_action(x->s, x->out, PHASE_RESTORE, SLICE(LITE_COMMENTS),
                                   "create table " LITE_COMMENTS);
    size_t count = 0;
    struct text sql;

    lite_sql(x->s, a,
             "CREATE TABLE %s" LITE_COMMENTS " (\n"
             "    object TEXT NOT NULL,\n"
             "    name TEXT NOT NULL,\n"
             "    part TEXT NOT NULL,\n"
             "    comment TEXT NOT NULL,\n"
             "    PRIMARY KEY (object, name, part)\n"
             ") WITHOUT ROWID",
             x->changes == NULL ? "" : "IF NOT EXISTS ");
    text_init(&sql, &x->s->arena);
    VEC_EACH (i, &all->by_name)
        count = add_rows(x, all->by_name.entries[i].key, NULL,
                         all->by_name.entries[i].value, count, &sql);
    finish_insert(x, &sql, a);
    a->postcondition = slice_format(
        &x->s->arena, "SELECT count(*) = %zu FROM " LITE_COMMENTS, count);
    if (x->changes != NULL)
        lite_reason(x->s, a, "SQLite has no comments: they are rows of this table.");
    add_causes(x, a, SLICE_NONE, NULL);
    add_all_groups(x, a, all);
}

static void
drop_table(const struct comment_change *x, const struct comment_groups *all)
{
    struct action *a = lite_action(x->s, x->out, PHASE_RESTORE, SLICE(LITE_COMMENTS),
                                   "drop table " LITE_COMMENTS);

    lite_sql(x->s, a, "DROP TABLE " LITE_COMMENTS);
    a->postcondition =
        lite_exists_query(&x->s->arena, "table", SLICE(LITE_COMMENTS), false);
    add_causes(x, a, SLICE_NONE, "Nothing has a comment any more.");
    add_all_groups(x, a, all);
}

void
lite_change_comments(struct session *s, const struct catalog *from,
                     const struct catalog *to, const struct changes *changes,
                     struct actions *out)
{
    struct comment_change x = { .s = s, .out = out, .changes = changes };
    struct comment_groups old;
    struct comment_groups new;

    note_others(&x);
    find_comments(&s->arena, from, &old);
    find_comments(&s->arena, to, &new);
    if (new.by_name.count == 0 && old.by_name.count > 0) {
        drop_table(&x, &old);
        return;
    }
    if (new.by_name.count > 0 && old.by_name.count == 0) {
        make_table(&x, &new);
        return;
    }
    VEC_EACH (i, &old.by_name)
        if (!map_has(&new.by_name, old.by_name.entries[i].key))
            drop_group(&x, old.by_name.entries[i].key);
    VEC_EACH (i, &new.by_name) {
        struct slice name = new.by_name.entries[i].key;

        change_group(&x, name, map_get(&old.by_name, name), map_get(&new.by_name, name));
    }
}
