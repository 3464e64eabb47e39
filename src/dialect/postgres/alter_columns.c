/*
 * Columns: added, dropped, and changed in one respect each.
 *
 * A column that takes its values from @from, or from a data step, is added without NOT
 * NULL, filled, and only then tightened.
 */
#include "dialect/postgres/alter.h"

void
alter_begin_column(struct alter *a, struct postgres_statement *st, const struct change *c,
                   const char *words)
{
    postgres_begin_alter(a->s, st, c->new.table, "ALTER COLUMN");
    sqlw_ident(&st->w, c->new.column->name);
    sqlw_kw(&st->w, words);
}

void
alter_column_words(struct alter *a, struct action *to, const struct change *c,
                   const char *words)
{
    struct postgres_statement st;

    alter_begin_column(a, &st, c, words);
    alter_sql(a, to, postgres_end(&st));
}

struct slice
alter_member_title(struct alter *a, const char *verb, const struct table *t,
                   const struct column *c)
{
    return slice_format(&a->s->arena, "%s %.*s.%.*s", verb, SLICE_ARG(t->name),
                        SLICE_ARG(c->name));
}

/* What is said of it on the way that is gone; `newer`: the version that says it. */
static const struct expr *
said_of(const struct alter *a, const struct column *newer)
{
    return a->r->down ? newer->back : newer->from;
}

/* A table that comes to a parent, or leaves it, in the version that makes other values:
 * they are its own, but the parent says how. */
static const struct expr *
said_by_parent(const struct alter *a, const struct catalog *newer, const struct table *t,
               const struct column *c)
{
    const struct expr *said = said_of(a, c);

    for (size_t i = 0; said == NULL && c->inherited && i < t->parents.all.count; i++) {
        const struct relation_name *name = &t->parents.all.items[i];
        const struct table *parent = catalog_find_table(newer, name->schema, name->name);
        const struct column *of =
            parent == NULL ? NULL : table_find_column(parent, c->name);

        if (of != NULL)
            said = said_by_parent(a, newer, parent, of);
    }
    return said;
}

const struct expr *
alter_declared_value(const struct alter *a, const struct change *c)
{
    const struct change_side *side = a->r->down ? &c->old : &c->new;
    const struct column *newer = side->column;

    if (newer == NULL)
        newer = table_find_gone(c->old.table, c->new.column->name);
    if (newer == NULL)
        return NULL;
    return alter_changes_parents(a, side->table)
               ? said_by_parent(a, a->r->down ? a->r->from : a->r->to, side->table, newer)
               : said_of(a, newer);
}

/* ---- added ---- */

static bool
has_value_at_once(struct alter *a, const struct column *c)
{
    return alter_fills_itself(a, c) || c->generated != NULL
           || c->identity != IDENTITY_NONE;
}

static void
require_empty(struct alter *a, struct action *to, const struct change *c)
{
    struct slice name = alter_name(a, c->old.table->schema, c->old.table->name);

    alter_require(
        a, to,
        slice_format(&a->s->arena, "%.*s has rows and %.*s no value for them",
                     SLICE_ARG(c->old.table->name), SLICE_ARG(c->new.column->name)),
        slice_format(&a->s->arena, "SELECT %.*s FROM %.*s",
                     SLICE_ARG(alter_sample(a, c->old.table)), SLICE_ARG(name)));
    alter_reason(a, to,
                 "The column is NOT NULL and has neither a default nor @from, so this "
                 "works on an empty table only.");
}

static void
add_not_null(struct alter *a, const struct change *c)
{
    struct action *to;

    if (online_set_not_null(a, c))
        return;
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    to->title = alter_member_title(a, "require", c->new.table, c->new.column);
    to->scans = true;
    alter_column_words(a, to, c, "SET NOT NULL");
    alter_reason(a, to, "The rows have their values by now.");
}

static void
add_fill(struct alter *a, const struct change *c, const struct expr *value,
         bool only_nulls)
{
    struct action *to = alter_action(a, PHASE_FILL, 0, c);

    to->title = alter_member_title(a, "fill", c->new.table, c->new.column);
    to->lock = "ROW EXCLUSIVE";
    /* In batches only what is NULL is filled. */
    if ((value->kind == EXPR_VERBATIM && has_value_at_once(a, c->new.column))
        || !online_fill(a, to, c, value))
        alter_fill(a, to, c->old.table, c->new.table, c->new.column, value, only_nulls);
    if (value->kind == EXPR_VERBATIM)
        alter_reason(a, to, "Its values were kept when the column went.");
    else
        alter_reason(a, to,
                     a->r->down ? "Its values are computed as @back says."
                                : "Its values are computed as @from says.");
}

/* The server changes no type while a generated column reads it, and makes no such column
 * anew: one that comes waits until it is changed, one that goes is gone by then. */
