/*
 * Changes as actions: in place where ALTER TABLE can do it for that definition, else by
 * one rebuild of the table.
 *
 * Needs: both catalogs in SQLite's terms.  Leaves: actions whose phases and orders say
 * when they run.  With a data step a table grows first (new columns, fewer rules) and is
 * rebuilt behind it; without one a single rebuild does everything.
 */
#include "dialect/sqlite/alter.h"
#include "dialect/sqlite/comments.h"

#include <assert.h>
#include <string.h>

bool
lite_is_rebuilt(const struct lite_work *w)
{
    return w->reasons.all.count > 0;
}

/* ---- grouping ---- */

/* Comments are no part of a table in SQLite (comments.c). */
static bool
is_about_table(const struct change *c)
{
    return !lite_is_about_comment(c) && c->old.table != NULL && c->new.table != NULL
           && c->old.index == NULL && c->new.index == NULL;
}

static const struct change *
find_column_change(const struct lite_work *w, enum change_kind kind,
                   const struct column *c)
{
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].kind == kind && w->changes.items[i].new.column == c)
            return &w->changes.items[i];
    return NULL;
}

/* Which column it was, as the changes say: the differ has matched them. */
static void
find_columns(struct lite_alter *x, struct lite_work *w)
{
    map_init(&w->old_columns, &x->s->arena);
    map_init(&w->new_names, &x->s->arena);
    VEC_EACH (i, &w->new->columns) {
        const struct column *c = w->new->columns.items[i];
        const struct change *rename = find_column_change(w, CHANGE_RENAME_COLUMN, c);
        const struct column *old =
            rename != NULL ? rename->old.column : table_find_column(w->old, c->name);

        if (old == NULL || find_column_change(w, CHANGE_ADD_COLUMN, c) != NULL)
            continue;
        map_put(&w->old_columns, c->name, (void *)(uintptr_t)old);
        map_put(&w->new_names, old->name, (void *)(uintptr_t)c);
    }
}

static void
add_work(struct lite_alter *x, const struct table *old, const struct table *new)
{
    struct lite_work *w = ARENA_NEW(&x->s->arena, struct lite_work);

    w->old = old;
    w->new = new;
    map_put(&x->works, new->name, w);
    map_put(&x->old_works, old->name, w);
}

/* The old table of each new one that was renamed or created: NULL for created. */
static void
find_moved_tables(struct lite_alter *x, struct map *moved)
{
    map_init(moved, &x->s->arena);
    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];

        if (c->kind == CHANGE_RENAME_TABLE || c->kind == CHANGE_CREATE_TABLE)
            map_put(moved, c->new.table->name, (void *)(uintptr_t)c->old.table);
    }
}

/* One work per table that is on both sides, also where nothing changes: a new unique
 * index on it has rows to ask. */
static void
add_works(struct lite_alter *x)
{
    struct map moved;

    find_moved_tables(x, &moved);
    VEC_EACH (i, &x->r->to->tables) {
        const struct table *new = x->r->to->tables.items[i];
        const struct table *old =
            map_has(&moved, new->name)
                ? map_get(&moved, new->name)
                : catalog_find_table(x->r->from, SLICE_NONE, new->name);

        if (old != NULL)
            add_work(x, old, new);
    }
}

static void
group_change(struct lite_alter *x, const struct change *c)
{
    struct lite_work *w;

    if (!is_about_table(c))
        return;
    w = map_get(&x->works, c->new.table->name);
    assert(w != NULL);
    VEC_PUSH(&x->s->arena, &w->changes, *c);
    if (c->kind == CHANGE_ADD_COLUMN)
        VEC_PUSH(&x->s->arena, &w->adds, c->new.column);
    if (c->kind == CHANGE_DROP_COLUMN)
        VEC_PUSH(&x->s->arena, &w->drops, c->old.column);
}

/* ---- in place, or not ---- */

