/*
 * The rebuild: a new table, a copy of the rows, the old table gone, the new one under its
 * name.  What must not be forgotten:
 *
 *   - columns are named on both sides of the copy, generated ones on neither;
 *   - rowids are copied where no INTEGER PRIMARY KEY carries them;
 *   - the counter of AUTOINCREMENT is carried over, also for an empty table;
 *   - the old table is never renamed: foreign keys of others would follow it;
 *   - indexes come after the old table is gone, since their names are global, and
 *     triggers after the copy (both are other actions, in later phases).
 *
 * The hazard is data loss only, where columns go.  That all rows are written again under
 * the one write lock is told by `rewrites`; SQLite has no other way, so it is no reason
 * to refuse an ordinary migration.
 */
#include "dialect/sqlite/alter.h"

#define NEW_PREFIX "schemac_new_"

const struct refusal lite_rebuilding = {
    "a rebuild of the table",
    "every row and every index is written again, and what reads the table is taken down",
};

struct copy {
    struct lite_alter *x;
    const struct lite_work *w;
    const struct table *target;
    struct slice temporary; /* quoted */
    struct slice final;     /* quoted */
    struct text names;
    struct text values;
    size_t count;
};

static void
add_pair(struct copy *c, struct slice name, struct slice value)
{
    const char *comma = c->count++ > 0 ? ", " : "";

    text_addf(&c->names, "%s%.*s", comma, SLICE_ARG(name));
    text_addf(&c->values, "%s%.*s", comma, SLICE_ARG(value));
}

/* Both are tables with rowids, and no column of the new one is the rowid. */
static void
add_rowid(struct copy *c)
{
    const struct table *old = c->w->old;
    const char *rowid = lite_rowid_name(old, c->target);

    if (old->without_rowid || c->target->without_rowid || rowid == NULL
        || table_rowid_column(c->target) != NULL)
        return;
    add_pair(c, slice_from(rowid), slice_from(rowid));
}

static void
add_column(struct copy *c, const struct column *column, const struct expr *source)
{
    struct arena *a = &c->x->s->arena;

    if (column->generated == NULL && source != NULL)
        add_pair(c, lite_quoted(a, column->name), lite_expr_text(a, source));
}

static struct copy
begin_copy(struct lite_alter *x, const struct lite_work *w, const struct table *target)
{
    struct arena *a = &x->s->arena;
    struct copy c = { .x = x, .w = w, .target = target };

    c.temporary =
        lite_quoted(a, slice_format(a, NEW_PREFIX "%.*s", SLICE_ARG(w->new->name)));
    c.final = lite_quoted(a, w->new->name);
    text_init(&c.names, a);
    text_init(&c.values, a);
    add_rowid(&c);
    return c;
}

static bool
counts_up(const struct table *t)
{
    const struct column *c = table_rowid_column(t);

    return c != NULL && c->identity != IDENTITY_NONE;
}

/* An UPDATE would miss the row that an empty table does not have. */
static void
carry_counter(const struct copy *c, struct action *a)
{
    struct arena *arena = &c->x->s->arena;
    struct slice old = lite_expr_text(arena, lite_string(arena, c->w->new->name));
    struct slice new = lite_expr_text(
        arena, lite_string(arena, slice_format(arena, NEW_PREFIX "%.*s",
                                               SLICE_ARG(c->w->new->name))));

    if (!counts_up(c->target))
        return;
    if (!counts_up(c->w->old) && table_rowid_column(c->target)->first_number <= 1)
        return;
    lite_sql(c->x->s, a, "DELETE FROM sqlite_sequence WHERE name = %.*s", SLICE_ARG(new));
    if (!counts_up(c->w->old)) {
        lite_start_counter(c->x->s, a, c->target,
                           slice_format(arena, NEW_PREFIX "%.*s",
                                        SLICE_ARG(c->w->new->name)));
        return;
    }
    lite_sql(c->x->s, a,
             "INSERT INTO sqlite_sequence (name, seq) SELECT %.*s, seq FROM "
             "sqlite_sequence WHERE name = %.*s",
             SLICE_ARG(new), SLICE_ARG(old));
}

