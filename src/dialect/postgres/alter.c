/*
 * The short way to carry out changes, for a database that nobody uses meanwhile: plain
 * ALTER statements in one transaction.  This file holds which family carries out which
 * change, and what the families share; each has a file of its own (alter_*.c).
 *
 * Names: PHASE_CLEAR and everything that is asked beforehand uses the old names, every
 * later phase the new ones, because renames come first in PHASE_GROW.
 */
#include "dialect/postgres/alter.h"

#include <assert.h>

#define LOCK_ALL "ACCESS EXCLUSIVE"

/* ---- what the families share ---- */

size_t
alter_clear_order(const struct alter *a, bool is_foreign_key)
{
    return CLEAR_VIEWS + a->old_restores.count + (is_foreign_key ? 1 : 3);
}

size_t
alter_holder_order(const struct alter *a)
{
    return a->code_reads_views ? CLEAR_HOLDERS : alter_clear_order(a, false);
}

size_t
alter_restore_end(const struct alter *a)
{
    return a->new_restores.count;
}

size_t
alter_columns_order(const struct alter *a)
{
    return GROW_TABLES + a->r->to->tables.count + 1;
}

static const struct table *
table_of(const struct change *c)
{
    if (c->new.table != NULL)
        return c->new.table;
    if (c->new.index != NULL)
        return c->new.index->table;
    return c->old.index != NULL ? c->old.index->table : c->old.table;
}

bool
alter_was_there(const struct alter *a, const struct table *t)
{
    return diff_old_table(a->r->changes, t) != NULL;
}

struct action *
alter_action(struct alter *a, enum phase phase, size_t order, const struct change *cause)
{
    struct action *to = ARENA_NEW(&a->s->arena, struct action);
    const struct table *t = table_of(cause);

    to->phase = phase;
    to->order = order;
    to->title = change_title(&a->s->arena, cause);
    to->table = t == NULL ? SLICE_NONE : t->name;
    to->lock = LOCK_ALL;
    VEC_PUSH(&a->s->arena, &to->causes, *cause);
    VEC_PUSH(&a->s->arena, &a->out->all, to);
    return to;
}

void
alter_leave_out_if_empty(struct alter *a, const struct action *to)
{
    if (to->sql.count == 0 && a->out->all.items[a->out->all.count - 1] == to)
        a->out->all.count--;
}

void
alter_sql(struct alter *a, struct action *to, struct slice sql)
{
    VEC_PUSH(&a->s->arena, &to->sql, sql);
}

struct slice
alter_do(struct alter *a, struct slice body)
{
    return slice_format(&a->s->arena, "DO LANGUAGE plpgsql %.*s",
                        SLICE_ARG(postgres_code(a->s, body)));
}

void
alter_reason(struct alter *a, struct action *to, const char *sentence)
{
    VEC_PUSH(&a->s->arena, &to->reasons, slice_from(sentence));
}

void
alter_comes_back(struct alter *a, struct action *to)
{
    size_t verb = 0;

    while (verb < to->title.len && to->title.ptr[verb] != ' ')
        verb++;
    to->title = slice_format(&a->s->arena, "%s%.*s",
                             to->phase == PHASE_CLEAR ? "take down" : "put back",
                             SLICE_ARG(slice_sub(to->title, verb, to->title.len)));
}

struct slice
alter_sample(struct alter *a, const struct table *old)
{
    struct text out;

    text_init(&out, &a->s->arena);
    if (old->primary_key == NULL)
        return SLICE("*");
    VEC_EACH (i, &old->primary_key->keys.all)
        text_addf(&out, "%s%.*s", i == 0 ? "" : ", ",
                  SLICE_ARG(alter_ident(a, old->primary_key->keys.all.items[i].column)));
    return text_slice(&out);
}

void
alter_require(struct alter *a, struct action *to, struct slice title, struct slice query)
{
    VEC_PUSH(&a->s->arena, &to->preconditions, query);
    VEC_PUSH(&a->s->arena, &to->precondition_titles, title);
}

void
alter_loses(struct action *to, struct slice what, struct slice stake)
{
    to->hazards |= HAZARD_DATA_LOSS;
    to->loss = what;
    to->stake = stake;
}