static void
add_reason(struct lite_alter *x, struct lite_work *w, enum lite_obstacle o,
           struct slice object)
{
    struct lite_obstacle_of one = { .obstacle = o };

    VEC_EACH (i, &w->reasons.all)
        if (w->reasons.all.items[i].obstacle == o) {
            text_addf(&w->reasons.all.items[i].objects, ", %.*s", SLICE_ARG(object));
            return;
        }
    text_init(&one.objects, &x->s->arena);
    text_add(&one.objects, object);
    VEC_PUSH(&x->s->arena, &w->reasons.all, one);
}

static bool
is_new_column(const struct lite_work *w, const struct column *c)
{
    return c != NULL && !map_has(&w->old_columns, c->name);
}

/* A constraint that is written on a column and comes with it. */
static bool
comes_with_column(const struct lite_work *w, const struct constraint *k)
{
    if (k->kind == CONSTRAINT_CHECK)
        return is_new_column(w, lite_only_column(w->new, k));
    return k->kind == CONSTRAINT_FOREIGN_KEY && k->keys.all.count == 1
           && is_new_column(w, table_find_column(w->new, k->keys.all.items[0].column));
}

static bool
goes_with_column(const struct lite_work *w, const struct constraint *k)
{
    const struct column *c = lite_only_column(w->old, k);

    return c != NULL && !map_has(&w->new_names, c->name)
           && lite_type_check(w->old, c) == k;
}

/* What ALTER TABLE cannot do at all; LITE_CAN: it depends, or nothing is to be done. */
static const enum lite_obstacle never[] = {
    [CHANGE_RENAME_CONSTRAINT] = LITE_RENAME_CONSTRAINT,
    [CHANGE_COLUMN_TYPE] = LITE_CHANGE_TYPE,
    [CHANGE_COLUMN_DEFAULT] = LITE_CHANGE_DEFAULT,
    [CHANGE_COLUMN_GENERATED] = LITE_CHANGE_GENERATED,
    [CHANGE_COLUMN_IDENTITY] = LITE_CHANGE_COUNTING,
    [CHANGE_COLUMN_COLLATION] = LITE_CHANGE_COLLATION,
    [CHANGE_TABLE_OPTIONS] = LITE_CHANGE_OPTIONS,
    [CHANGE_KIND_COUNT] = LITE_CAN,
};

#define DROP_COLUMN_SINCE 3035

static bool
lacks_drop_column(const struct session *s)
{
    int version = lite_runs_on(s);

    return version != 0 && version < DROP_COLUMN_SINCE;
}

/* Is nothing to be done for it, as the column brings it along? */
static bool
is_of_column(const struct lite_work *w, const struct change *c)
{
    if (c->kind == CHANGE_ADD_CONSTRAINT)
        return comes_with_column(w, c->new.constraint);
    return c->kind == CHANGE_DROP_CONSTRAINT && goes_with_column(w, c->old.constraint);
}

static void
find_rules(struct lite_alter *x, struct lite_work *w)
{
    VEC_EACH (i, &w->changes) {
        const struct change *c = &w->changes.items[i];

        if (lite_is_rule_change(c) && !is_of_column(w, c)
            && lite_cannot_change_rule(x, w, c) == LITE_CAN)
            VEC_PUSH(&x->s->arena, &w->rules, *c);
    }
}

static bool
is_changed_in_place(const struct lite_work *w, const struct constraint *k)
{
    VEC_EACH (i, &w->rules) {
        const struct change *c = &w->rules.items[i];

        if (c->old.constraint == k || c->new.constraint == k)
            return true;
    }
    return false;
}

/* The table as it is when its columns come and go: what is dropped in place went before,
 * and what is added in place comes behind. */
static const struct table *
without_rules(struct lite_alter *x, const struct lite_work *w, const struct table *t)
{
    struct table *bare = arena_copy(&x->s->arena, t, sizeof *t);

    memset(&bare->constraints, 0, sizeof bare->constraints);
    VEC_EACH (i, &t->constraints)
        if (!is_changed_in_place(w, t->constraints.items[i]))
            VEC_PUSH(&x->s->arena, &bare->constraints, t->constraints.items[i]);
    return bare;
}