static bool
reads_retyped(const struct alter *a, const struct change *c, bool is_new)
{
    const struct column *reader = is_new ? c->new.column : c->old.column;
    const struct change_list *changes = map_get(&a->disturbed, c->old.table->name);

    if (reader->generated == NULL || changes == NULL)
        return false;
    VEC_EACH (i, &changes->all) {
        const struct change *other = changes->all.items[i];
        const struct column *read = is_new ? other->new.column : other->old.column;

        if (other->old.table == c->old.table
            && (!is_new || other->kind != CHANGE_COLUMN_GENERATED)
            && expr_mentions_column(reader->generated, read->name))
            return true;
    }
    return false;
}

/* A column that comes, too, is there first.  False: all that it reads is. */
static bool
reads_later_one(const struct alter *a, const struct change *c, bool *is_filled)
{
    bool found = false;

    *is_filled = false;
    for (size_t i = 0; c->new.column->generated != NULL && i < a->r->changes->all.count;
         i++) {
        const struct change *other = &a->r->changes->all.items[i];

        if (other->kind != CHANGE_ADD_COLUMN || other->new.table != c->new.table
            || !expr_mentions_column(c->new.column->generated, other->new.column->name))
            continue;
        found = found || other->new.column->number > c->new.column->number;
        *is_filled = *is_filled || alter_gets_kept_value(a, other)
                     || alter_declared_value(a, other) != NULL || a->r->has_data_step;
    }
    return found;
}

/* What is computed of what the rows get later may be NULL until then. */
static struct action *
adding(struct alter *a, const struct change *c)
{
    bool is_filled;
    bool is_second = reads_later_one(a, c, &is_filled);

    if (reads_retyped(a, c, true)
        || (is_filled && c->new.column->not_null))
        return alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    return alter_action(a, PHASE_GROW, alter_columns_order(a) + (is_second ? 1 : 0), c);
}

/* Why the rows are written, or why a default does not have them written. */
static void
explain_adding(struct alter *a, struct action *to, const struct column *c)
{
    if (c->generated != NULL || c->identity != IDENTITY_NONE)
        return;
    if (alter_domain_asks_rows(a, c))
        alter_reason(a, to,
                     "The domain has conditions, so that PostgreSQL writes every row to "
                     "ask them; a column of the type below it would be added at once.");
    else if (alter_default_varies(a, c))
        alter_reason(a, to,
                     "Each row gets its own default, so every row is written; a default "
                     "that is the same for all is kept once, in the catalog.");
}

static struct action *
add_plain(struct alter *a, const struct change *c, bool not_null)
{
    const struct column *col = c->new.column;
    struct action *to = adding(a, c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "ADD COLUMN");
    postgres_write_column(&st.w, col, not_null);
    alter_sql(a, to, postgres_end(&st));
    to->rewrites = alter_adding_rewrites(a, col);
    explain_adding(a, to, col);
    if (col->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, col, NULL, col->comment));
    return to;
}

static void
add_column(struct alter *a, const struct change *c)
{
    const struct column *col = c->new.column;
    bool is_kept = alter_gets_kept_value(a, c);
    const struct expr *value =
        is_kept ? alter_kept_value(a, c) : alter_declared_value(a, c);
    bool later = col->not_null && !has_value_at_once(a, col)
                 && (value != NULL || a->r->has_data_step);
    size_t first = a->out->all.count;
    struct action *to;

    if (alter_refuse_late(a, c, col->default_value)
        || alter_refuse_late(a, c, col->generated))
        return;
    if (value == NULL
        && (online_add_counting(a, c)
            || (alter_default_varies(a, col) && online_add_column(a, c))))
        return;
    if (value != NULL && !is_kept && online_add_unfilled(a, c, value)) {
        alter_require_values(a, a->out->all.items[first], c, false);
        add_fill(a, c, value, false);
        if (col->not_null)
            add_not_null(a, c);
        return;
    }
    to = add_plain(a, c, col->not_null && !later);
    if (!is_kept)
        alter_require_values(a, to, c, false);
    if (col->not_null && !later && !has_value_at_once(a, col))
        require_empty(a, to, c);
    if (is_kept && later && !a->r->has_data_step)
        alter_require_kept(a, to, c);
    if (a->r->down && !is_kept && !a->r->has_data_step)
        alter_reason(a, to,
                     "Its values were dropped on the way here and cannot be "
                     "restored.");
    if (value != NULL)
        add_fill(a, c, value, false);
    if (later)
        add_not_null(a, c);
}

/* ---- dropped ---- */

bool
alter_is_child_of(const struct table *t, const struct table *parent)
{
    VEC_EACH (i, &t->parents.all)
        if (slice_equal(t->parents.all.items[i].name, parent->name)
            && t->parents.all.items[i].schema.len == parent->schema.len
            && (parent->schema.len == 0
                || slice_equal(t->parents.all.items[i].schema, parent->schema)))
            return true;
    return false;
}