void
alter_refuse(struct alter *a, const struct change *c, const char *why)
{
    struct slice title = change_title(&a->s->arena, c);

    diag_add(&a->s->diags, D_CHANGE_IMPOSSIBLE, change_span(c), "cannot %.*s: %s",
             SLICE_ARG(title), why);
    a->failed = true;
}

struct slice
alter_name(struct alter *a, struct slice schema, struct slice name)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_qualified(&st.w, schema, name);
    return postgres_end(&st);
}

struct slice
alter_ident(struct alter *a, struct slice name)
{
    return alter_name(a, SLICE_NONE, name);
}

/* ---- indexes, comments, rows ---- */

/* Where a new index goes: foreign keys may rely on it, new tables bring theirs along. */
static struct action *
index_action(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.index->table;
    struct action *to;

    if (late_calls_index(&a->late_names, c->new.index))
        return alter_late_action(a, c);
    if (!order_is_key_index(a->s, &a->new_order, c->new.index))
        return alter_action(a, PHASE_INDEX, order_of_index(c->new.index), c);
    if (diff_old_table(a->r->changes, t) != NULL)
        return alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    to = alter_action(a, PHASE_GROW, GROW_TABLES + order_of_table(a->s, &a->new_order, t),
                      c);
    to->table = catalog_key(&a->s->arena, t->name, c->new.index->name);
    return to;
}

void
alter_create_index_now(struct alter *a, struct action *to, const struct index *x)
{
    to->scans = !x->on_only;
    to->lock = "SHARE";
    alter_sql(a, to, postgres_create_index(a->s, x, false));
    postgres_add_index_settings(a->s, x, to);
    if (x->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment(a->s, "INDEX", x->table->schema, x->name, x->comment));
}

static void
create_index(struct alter *a, const struct change *c)
{
    if (!alter_comes_with_table(a, c->new.index) && !online_create_index(a, c)) {
        struct action *to = index_action(a, c);

        alter_create_index_now(a, to, c->new.index);
        alter_require_index_rows(a, to, c->new.index);
        online_tell_why_whole(a, to, c->new.index->table);
    }
    alter_choose_index(a, c);
}

/* By an index of another table, or a table, which cannot wait until this one is gone. */
static bool
is_name_wanted(const struct alter *a, const struct index *x)
{
    const struct index *made =
        map_get(&a->made_indexes, catalog_key(&a->s->arena, x->table->schema, x->name));

    return (made != NULL && diff_old_table(a->r->changes, made->table) != x->table)
           || alter_relation_takes_name(a, x->table->schema, x->name);
}

static void
drop_index(struct alter *a, const struct change *c)
{
    struct slice name = alter_name(a, c->old.index->table->schema, c->old.index->name);
    struct action *to;

    if (!is_name_wanted(a, c->old.index) && online_drop_index(a, c))
        return;
    to = alter_action(a, PHASE_CLEAR,
                      alter_index_is_held(a, c->old.index) ? alter_holder_order(a)
                                                           : alter_clear_order(a, false),
                      c);
    alter_sql(a, to, slice_format(&a->s->arena, "DROP INDEX %.*s", SLICE_ARG(name)));
}

static void
rename_index(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_MEMBERS, c);
    const struct index *x = c->new.index;
    struct slice old = alter_name(a, x->table->schema, c->old.index->name);
    struct slice new = alter_ident(a, x->name);

    to->lock = "SHARE UPDATE EXCLUSIVE";
    if (a->r->online && x->inherited /* it is that of a part which goes late */
        && map_has(&a->taken, catalog_key(&a->s->arena, x->table->schema, x->name)))
        online_settle(to, SETTLE_NAMES);
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER INDEX %.*s RENAME TO %.*s",
                           SLICE_ARG(old), SLICE_ARG(new)));
}

static struct slice
object_comment(struct alter *a, const struct change_side *n)
{
    if (n->constraint != NULL)
        return postgres_comment_member(a->s, n->table, NULL, n->constraint,
                                       n->constraint->comment);
    if (n->index != NULL)
        return postgres_comment(a->s, "INDEX", n->index->table->schema, n->index->name,
                                n->index->comment);
    if (n->definition != NULL)
        return postgres_comment_definition(a->s, n->definition);
    if (n->enum_type != NULL)
        return postgres_comment(a->s, "TYPE", n->enum_type->schema, n->enum_type->name,
                                n->enum_type->comment);
    return postgres_comment(a->s, n->view->materialized ? "MATERIALIZED VIEW" : "VIEW",
                            n->view->schema, n->view->name, n->view->comment);
}