/* Columns are added in their order: does one that is computed read a later new one? */
static bool
reads_later_column(const struct lite_work *w, const struct column *c)
{
    for (size_t i = c->number + 1; i < w->new->columns.count; i++) {
        struct slice name = w->new->columns.items[i]->name;

        if (!map_has(&w->old_columns, name) && expr_mentions_column(c->generated, name))
            return true;
    }
    return false;
}

static enum lite_obstacle
cannot_add(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    enum lite_obstacle o = lite_cannot_add(without_rules(x, w, w->new), c);

    if (lite_refuses_name(x, w->old, c->name))
        return LITE_ADD_ROWID; /* before the others: a data step has to know */
    if (o == LITE_CAN && c->generated != NULL && reads_later_column(w, c))
        return LITE_ADD_READER;
    return o;
}

static enum lite_obstacle
cannot_drop(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    if (lacks_drop_column(x->s))
        return LITE_DROP_OLD;
    if (lite_refuses_name(x, w->old, c->name))
        return LITE_DROP_ROWID;
    return lite_cannot_drop(without_rules(x, w, w->old), c);
}

static enum lite_obstacle
cannot(struct lite_alter *x, const struct lite_work *w, const struct change *c)
{
    if (c->kind == CHANGE_ADD_COLUMN)
        return cannot_add(x, w, c->new.column);
    if (c->kind == CHANGE_DROP_COLUMN)
        return cannot_drop(x, w, c->old.column);
    if (lite_is_rule_change(c))
        return is_of_column(w, c) ? LITE_CAN : lite_cannot_change_rule(x, w, c);
    return never[c->kind];
}

/* What the change is about, for the reason. */
static struct slice
object_of(const struct change *c)
{
    const struct change_side *side =
        c->new.column == NULL && c->new.constraint == NULL ? &c->old : &c->new;

    if (side->column != NULL)
        return side->column->name;
    return side->constraint != NULL ? side->constraint->name : side->table->name;
}

/*
 * Does the change take away a rule that the data step may have to break?  A check of a
 * type that is replaced because the type itself changes, or because NULL goes, does not.
 */
static bool
is_loosening(const struct lite_work *w, const struct change *c)
{
    const struct column *column;
    const struct column *new;

    if (c->kind == CHANGE_COLUMN_NULLABILITY)
        return !c->new.column->not_null;
    if (c->kind != CHANGE_DROP_CONSTRAINT || goes_with_column(w, c->old.constraint))
        return false;
    column = lite_only_column(w->old, c->old.constraint);
    if (column == NULL || lite_type_check(w->old, column) != c->old.constraint)
        return true;
    new = map_get(&w->new_names, column->name);
    return new == NULL
           || (type_equal(&column->type, &new->type)
               && column->not_null == new->not_null);
}

static void
decide(struct lite_alter *x, struct lite_work *w)
{
    bool has_step = x->r->has_data_step;

    find_rules(x, w);
    VEC_EACH (i, &w->changes) {
        enum lite_obstacle o = cannot(x, w, &w->changes.items[i]);

        if (o != LITE_CAN)
            add_reason(x, w, o, object_of(&w->changes.items[i]));
        w->loosens = w->loosens || (has_step && is_loosening(w, &w->changes.items[i]));
        w->hides_rowid = w->hides_rowid || (has_step && o == LITE_ADD_ROWID);
    }
    w->loosens = w->loosens && lite_is_rebuilt(w);
    w->fills = lite_needs_fill(x, w) && !(lite_is_rebuilt(w) && !x->r->has_data_step);
}