static void
guard_count(const struct copy *c, struct action *a)
{
    struct arena *arena = &c->x->s->arena;
    struct slice name = lite_quoted(
        arena, slice_format(arena, "rows of %.*s were lost", SLICE_ARG(c->w->new->name)));
    bool quoted = name.len > 0 && name.ptr[0] == '"';

    lite_sql(
        c->x->s, a,
        "CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT %s%.*s%s CHECK (ok))",
        quoted ? "" : "\"", SLICE_ARG(name), quoted ? "" : "\"");
    lite_sql(c->x->s, a,
             "INSERT INTO temp.schemac_guard SELECT (SELECT count(*) FROM %.*s) = "
             "(SELECT count(*) FROM %.*s)",
             SLICE_ARG(c->final), SLICE_ARG(c->temporary));
    lite_sql(c->x->s, a, "DROP TABLE temp.schemac_guard");
}

/* SELECT without columns is no statement: such a table gets as many empty rows. */
static void
copy_rows(const struct copy *c, struct action *a)
{
    if (c->count == 0)
        return;
    lite_sql(c->x->s, a, "INSERT INTO %.*s (%.*s) SELECT %.*s FROM %.*s",
             SLICE_ARG(c->temporary), SLICE_ARG(text_slice(&c->names)),
             SLICE_ARG(text_slice(&c->values)), SLICE_ARG(c->final));
}

/* SQLite lets operators nest 1,000 deep: so many lines are one operand. */
#define LINES_MAX 100

static size_t
line_end(struct slice text, size_t at)
{
    while (at < text.len && text.ptr[at] != '\n')
        at++;
    return at;
}

/* The text with its lines apart, so that the query can be printed on lines, too. */
static struct slice
joined_lines(struct arena *a, struct slice text)
{
    struct text out;
    size_t count = 0;

    text_init(&out, a);
    for (size_t at = 0; at < text.len; count++) {
        size_t end = line_end(text, at);
        struct slice line = slice_sub(text, at, end);

        if (count > 0)
            text_addf(&out, "%s\n|| char(10) || ", count % LINES_MAX == 0 ? ")" : "");
        text_addf(&out, "%s%.*s", count % LINES_MAX == 0 ? "(" : "",
                  SLICE_ARG(lite_expr_text(a, lite_string(a, line))));
        at = end + 1;
    }
    text_addc(&out, ')');
    return text_slice(&out);
}

/* SQLite keeps what it was told word for word. */
static struct slice
text_query(struct arena *a, const struct table *t)
{
    struct slice text = joined_lines(a, lite_renamed_table(a, t));

    return lite_text_query(a, t, slice_format(a, "sql = %.*s", SLICE_ARG(text)));
}

static struct slice
columns_query(struct arena *a, const struct table *t)
{
    struct slice table = lite_expr_text(a, lite_string(a, t->name));
    struct text list;

    text_init(&list, a);
    VEC_EACH (i, &t->columns)
        text_addf(&list, "%s%.*s", i > 0 ? "," : "",
                  SLICE_ARG(t->columns.items[i]->name));
    return slice_format(
        a,
        "SELECT group_concat(name, ',') = %.*s COLLATE NOCASE FROM "
        "(SELECT name FROM pragma_table_xinfo(%.*s) ORDER BY cid)",
        SLICE_ARG(lite_expr_text(a, lite_string(a, text_slice(&list)))),
        SLICE_ARG(table));
}

/* Columns that are called otherwise have been renamed by then. */
static bool
has_same_columns(const struct copy *c)
{
    if (c->w->old->columns.count != c->target->columns.count)
        return false;
    VEC_EACH (i, &c->target->columns)
        if (map_get(&c->w->old_columns, c->target->columns.items[i]->name)
            != c->w->old->columns.items[i])
            return false;
    return true;
}

/*
 * A query that is true now and was not before: of the columns, where those changed; else
 * of the whole text, as the table that was there had other rules, so that its text,
 * whoever wrote it, was another one.  Before a data step the columns are there already.
 */