static void
comment_object(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_RESTORE, alter_restore_end(a), c);

    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to, object_comment(a, &c->new));
}

static bool
are_keys_of(const struct initial_rows *rows, const struct index_keys *keys)
{
    if (keys->all.count != rows->key.all.count)
        return false;
    VEC_EACH (i, &keys->all)
        if (!slices_have(&rows->key, keys->all.items[i].column))
            return false;
    return true;
}

/* A table that was there gets a new key only behind the rows. */
static bool
key_stands(const struct alter *a, const struct initial_rows *rows)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_ADD_CONSTRAINT && c->new.table == rows->table
            && are_keys_of(rows, &c->new.constraint->keys))
            return false;
        if (c->kind == CHANGE_CREATE_INDEX && c->new.index->table == rows->table
            && are_keys_of(rows, &c->new.index->keys))
            return false;
    }
    return true;
}

static void
insert_rows(struct alter *a, const struct change *c)
{
    size_t order = 1 + order_of_table(a->s, &a->new_order, c->new.table);
    struct action *to;

    if (alter_brings_back(a, c->new.table) != NULL)
        return; /* those that were there when the table went */
    if (diff_old_table(a->r->changes, c->new.table) == NULL
        && alter_rows_before(a, c->new.table) != NULL)
        to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_ROWS, c);
    else
        to = alter_action(a, PHASE_FILL, order, c);
    to->lock = "ROW EXCLUSIVE";
    postgres_add_rows(a->s, c->new.rows, key_stands(a, c->new.rows), to);
}

void
alter_rest(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_CREATE_INDEX)
        create_index(a, c);
    else if (c->kind == CHANGE_DROP_INDEX)
        drop_index(a, c);
    else if (c->kind == CHANGE_RENAME_INDEX)
        rename_index(a, c);
    else if (c->kind == CHANGE_OBJECT_COMMENT)
        comment_object(a, c);
    else if (c->kind == CHANGE_INITIAL_ROWS)
        insert_rows(a, c);
}

/* ---- all of it ---- */

/* Which family carries a change out.  NULL: nothing is to be done (a note only), or
 * alter_views does it with all the others. */
typedef void alter_family(struct alter *a, const struct change *c);

static alter_family *const families[] = {
    [CHANGE_CREATE_TABLE] = alter_tables,
    [CHANGE_DROP_TABLE] = alter_tables,
    [CHANGE_RENAME_TABLE] = alter_tables,
    [CHANGE_TABLE_OPTIONS] = alter_tables,
    [CHANGE_TABLE_PARENTS] = alter_tables,
    [CHANGE_PARTITION_KEY] = NULL, /* another table: */
    [CHANGE_MOVE_ROWS] = alter_move_rows,
    [CHANGE_TABLE_COMMENT] = alter_tables,
    [CHANGE_APPEND_ONLY] = NULL, /* lowered to a trigger */
    [CHANGE_ADD_COLUMN] = alter_columns,
    [CHANGE_DROP_COLUMN] = alter_columns,
    [CHANGE_RENAME_COLUMN] = alter_tables,
    [CHANGE_COLUMN_TYPE] = alter_column_type,
    [CHANGE_COLUMN_NULLABILITY] = alter_columns,
    [CHANGE_COLUMN_DEFAULT] = alter_columns,
    [CHANGE_COLUMN_GENERATED] = alter_columns,
    [CHANGE_COLUMN_IDENTITY] = alter_column_identity,
    [CHANGE_COLUMN_COLLATION] = alter_column_collation,
    [CHANGE_COLUMN_STORAGE] = alter_column_storage,
    [CHANGE_COLUMN_COMMENT] = alter_columns,
    [CHANGE_COLUMN_TOUCH] = NULL, /* lowered to a trigger */
    [CHANGE_COLUMN_ORDER] = NULL, /* a note */
    [CHANGE_ADD_CONSTRAINT] = alter_constraints,
    [CHANGE_DROP_CONSTRAINT] = alter_constraints,
    [CHANGE_VALIDATE_CONSTRAINT] = alter_constraints,
    [CHANGE_RENAME_CONSTRAINT] = alter_constraints,
    [CHANGE_CREATE_INDEX] = alter_rest,
    [CHANGE_DROP_INDEX] = alter_rest,
    [CHANGE_INDEX_OPTIONS] = alter_index_options,
    [CHANGE_RENAME_INDEX] = alter_rest,
    [CHANGE_CREATE_VIEW] = NULL,
    [CHANGE_DROP_VIEW] = NULL,
    [CHANGE_REPLACE_VIEW] = NULL,
    [CHANGE_SET_ASIDE] = alter_set_aside,
    [CHANGE_CREATE_ENUM] = alter_enums,
    [CHANGE_DROP_ENUM] = alter_enums,
    [CHANGE_RENAME_ENUM] = alter_enums,
    [CHANGE_ENUM_VALUES] = alter_enums,
    [CHANGE_CREATE_DEFINITION] = alter_definitions,
    [CHANGE_DROP_DEFINITION] = alter_definitions,
    [CHANGE_REPLACE_DEFINITION] = alter_definitions,
    [CHANGE_RENAME_DEFINITION] = alter_definitions,
    [CHANGE_OBJECT_COMMENT] = alter_rest,
    [CHANGE_INITIAL_ROWS] = alter_rest,
};