/* Does it change the shape of its table? */
static bool
parts_table(const struct lite_work *w, const struct change *c)
{
    return lite_is_rebuilt(w) || c->kind == CHANGE_RENAME_TABLE
           || c->kind == CHANGE_RENAME_COLUMN || c->kind == CHANGE_DROP_COLUMN;
}

void
lite_mark(struct lite_alter *x, struct map *marks, struct slice name,
          const struct change *c)
{
    change_list_add(&x->s->arena, marks, slice_lower(&x->s->arena, name), c);
}

static void
mark_table(struct lite_alter *x, const struct lite_work *w)
{
    VEC_EACH (i, &w->changes) {
        const struct change *c = &w->changes.items[i];

        if (parts_table(w, c)) {
            lite_mark(x, &x->parted, w->old->name, c);
            lite_mark(x, &x->parted, w->new->name, c);
        }
        if (w->fills && c->new.column != NULL && lite_fills_column(x, w, c->new.column))
            lite_mark(x, &x->filled, w->old->name, c);
    }
    if (w->fills)
        lite_mark(x, &x->filled, w->old->name, NULL);
}

/* A virtual table that is renamed, replaced or dropped. */
static bool
is_virtual_change(const struct change *c)
{
    return c->old.definition != NULL && !lite_is_about_comment(c)
           && c->old.definition->detail == DETAIL_VIRTUAL_TABLE;
}

static void
mark_tables(struct lite_alter *x)
{
    VEC_EACH (i, &x->works)
        mark_table(x, x->works.entries[i].value);
    VEC_EACH (i, &x->r->changes->all) {
        const struct change *c = &x->r->changes->all.items[i];

        if (c->kind == CHANGE_INITIAL_ROWS) {
            lite_mark(x, &x->filled, c->new.table->name, c);
        } else if (c->kind == CHANGE_DROP_TABLE) {
            lite_mark(x, &x->parted, c->old.table->name, c);
        } else if (is_virtual_change(c)) {
            lite_mark(x, &x->parted, c->old.definition->name, c);
            if (c->new.definition != NULL)
                lite_mark(x, &x->parted, c->new.definition->name, c);
        }
    }
}

/* ---- actions in place ---- */

static void
add_cause(struct lite_alter *x, struct action *a, const struct change *c)
{
    VEC_PUSH(&x->s->arena, &a->causes, *c);
}

static struct slice
has_column_query(struct arena *a, const struct table *t, struct slice column, int count)
{
    return slice_format(a,
                        "SELECT count(*) = %d FROM pragma_table_xinfo(%.*s) WHERE name = "
                        "%.*s COLLATE NOCASE",
                        count, SLICE_ARG(lite_expr_text(a, lite_string(a, t->name))),
                        SLICE_ARG(lite_expr_text(a, lite_string(a, column))));
}

/* Name, type and a constant default: what a data step can write to.  A table that is
 * STRICT until it is rebuilt knows five types. */
static struct slice
loose_definition(struct arena *a, const struct lite_work *w, const struct column *c)
{
    struct table bare = *w->new;
    struct column loose = *c;

    bare.constraints.count = 0;
    bare.primary_key = NULL;
    loose.not_null = false;
    if (w->old->strict && !w->new->strict)
        loose.type = lite_strict_type(&c->type);
    if (loose.default_value != NULL && !expr_is_constant(loose.default_value))
        loose.default_value = NULL;
    return lite_column_definition(a, &bare, &loose);
}