/* A child that has the column by itself from now on keeps its values. */
static bool
is_kept_by_child(const struct alter *a, const struct table *parent,
                 const struct column *column)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];
        const struct table *old;
        const struct column *own;
        const struct column *was;

        if (!alter_is_child_of(t, parent))
            continue;
        old = diff_old_table(a->r->changes, t);
        own = table_find_column(t, column->name);
        was = old == NULL || own == NULL ? NULL : diff_old_column(old, t, own);
        if (was != NULL && was->inherited && !own->inherited)
            return true;
    }
    return false;
}

/*
 * With `only`, the children's columns become their own: those that go are dropped one by
 * one.  A child of a child is reached by the same road.
 */
static void
drop_text(struct alter *a, struct action *to, const struct table *t, struct slice column,
          bool only)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, only ? "ALTER TABLE ONLY" : "ALTER TABLE");
    sqlw_qualified(&st.w, t->schema, t->name);
    sqlw_kw(&st.w, "DROP COLUMN");
    sqlw_ident(&st.w, column);
    alter_sql(a, to, postgres_end(&st));
    for (size_t i = 0; only && i < a->r->to->tables.count; i++) {
        const struct table *child = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, child);

        const struct column *was = old == NULL ? NULL : table_find_column(old, column);

        if (was != NULL && alter_is_child_of(child, t)
            && table_find_column(child, column) == NULL)
            drop_text(a, to, child, column, is_kept_by_child(a, child, was));
    }
}

/* Before tables.  A generated column goes before those that it is computed from. */
static void
drop_column(struct alter *a, const struct change *c)
{
    bool generated = c->old.column->generated != NULL;
    struct action *to = reads_retyped(a, c, false)
                            ? alter_action(a, PHASE_TIGHTEN, TIGHTEN_NUMBERS, c)
                            : alter_action(a, PHASE_SHRINK, generated ? 0 : 1, c);
    struct slice table = alter_name(a, c->old.table->schema, c->old.table->name);
    struct slice column = alter_ident(a, c->old.column->name);

    drop_text(a, to, c->new.table, c->old.column->name,
              a->has_parents && is_kept_by_child(a, c->new.table, c->old.column));
    if (generated || online_is_left_over(a, c->old.table, c->old.column)
        || alter_parks(a, c->old.table, c->old.column, to))
        return;
    alter_loses(to, alter_member_title(a, "column", c->old.table, c->old.column),
                slice_format(&a->s->arena,
                             "SELECT count(*) FROM %.*s WHERE %.*s IS NOT NULL",
                             SLICE_ARG(table), SLICE_ARG(column)));
}

/* ---- NOT NULL, defaults ---- */

static void
require_no_nulls(struct alter *a, struct action *to, const struct change *c)
{
    struct slice table = alter_name(a, c->old.table->schema, c->old.table->name);
    struct slice column = alter_ident(a, c->old.column->name);

    alter_require(a, to,
                  slice_format(&a->s->arena, "%.*s.%.*s holds NULL",
                               SLICE_ARG(c->old.table->name),
                               SLICE_ARG(c->old.column->name)),
                  slice_format(&a->s->arena, "SELECT %.*s FROM %.*s WHERE %.*s %s",
                               SLICE_ARG(alter_sample(a, c->old.table)), SLICE_ARG(table),
                               SLICE_ARG(column),
                               alter_null_words(a, &c->new.column->type)));
}

static void
tighten_null(struct alter *a, const struct change *c)
{
    const struct expr *value = alter_declared_value(a, c);
    bool retyped = !type_equal(&c->old.column->type, &c->new.column->type);
    size_t first = a->out->all.count;

    if (!online_set_not_null(a, c)) {
        struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);

        to->scans = true;
        alter_column_words(a, to, c, "SET NOT NULL");
    }
    if (value == NULL && !a->r->has_data_step)
        require_no_nulls(a, a->out->all.items[first], c);
    else if (!retyped)
        alter_require_values(a, a->out->all.items[first], c, true);
    if (value != NULL && !retyped)
        add_fill(a, c, value, true);
}

static void
change_nullability(struct alter *a, const struct change *c)
{
    bool identity = c->old.column->identity != IDENTITY_NONE;
    struct action *to;

    if (online_goes_on_counting(a, c))
        return;
    if (c->new.column->not_null) {
        tighten_null(a, c);
        return;
    }
    to = identity ? alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c)
                  : alter_action(a, PHASE_GROW, alter_columns_order(a) + 1, c);
    alter_column_words(a, to, c, "DROP NOT NULL");
}