static_assert(ARRAY_LEN(families) == CHANGE_KIND_COUNT, "every change has a family");

/* The name of an index that goes with its table is free before a new one takes it. */
static void
make_room_for_indexes(struct alter *a)
{
    struct arena *arena = &a->s->arena;
    struct map taken;

    map_init(&taken, arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct index *x = a->r->changes->all.items[i].new.index;

        if (a->r->changes->all.items[i].kind == CHANGE_CREATE_INDEX)
            map_put(&taken, catalog_key(arena, x->table->schema, x->name), NULL);
    }
    for (size_t i = 0; taken.count > 0 && i < a->r->from->indexes.count; i++) {
        const struct index *x = a->r->from->indexes.items[i];
        const struct table *t = x->table;
        struct slice name = alter_name(a, t->schema, x->name);
        struct change c = { .kind = CHANGE_DROP_INDEX, .old.index = x };

        if (x->inherited || !map_has(&taken, catalog_key(arena, t->schema, x->name))
            || !map_has(&a->dropped_tables, catalog_key(arena, t->schema, t->name)))
            continue;
        alter_sql(a, alter_action(a, PHASE_CLEAR, alter_clear_order(a, false), &c),
                  slice_format(arena, "DROP INDEX %.*s", SLICE_ARG(name)));
    }
}

bool
alter_changes_parents(const struct alter *a, const struct table *t)
{
    return map_has(&a->changed_parents, catalog_key(&a->s->arena, t->schema, t->name));
}

static void
note_changed_parents(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->changed_parents, arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct table *old = c->old.table;
        const struct table *new = c->new.table;

        if (c->kind != CHANGE_TABLE_PARENTS)
            continue;
        map_put(&a->changed_parents, catalog_key(arena, old->schema, old->name), NULL);
        map_put(&a->changed_parents, catalog_key(arena, new->schema, new->name), NULL);
    }
}

static void
note_tables(struct alter *a)
{
    map_init(&a->dropped_tables, &a->s->arena);
    map_init(&a->made_indexes, &a->s->arena);
    map_init(&a->added_constraints, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct index *x = c->new.index;

        if (c->kind == CHANGE_CREATE_INDEX)
            map_put(&a->made_indexes,
                    catalog_key(&a->s->arena, x->table->schema, x->name),
                    (void *)(uintptr_t)x);
        if (c->kind == CHANGE_ADD_CONSTRAINT)
            map_put(&a->added_constraints,
                    order_constraint_key(&a->s->arena, c->new.table, c->new.constraint),
                    NULL);
        if (c->kind == CHANGE_DROP_TABLE)
            map_put(&a->dropped_tables,
                    catalog_key(&a->s->arena, c->old.table->schema, c->old.table->name),
                    NULL);
    }
    VEC_EACH (i, &a->r->to->tables)
        a->has_parents |= a->r->to->tables.items[i]->parents.all.count > 0;
}

/* Names of indexes make room (alter_room.c). */
static bool
keeps_its_name(const struct constraint *c)
{
    return c->kind == CONSTRAINT_CHECK || c->kind == CONSTRAINT_FOREIGN_KEY;
}