static void
add_column(struct lite_alter *x, const struct lite_work *w, const struct change *c)
{
    struct arena *arena = &x->s->arena;
    const struct column *column = c->new.column;
    struct slice definition;
    struct action *a;

    if (lite_is_rebuilt(w) && (!x->r->has_data_step || column->generated != NULL))
        return;
    definition = lite_is_rebuilt(w) ? loose_definition(arena, w, column)
                                    : lite_column_definition(arena, w->new, column);
    a = lite_action(x->s, x->out, PHASE_GROW, w->new->name, "add column %.*s.%.*s",
                    SLICE_ARG(w->new->name), SLICE_ARG(column->name));
    lite_sql(x->s, a, "ALTER TABLE %.*s ADD COLUMN %.*s",
             SLICE_ARG(lite_quoted(arena, w->new->name)), SLICE_ARG(definition));
    a->postcondition = has_column_query(arena, w->new, column->name, 1);
    a->scans = !lite_is_rebuilt(w) && lite_type_check(w->new, column) != NULL;
    if (!lite_is_rebuilt(w))
        action_refuses(arena, a, &lite_rebuilding);
    add_cause(x, a, c);
}

static void
drop_column(struct lite_alter *x, const struct lite_work *w, const struct change *c)
{
    struct arena *arena = &x->s->arena;
    const struct column *column = c->old.column;
    struct slice name = lite_quoted(arena, column->name);
    struct action *a =
        lite_action(x->s, x->out, PHASE_SHRINK, w->new->name, "drop column %.*s.%.*s",
                    SLICE_ARG(w->new->name), SLICE_ARG(column->name));

    lite_sql(x->s, a, "ALTER TABLE %.*s DROP COLUMN %.*s",
             SLICE_ARG(lite_quoted(arena, w->new->name)), SLICE_ARG(name));
    a->postcondition = has_column_query(arena, w->new, column->name, 0);
    a->rewrites = column->generated == NULL || column->generated_stored;
    action_refuses(arena, a, &lite_rebuilding);
    add_cause(x, a, c);
    if (column->generated != NULL || lite_parks(x, w->old, column, a))
        return;
    a->hazards = HAZARD_DATA_LOSS;
    a->loss = slice_format(arena, "column %.*s.%.*s", SLICE_ARG(w->old->name),
                           SLICE_ARG(column->name));
    a->stake = slice_format(arena, "SELECT count(%.*s) FROM %.*s", SLICE_ARG(name),
                            SLICE_ARG(lite_quoted(arena, w->old->name)));
}

/* ---- one table ---- */

static void
grow_table(struct lite_alter *x, const struct lite_work *w)
{
    if (w->loosens || w->hides_rowid) {
        lite_grow(x, w);
        return;
    }
    if (!lite_is_rebuilt(w))
        lite_change_rules(x, w, PHASE_GROW);
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].kind == CHANGE_ADD_COLUMN)
            add_column(x, w, &w->changes.items[i]);
}

static void
shrink_table(struct lite_alter *x, const struct lite_work *w)
{
    if (lite_is_rebuilt(w)) {
        lite_rebuild(x, w);
        return;
    }
    lite_change_rules(x, w, PHASE_TIGHTEN);
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].kind == CHANGE_DROP_COLUMN)
            drop_column(x, w, &w->changes.items[i]);
}

/* ---- the rest ---- */

static void
create_tables(struct lite_alter *x)
{
    const struct table **sorted =
        ARENA_ARRAY(&x->s->arena, const struct table *, x->r->to->tables.count + 1);

    lite_sort_tables(&x->s->arena, x->r->to, sorted);
    VEC_EACH (i, &x->r->to->tables)
        if (!map_has(&x->works, sorted[i]->name)) {
            struct action *a = lite_make_table(x->s, x->out, sorted[i]);

            add_cause(x, a,
                      &(struct change){ .kind = CHANGE_CREATE_TABLE,
                                        .new = { .table = sorted[i] } });
        }
}

/* Children first, as if foreign keys were on. */
static void
drop_tables(struct lite_alter *x)
{
    size_t count = x->r->from->tables.count;
    const struct table **sorted =
        ARENA_ARRAY(&x->s->arena, const struct table *, count + 1);

    lite_sort_tables(&x->s->arena, x->r->from, sorted);
    for (size_t i = count; i-- > 0;)
        if (!map_has(&x->old_works, sorted[i]->name)) {
            struct action *a = lite_drop_table(x->s, x->out, sorted[i]);

            lite_drops_parked(x, sorted[i], a);
            add_cause(x, a,
                      &(struct change){ .kind = CHANGE_DROP_TABLE,
                                        .old = { .table = sorted[i] } });
        }
}