void
alter_write_default(struct sqlw *w, const struct column *c)
{
    if (c->default_value == NULL) {
        sqlw_kw(w, c->null_default ? "SET DEFAULT NULL" : "DROP DEFAULT");
        return;
    }
    sqlw_kw(w, "SET");
    postgres_write_default(w, c);
}

void
alter_set_default(struct alter *a, struct action *to, const struct change *c)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "ALTER COLUMN");
    sqlw_ident(&st.w, c->new.column->name);
    alter_write_default(&st.w, c->new.column);
    alter_sql(a, to, postgres_end(&st));
}

static void
change_default(struct alter *a, const struct change *c)
{
    bool retyped = !type_equal(&c->old.column->type, &c->new.column->type);
    struct action *to;

    if (online_goes_on_counting(a, c))
        return;
    if (alter_calls_late(a, c->new.column->default_value)) {
        alter_set_default(a, alter_late_action(a, c), c);
        return;
    }
    if (retyped && !alter_keeps_kind(c)
        && (c->new.column->default_value != NULL || c->old.column->default_value != NULL))
        return; /* change_type says it */
    to = retyped || c->new.column->type.kind == TYPE_NAMED
             ? alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c)
             : alter_action(a, PHASE_GROW, alter_columns_order(a) + 1, c);
    alter_set_default(a, to, c);
}

/* ---- generated columns ---- */

/* As ADD COLUMN leaves it: with the settings, grants and comment that it had. */
static void
restore_settings(struct alter *a, struct action *to, const struct change *c)
{
    const struct column *col = c->new.column;
    struct column bare = *col;
    struct change settings = *c;

    bare.storage = bare.compression = bare.options = SLICE_NONE;
    bare.has_statistics = false;
    settings.old.column = &bare;
    alter_loses_grants(a, c, "table", c->new.table->schema, c->new.table->name,
                       SLICE_NONE);
    if (col->storage.len + col->compression.len + col->options.len > 0
        || col->has_statistics)
        alter_column_storage(a, &settings);
    if (col->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, col, NULL, col->comment));
}

static void
drop_generated(struct alter *a, struct action *to, const struct change *c)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "DROP COLUMN");
    sqlw_ident(&st.w, c->new.column->name);
    alter_sql(a, to, postgres_end(&st));
}

/* Before the type of what it reads changes; what stands on it goes and comes by changes
 * of its own (alter_follow.c). */
static void
drop_generated_first(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_NUMBERS, c);

    to->title = alter_member_title(a, "drop generated column", c->old.table,
                                   c->old.column);
    drop_generated(a, to, c);
    alter_reason(a, to,
                 "PostgreSQL changes no type of a column that a generated column reads: "
                 "it comes again, as the last one, and is computed anew.");
}

/* The server cannot give a column another expression; its values are computed anyway. */
static void
remake_generated(struct alter *a, const struct change *c)
{
    bool is_first = reads_retyped(a, c, false);
    struct action *to;
    struct postgres_statement st;

    if (is_first)
        drop_generated_first(a, c);
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    if (!is_first)
        drop_generated(a, to, c);
    postgres_begin_alter(a->s, &st, c->new.table, "ADD COLUMN");
    postgres_write_column(&st.w, c->new.column, c->new.column->not_null);
    alter_sql(a, to, postgres_end(&st));
    restore_settings(a, to, c);
    to->rewrites = true;
    if (is_first)
        to->title = alter_member_title(a, "add generated column", c->new.table,
                                       c->new.column);
    else
        alter_reason(a, to,
                     "PostgreSQL 15 cannot change the expression of a generated "
                     "column, so the column is made anew, as the last one.");
    if (c->old.column->generated == NULL)
        alter_loses(to, alter_member_title(a, "column", c->old.table, c->old.column),
                    SLICE_NONE);
}

static void
change_generated(struct alter *a, const struct change *c)
{
    struct action *to;

    if (c->new.column->generated != NULL) {
        remake_generated(a, c);
        return;
    }
    to = alter_action(a, PHASE_GROW, GROW_TABLES, c); /* new columns may read it */
    alter_column_words(a, to, c, "DROP EXPRESSION");
}

/* ---- all of them ---- */

static void
comment_column(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_RESTORE, 0, c);

    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to,
              postgres_comment_member(a->s, c->new.table, c->new.column, NULL,
                                      c->new.column->comment));
}

void
alter_columns(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_ADD_COLUMN)
        add_column(a, c);
    else if (c->kind == CHANGE_DROP_COLUMN)
        drop_column(a, c);
    else if (c->kind == CHANGE_COLUMN_NULLABILITY)
        change_nullability(a, c);
    else if (c->kind == CHANGE_COLUMN_DEFAULT)
        change_default(a, c);
    else if (c->kind == CHANGE_COLUMN_GENERATED)
        change_generated(a, c);
    else if (c->kind == CHANGE_COLUMN_COMMENT)
        comment_column(a, c);
}