static struct slice
is_rebuilt_query(const struct copy *c)
{
    struct arena *a = &c->x->s->arena;

    return c->x->r->has_data_step || has_same_columns(c)
               ? text_query(a, c->target)
               : columns_query(a, c->target);
}

static void
finish(const struct copy *c, struct action *a)
{
    struct slice named =
        slice_format(&c->x->s->arena, NEW_PREFIX "%.*s", SLICE_ARG(c->w->new->name));

    VEC_PUSH(&c->x->s->arena, &a->sql,
             lite_create_table(&c->x->s->arena, c->target, named));
    copy_rows(c, a);
    carry_counter(c, a);
    guard_count(c, a);
    lite_sql(c->x->s, a, "DROP TABLE %.*s", SLICE_ARG(c->final));
    lite_sql(c->x->s, a, "ALTER TABLE %.*s RENAME TO %.*s", SLICE_ARG(c->temporary),
             SLICE_ARG(c->final));
    a->rewrites = true;
    a->scans = true;
    a->postcondition = is_rebuilt_query(c);
}

/* ---- the table as it is while a data step runs ---- */

static bool
is_added(const struct lite_work *w, const struct constraint *k)
{
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].kind == CHANGE_ADD_CONSTRAINT
            && slice_equal(w->changes.items[i].new.constraint->name, k->name))
            return true;
    return false;
}

static void
keep_common_constraints(const struct lite_work *w, struct table *t)
{
    size_t count = 0;

    VEC_EACH (i, &t->constraints) {
        struct constraint *k = t->constraints.items[i];

        if (!is_added(w, k))
            t->constraints.items[count++] = k;
        else if (k == t->primary_key)
            t->primary_key = NULL;
    }
    t->constraints.count = count;
}

/*
 * New columns may be NULL; those that stay keep their type until the end, and the table
 * with them whether it is STRICT.
 */
static void
loosen_columns(const struct lite_work *w, struct table *t)
{
    t->strict = w->old->strict;
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];
        const struct column *old = map_get(&w->old_columns, c->name);

        if (old == NULL && w->old->strict && !w->new->strict)
            c->type = lite_strict_type(&c->type);
        if (old == NULL && c->generated == NULL) {
            c->not_null = false;
        } else if (old != NULL) {
            c->not_null = c->not_null && old->not_null;
            c->type = old->type;
            c->has_type = old->has_type;
        }
        if (t->primary_key == NULL)
            c->identity = IDENTITY_NONE;
    }
}

static void
append_dropped(struct lite_alter *x, const struct lite_work *w, struct table *t)
{
    struct arena *a = &x->s->arena;

    VEC_EACH (i, &w->drops) {
        struct column *c = arena_copy(a, w->drops.items[i], sizeof *c);

        c->generated = lite_in_new_names(x, w, c->generated);
        c->not_null = false;
        c->identity = IDENTITY_NONE;
        c->number = t->columns.count;
        VEC_PUSH(a, &t->columns, c);
        map_put(&t->column_names, c->name, c);
    }
}

static const struct table *
grown_table(struct lite_alter *x, const struct lite_work *w)
{
    struct table *grown = table_copy(&x->s->arena, w->new);

    keep_common_constraints(w, grown);
    loosen_columns(w, grown);
    append_dropped(x, w, grown);
    return grown;
}

/* Is that what is declared already?  Then nothing is left to be done behind the step. */
static bool
grows_whole(struct lite_alter *x, const struct lite_work *w)
{
    struct arena *a = &x->s->arena;

    return (w->loosens || w->hides_rowid)
           && slice_equal(lite_renamed_table(a, grown_table(x, w)),
                          lite_renamed_table(a, w->new));
}

/* ---- the last, or only, rebuild ---- */