/* Virtual tables: all there is to do is to drop and to create. */
static void
change_definition(struct lite_alter *x, const struct change *c)
{
    if (c->kind == CHANGE_RENAME_DEFINITION || lite_is_about_comment(c))
        return; /* lite_rename_tables, lite_change_comments */
    if (c->old.definition != NULL && !lite_is_trigger(c->old.definition)) {
        struct action *a = lite_drop_definition(x->s, x->out, c->old.definition);

        if (c->new.definition != NULL)
            a->phase = PHASE_CLEAR;
        add_cause(x, a, c);
    }
    if (c->new.definition != NULL && !lite_is_trigger(c->new.definition))
        add_cause(x, lite_make_definition(x->s, x->out, c->new.definition), c);
}

/*
 * Rows go in as soon as their columns are there, so that a data step finds them; where a
 * single rebuild brings the columns, behind it.
 */
static void
insert_rows(struct lite_alter *x, const struct change *c)
{
    const struct initial_rows *rows = c->new.rows;
    const struct lite_work *w = map_get(&x->works, rows->table->name);
    bool late = w != NULL && lite_is_rebuilt(w) && !x->r->has_data_step;
    struct action *a =
        lite_action(x->s, x->out, late ? PHASE_TIGHTEN : PHASE_FILL, rows->table->name,
                    "insert initial rows of %.*s", SLICE_ARG(rows->table->name));

    VEC_EACH (i, &rows->rows)
        VEC_PUSH(&x->s->arena, &a->sql, lite_insert_row(x->s, rows, i));
    add_cause(x, a, c);
}

static void
emit(struct lite_alter *x)
{
    lite_clear_dependents(x);
    lite_rename_tables(x);
    VEC_EACH (i, &x->works)
        lite_rename_columns(x, x->works.entries[i].value);
    create_tables(x);
    VEC_EACH (i, &x->works)
        grow_table(x, x->works.entries[i].value);
    VEC_EACH (i, &x->works) {
        const struct lite_work *w = x->works.entries[i].value;

        if (w->fills)
            lite_fill_columns(x, w);
    }
    VEC_EACH (i, &x->works)
        shrink_table(x, x->works.entries[i].value);
    VEC_EACH (i, &x->r->changes->all) {
        change_definition(x, &x->r->changes->all.items[i]);
        if (x->r->changes->all.items[i].new.rows != NULL
            && !lite_brings_back(x, x->r->changes->all.items[i].new.rows->table))
            insert_rows(x, &x->r->changes->all.items[i]);
    }
    drop_tables(x);
    lite_restore_dependents(x);
    lite_change_comments(x->s, x->r->from, x->r->to, x->r->changes, x->out);
    lite_keep_end(x);
}

bool
lite_alter(struct session *s, const struct alter_request *request, struct actions *out)
{
    struct lite_alter x = { .s = s, .r = request, .out = out };
    bool ok = true;

    map_init(&x.works, &s->arena);
    map_init(&x.old_works, &s->arena);
    map_init(&x.parted, &s->arena);
    map_init(&x.filled, &s->arena);
    lite_keep_begin(&x);
    add_works(&x);
    VEC_EACH (i, &request->changes->all)
        group_change(&x, &request->changes->all.items[i]);
    VEC_EACH (i, &x.works)
        find_columns(&x, x.works.entries[i].value);
    VEC_EACH (i, &x.works)
        ok = lite_check_sources(&x, x.works.entries[i].value) && ok;
    ok = lite_check_trigger_writes(&x) && ok;
    if (!ok)
        return false;
    VEC_EACH (i, &x.works)
        decide(&x, x.works.entries[i].value);
    mark_tables(&x);
    emit(&x);
    return true;
}