static void
note_wanted_names(struct alter *a, struct map *out)
{
    map_init(out, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        for (size_t k = 0;
             c->kind == CHANGE_CREATE_TABLE && k < c->new.table->constraints.count; k++)
            map_put(out, c->new.table->constraints.items[k]->name, NULL);
    }
}

/* As long as the old tables are there, so are the names of their constraints. */
static void
note_taken_names(struct alter *a)
{
    struct map wanted;

    note_wanted_names(a, &wanted);
    for (size_t i = 0; wanted.count > 0 && i < a->r->from->tables.count; i++) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->constraints) {
            const struct constraint *c = t->constraints.items[k];

            if (keeps_its_name(c) && map_has(&wanted, c->name))
                map_put(&a->new_order.cut,
                        order_taken_key(&a->s->arena, t->schema, c->name), NULL);
        }
    }
}

/* A key to a new table that waits for one of these is added with the other keys. */
static void
add_cut_keys(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind != CHANGE_CREATE_TABLE)
            continue;
        VEC_EACH (k, &c->new.table->constraints) {
            const struct constraint *key = c->new.table->constraints.items[k];
            struct change add = { .kind = CHANGE_ADD_CONSTRAINT,
                                  .new = { .table = c->new.table, .constraint = key } };

            if (key->on_only
                || (constraint_is_written(c->new.table, key)
                    && map_has(&a->new_order.cut,
                               order_constraint_key(&a->s->arena, c->new.table, key))))
                alter_constraints(a, &add);
        }
    }
}

static void
ask_deferred(struct alter *a)
{
    struct alter_request r = *a->r;

    if (r.online) /* the data step has a transaction of its own */
        r.has_data_step = false;
    postgres_ask_deferred(a->s, &r, TIGHTEN_ASK, a->out);
}

static void
find_orders(struct alter *a, const struct alter_request *r)
{
    order_tables(a->s, r->from, &a->old_order);
    order_tables(a->s, r->to, &a->new_order);
    order_types(a->s, r->from, &a->old_types);
    order_types(a->s, r->to, &a->new_types);
    order_routines(a->s, r->from, &a->old_routines);
    order_routines(a->s, r->to, &a->new_routines);
    order_restores(a->s, r->from, &a->old_restores);
    order_restores(a->s, r->to, &a->new_restores);
}

bool
postgres_alter(struct session *s, const struct alter_request *request,
               struct actions *out)
{
    struct alter_request whole = *request;
    struct alter a = { .s = s, .r = &whole, .out = out, .in_use = request->online };

    whole.online = request->online && !request->remakes_tables;
    find_orders(&a, request);
    note_changed_parents(&a);
    alter_find_moves(&a);
    alter_find_referred(&a);
    alter_find_disturbed(&a);
    alter_find_holders(&a);
    alter_follow(&a, &whole);
    alter_find_disturbed(&a);
    alter_find_holders(&a); /* of what follows, too */
    alter_note_late(&a);
    alter_note_held_back(&a);
    map_init(&a.retyped, &s->arena);
    map_init(&a.bare, &s->arena);
    note_tables(&a);
    note_taken_names(&a);
    alter_clear_leftovers(&a);
    alter_keep_begin(&a);
    online_begin(&a);
    alter_find_names(&a);
    alter_refuse_rows_as_types(&a);
    alter_find_growing_parents(&a);
    alter_find_changed_keys(&a);
    alter_cut_keys_to_changed_tables(&a);
    alter_cut_keys_of_moved(&a);
    online_find_copies(&a);
    VEC_EACH (i, &whole.changes->all) {
        const struct change *c = &whole.changes->all.items[i];

        if (families[c->kind] != NULL)
            families[c->kind](&a, c);
    }
    add_cut_keys(&a);
    make_room_for_indexes(&a);
    alter_make_room(&a);
    alter_step_aside(&a);
    alter_free_holders(&a);
    online_copy_columns(&a);
    alter_foreign_keys_in_the_way(&a);
    alter_typed_tables(&a);
    alter_views(&a);
    alter_grants(&a);
    alter_keep_end(&a);
    alter_place_questions(&a);
    alter_merge_rewrites(&a);
    alter_analyze(&a);
    ask_deferred(&a);
    postgres_prove(s, out, true);
    postgres_weigh(&a);
    online_finish(&a);
    return !a.failed;
}