static void
add_losses(struct lite_alter *x, const struct lite_work *w, struct action *a)
{
    struct arena *arena = &x->s->arena;
    struct slice table = lite_quoted(arena, w->old->name);
    struct text loss;
    struct text stake;
    size_t count = 0;

    text_init(&loss, arena);
    text_init(&stake, arena);
    text_addf(&stake, "SELECT count(*) FROM %.*s WHERE ", SLICE_ARG(table));
    VEC_EACH (i, &w->drops) {
        const struct column *c = w->drops.items[i];
        struct slice name = lite_quoted(arena, c->name);

        if (c->generated != NULL || lite_parks(x, w->old, c, a))
            continue;
        text_addf(&loss, "%s%.*s.%.*s", count > 0 ? ", " : "", SLICE_ARG(w->old->name),
                  SLICE_ARG(c->name));
        text_addf(&stake, "%s%.*s IS NOT NULL", count++ > 0 ? " OR " : "",
                  SLICE_ARG(name));
    }
    if (count == 0)
        return;
    a->hazards |= HAZARD_DATA_LOSS;
    a->loss = slice_format(arena, "column%s %.*s", count > 1 ? "s" : "",
                           SLICE_ARG(text_slice(&loss)));
    a->stake = text_slice(&stake);
}

static void
explain(struct lite_alter *x, const struct lite_work *w, struct action *a)
{
    VEC_EACH (i, &w->changes)
        VEC_PUSH(&x->s->arena, &a->causes, w->changes.items[i]);
    VEC_EACH (i, &w->reasons.all) {
        const struct lite_obstacle_of *why = &w->reasons.all.items[i];
        const struct lite_refusal *refusal = lite_refusal(why->obstacle);

        lite_reason(x->s, a, "ALTER TABLE cannot %s (%.*s), so the table is rebuilt.",
                    refusal->what, SLICE_ARG(text_slice(&why->objects)));
        action_refuses(&x->s->arena, a, &refusal->in_place);
    }
}

static struct action *
rebuild_action(struct lite_alter *x, const struct lite_work *w, enum phase phase)
{
    return lite_action(x->s, x->out, phase, w->new->name, "rebuild table %.*s",
                       SLICE_ARG(w->new->name));
}

void
lite_rebuild(struct lite_alter *x, const struct lite_work *w)
{
    struct copy c;
    struct action *a;

    if (grows_whole(x, w))
        return;
    c = begin_copy(x, w, w->new);
    a = rebuild_action(x, w, PHASE_TIGHTEN);
    VEC_EACH (i, &w->new->columns)
        add_column(&c, w->new->columns.items[i],
                   lite_final_source(x, w, w->new->columns.items[i]));
    lite_add_checks(x, w, a);
    finish(&c, a);
    add_losses(x, w, a);
    explain(x, w, a);
}

/* ---- before a data step: the first of two, or all there is to do ---- */

static void
copy_grown(struct lite_alter *x, const struct lite_work *w, const struct table *grown,
           struct action *a)
{
    struct copy c = begin_copy(x, w, grown);

    VEC_EACH (i, &grown->columns) {
        const struct column *column = grown->columns.items[i];
        bool is_there = map_has(&w->old_columns, column->name)
                        || table_find_column(w->new, column->name) == NULL;

        add_column(&c, column,
                   is_there ? lite_column(&x->s->arena, column->name) : NULL);
    }
    finish(&c, a);
}

static void
make_room(struct lite_alter *x, const struct lite_work *w)
{
    struct arena *arena = &x->s->arena;
    struct action *a = lite_action(x->s, x->out, PHASE_GROW, w->new->name,
                                   "make room in table %.*s", SLICE_ARG(w->new->name));

    copy_grown(x, w, grown_table(x, w), a);
    lite_reason(x->s, a, "%s",
                w->loosens ? "The data step may write what the old rules of the table "
                             "forbid, so they go before it and the new ones come after "
                             "it."
                           : "The data step may write a column with a name of the rowid, "
                             "which comes by a rebuild only.");
    action_refuses(arena, a,
                   &(struct refusal){ "one rebuild behind the data step",
                                      w->loosens ? "the data step fails at the old rules"
                                                 : "the data step lacks the column" });
    VEC_EACH (i, &w->changes)
        action_makes_way(arena, a, &w->changes.items[i]);
}

void
lite_grow(struct lite_alter *x, const struct lite_work *w)
{
    struct action *a;

    if (!grows_whole(x, w)) {
        make_room(x, w);
        return;
    }
    a = rebuild_action(x, w, PHASE_GROW);
    copy_grown(x, w, w->new, a);
    explain(x, w, a);
}
