/*
 * The short way to carry out changes, for a database that nobody uses meanwhile: plain
 * ALTER statements in one transaction.  This file holds what the families share, tables
 * and definitions; columns, constraints, types and views have files of their own.
 *
 * Names: PHASE_CLEAR and everything that is asked beforehand uses the old names, every
 * later phase the new ones, because renames come first in PHASE_GROW.
 */
#include "dialect/postgres/postgres.h"

#include <assert.h>

#include "model/naming.h"

#define LOCK_ALL "ACCESS EXCLUSIVE"

/* ---- what the families share ---- */

size_t
alter_clear_order(const struct alter *a, bool is_foreign_key)
{
    return CLEAR_VIEWS + a->r->from->views.count + (is_foreign_key ? 1 : 2);
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
alter_sql(struct alter *a, struct action *to, struct slice sql)
{
    VEC_PUSH(&a->s->arena, &to->sql, sql);
}

void
alter_reason(struct alter *a, struct action *to, const char *sentence)
{
    VEC_PUSH(&a->s->arena, &to->reasons, slice_from(sentence));
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

/* ---- tables ---- */

static void
create_table(struct alter *a, const struct change *c)
{
    struct action *to = postgres_add_table(a->s, c->new.table, &a->new_order, a->out);

    to->order = GROW_TABLES + order_of_table(a->s, &a->new_order, c->new.table);
    postgres_settle_table(a->s, c->new.table, a->out);
}

static size_t
drop_order(struct alter *a, const struct table *t)
{
    size_t count = a->r->from->tables.count;

    return count - order_of_table(a->s, &a->old_order, t);
}

/* Tables that refer to each other can only go once one of the keys is gone. */
static void
drop_cut_keys(struct alter *a, const struct change *c)
{
    const struct table *t = c->old.table;

    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];
        struct change drop = { .kind = CHANGE_DROP_CONSTRAINT,
                               .old = { .table = t, .constraint = k } };

        if (!k->inherited && order_closes_cycle(a->s, &a->old_order, t, k))
            alter_constraints(a, &drop);
    }
}

/* A key from a table that stays is a change of its own and gone by then. */
static void
drop_table(struct alter *a, const struct change *c)
{
    struct slice name = alter_name(a, c->old.table->schema, c->old.table->name);
    struct action *to = alter_action(a, PHASE_SHRINK, 1 + drop_order(a, c->old.table), c);

    alter_sql(a, to, slice_format(&a->s->arena, "DROP TABLE %.*s", SLICE_ARG(name)));
    alter_loses(to,
                slice_format(&a->s->arena, "table %.*s", SLICE_ARG(c->old.table->name)),
                slice_format(&a->s->arena, "SELECT count(*) FROM %.*s", SLICE_ARG(name)));
    alter_detach_dropped(a, c);
    drop_cut_keys(a, c);
}

/* "vehicles_id_seq": the name that the server gave to the sequence of a column. */
static struct slice
sequence_name(struct alter *a, const struct table *t, const struct column *c)
{
    struct slices columns = { 0 };
    struct map taken;

    map_init(&taken, &a->s->arena);
    VEC_PUSH(&a->s->arena, &columns.all, c->name);
    return naming_derive(a->s, &taken, t->name, &columns, "seq");
}

static void
rename_sequence(struct alter *a, struct action *to, const struct table *old_table,
                const struct column *old, const struct table *table,
                const struct column *new)
{
    struct slice before;
    struct slice after;

    if (old->identity == IDENTITY_NONE || new->identity == IDENTITY_NONE)
        return;
    before = sequence_name(a, old_table, old);
    after = sequence_name(a, table, new);
    if (slice_equal(before, after))
        return;
    before = alter_name(a, table->schema, before);
    after = alter_ident(a, after);
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER SEQUENCE IF EXISTS %.*s RENAME TO %.*s",
                           SLICE_ARG(before), SLICE_ARG(after)));
}

static bool
same_schema(const struct table *a, const struct table *b)
{
    return a->schema.len == b->schema.len
           && (a->schema.len == 0 || slice_equal(a->schema, b->schema));
}

static void
rename_table(struct alter *a, const struct change *c)
{
    const struct table *old = c->old.table;
    const struct table *new = c->new.table;
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_TABLES, c);
    struct slice name = alter_name(a, old->schema, old->name);
    struct slice target = alter_ident(a, new->name);
    struct slice schema = slice_is_none(new->schema) ? SLICE("public") : new->schema;

    if (!same_schema(old, new)) {
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s SET SCHEMA %.*s",
                               SLICE_ARG(name), SLICE_ARG(schema)));
        name = alter_name(a, new->schema, old->name);
    }
    if (!slice_equal(old->name, new->name))
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s RENAME TO %.*s",
                               SLICE_ARG(name), SLICE_ARG(target)));
    VEC_EACH (i, &new->columns) {
        const struct column *column = new->columns.items[i];
        const struct column *was = diff_old_column(old, new, column);

        if (was != NULL && slice_equal(was->name, column->name))
            rename_sequence(a, to, old, was, new, column);
    }
}

static void
rename_column(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_MEMBERS, c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "RENAME COLUMN");
    sqlw_ident(&st.w, c->old.column->name);
    sqlw_kw(&st.w, "TO");
    sqlw_ident(&st.w, c->new.column->name);
    alter_sql(a, to, postgres_end(&st));
    rename_sequence(a, to, c->old.table, c->old.column, c->new.table, c->new.column);
}

static void
comment_table(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_RESTORE, 0, c);
    const struct table *t = c->new.table;

    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to, postgres_comment(a->s, "TABLE", t->schema, t->name, t->comment));
}

void
alter_tables(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_CREATE_TABLE)
        create_table(a, c);
    else if (c->kind == CHANGE_DROP_TABLE)
        drop_table(a, c);
    else if (c->kind == CHANGE_RENAME_TABLE)
        rename_table(a, c);
    else if (c->kind == CHANGE_RENAME_COLUMN)
        rename_column(a, c);
    else if (c->kind == CHANGE_TABLE_OPTIONS)
        alter_options(a, c);
    else if (c->kind == CHANGE_TABLE_PARENTS)
        alter_parents(a, c);
    else if (c->kind == CHANGE_PARTITION_KEY)
        alter_refuse(a, c,
                     "the server cannot change it in place; make a new table, move the "
                     "rows in @migrate and drop the old one");
    else if (c->kind == CHANGE_TABLE_COMMENT)
        comment_table(a, c);
}

/* ---- definitions ---- */

size_t
alter_code_order(struct alter *a, const struct definition *d, bool is_new)
{
    size_t end = a->r->from->tables.count + DEFINITION_ORDER_END;
    size_t depth = order_of_type(a->s, &a->old_types, d);

    if (is_new)
        return a->r->to->views.count + order_of_definition(&a->new_routines, d);
    if (slice_is(d->kind, "schema") || slice_is(d->kind, "extension"))
        end += 2 * TYPE_DEPTH_MAX; /* behind what may be in it */
    else if (depth > 0)
        return end + TYPE_DEPTH_MAX - depth; /* what is made of others goes before them */
    return end - order_of_definition(&a->old_routines, d);
}

void
alter_make_definition(struct alter *a, const struct change *c)
{
    const struct definition *r = c->new.definition;
    const size_t begin[] = {
        [STAGE_FIRST] = GROW_DEFINITIONS,
        [STAGE_CODE] = GROW_CODE,
        [STAGE_ROWS] = alter_columns_order(a) + 1,
        [STAGE_LAST] = a->r->to->views.count,
    };
    enum definition_stage stage = definition_stage(a->r->to, r);
    size_t depth = order_of_type(a->s, &a->new_types, r);
    size_t order = depth > 0 ? GROW_ENUMS + depth
                             : begin[stage] + order_of_definition(&a->new_routines, r);
    struct action *to =
        alter_action(a, stage == STAGE_LAST ? PHASE_RESTORE : PHASE_GROW, order, c);

    if (slice_is_none(r->table))
        to->lock = NULL;
    postgres_create_definition(a->s, a->r->to, r, to);
    if (!postgres_has_owner(r))
        return;
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    alter_sql(a, to, postgres_own_sequence(a->s, r));
}

/* Kinds that DROP names like this; those on a table are named with it. */
static const struct {
    const char *kind;
    const char *words;
    bool on_table;
} definition_drops[] = {
    { "trigger", "DROP TRIGGER", true },
    { "rule", "DROP RULE", true },
    { "policy", "DROP POLICY", true },
    { "function", "DROP FUNCTION", false },
    { "procedure", "DROP PROCEDURE", false },
    { "aggregate", "DROP AGGREGATE", false },
    { "extension", "DROP EXTENSION", false },
    { "schema", "DROP SCHEMA", false },
    { "sequence", "DROP SEQUENCE", false },
    { "domain", "DROP DOMAIN", false },
    { "type", "DROP TYPE", false },
    { "index", "DROP INDEX", false },
    { "statistics", "DROP STATISTICS", false },
    { "table", "DROP TABLE", false },
    { "foreign table", "DROP FOREIGN TABLE", false },
    { "server", "DROP SERVER", false },
    { "foreign data wrapper", "DROP FOREIGN DATA WRAPPER", false },
    { "collation", "DROP COLLATION", false },
    { "conversion", "DROP CONVERSION", false },
    { "event trigger", "DROP EVENT TRIGGER", false },
    { "publication", "DROP PUBLICATION", false },
    { "text search configuration", "DROP TEXT SEARCH CONFIGURATION", false },
    { "text search dictionary", "DROP TEXT SEARCH DICTIONARY", false },
    { "text search parser", "DROP TEXT SEARCH PARSER", false },
    { "text search template", "DROP TEXT SEARCH TEMPLATE", false },
};

/* On something that stays, without a field for it. */
static void
drop_comment(struct alter *a, const struct change *c)
{
    struct definition none = *c->old.definition;
    struct object_comment comment = *none.u.object_comment;
    struct action *to = alter_action(a, PHASE_CLEAR, CLEAR_COMMENTS, c);

    comment.text = SLICE_NONE;
    none.u.object_comment = &comment;
    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to, definition_text(&a->s->arena, &none, &postgres_style));
}

/* None where there is no telling how. */
struct slice
alter_drop_text(struct alter *a, const struct definition *r)
{
    for (size_t i = 0; i < ARRAY_LEN(definition_drops); i++) {
        bool on_table = definition_drops[i].on_table;
        struct postgres_statement st;

        if (!slice_is(r->kind, definition_drops[i].kind) || slice_is_none(r->name))
            continue;
        postgres_begin(a->s, &st);
        sqlw_kw(&st.w, definition_drops[i].words);
        if (r->detail == DETAIL_ROUTINE)
            routine_write_signature(&st.w, r);
        else
            sqlw_qualified(&st.w, on_table ? SLICE_NONE : r->schema, r->name);
        if (on_table) {
            sqlw_kw(&st.w, "ON");
            sqlw_qualified(&st.w, r->schema, r->table);
        }
        return postgres_end(&st);
    }
    return SLICE_NONE;
}

void
alter_drop_definition(struct alter *a, const struct change *c)
{
    const struct definition *r = c->old.definition;
    struct slice text = alter_drop_text(a, r);
    struct action *to;

    if (r->detail == DETAIL_COMMENT) {
        drop_comment(a, c);
        return;
    }
    if (slice_is_none(text)) {
        alter_refuse(a, c,
                     "objects of this kind are kept as text, and there is no telling how "
                     "to drop it; do it in a @migrate section");
        return;
    }
    to = !slice_is_none(r->table) || slice_is(r->kind, "index")
                 || r->detail == DETAIL_STATISTICS
             ? alter_action(a, PHASE_CLEAR, CLEAR_TRIGGERS, c)
             : alter_action(a, PHASE_SHRINK, alter_code_order(a, r, false), c);
    alter_sql(a, to, text);
    if (slice_is(r->kind, "table"))
        alter_loses(to, slice_format(&a->s->arena, "table %.*s", SLICE_ARG(r->name)),
                    slice_format(&a->s->arena, "SELECT count(*) FROM %.*s",
                                 SLICE_ARG(alter_name(a, r->schema, r->name))));
}

static bool
is_routine(const struct definition *r)
{
    return slice_is(r->kind, "function") || slice_is(r->kind, "procedure")
           || slice_is(r->kind, "aggregate");
}

/* Nothing but a table holds on to these, and it does not need them meanwhile. */
static bool
stands_alone(const struct definition *r)
{
    return slice_is(r->kind, "trigger") || slice_is(r->kind, "policy")
           || slice_is(r->kind, "rule") || slice_is(r->kind, "comment")
           || slice_is(r->kind, "statistics") || slice_is(r->kind, "event trigger")
           || slice_is(r->kind, "publication");
}

void
alter_definitions(struct alter *a, const struct change *c)
{
    const struct definition *d =
        c->new.definition != NULL ? c->new.definition : c->old.definition;

    if (d->detail == DETAIL_GRANT) {
        alter_grant(a, c);
    } else if (c->kind == CHANGE_CREATE_DEFINITION) {
        alter_make_definition(a, c);
    } else if (c->kind == CHANGE_DROP_DEFINITION) {
        alter_drop_definition(a, c);
    } else if (c->kind == CHANGE_RENAME_DEFINITION) {
        alter_rename_definition(a, c);
    } else if (alter_definition_in_place(a, c)) {
        return;
    } else if (c->kind == CHANGE_REPLACE_DEFINITION && is_routine(c->new.definition)) {
        alter_replace_code(a, c);
    } else if (c->kind == CHANGE_REPLACE_DEFINITION && stands_alone(c->old.definition)) {
        if (alter_replace_in_place(a, c))
            return;
        if (d->detail != DETAIL_COMMENT)
            alter_drop_definition(a, c);
        alter_make_definition(a, c);
    } else if (c->kind == CHANGE_REPLACE_DEFINITION) {
        alter_refuse(a, c,
                     "objects of this kind are kept as text, and other objects may "
                     "hold on to the old one; change it in a @migrate section");
    }
}

/* ---- indexes, comments, rows ---- */

/* Where a new index goes: foreign keys may rely on it, new tables bring theirs along. */
static struct action *
index_action(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.index->table;
    struct action *to;

    if (!order_is_key_index(a->s, &a->new_order, c->new.index))
        return alter_action(a, PHASE_INDEX, order_of_index(c->new.index), c);
    if (diff_old_table(a->r->from, a->r->to, t) != NULL)
        return alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    to = alter_action(a, PHASE_GROW, GROW_TABLES + order_of_table(a->s, &a->new_order, t),
                      c);
    to->table = catalog_key(&a->s->arena, t->name, c->new.index->name);
    return to;
}

static void
create_index(struct alter *a, const struct change *c)
{
    struct action *to = index_action(a, c);
    const struct index *x = c->new.index;

    to->scans = true;
    to->lock = "SHARE";
    alter_sql(a, to, postgres_create_index(a->s, x));
    postgres_add_index_settings(a->s, x, to);
    if (x->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment(a->s, "INDEX", x->table->schema, x->name, x->comment));
}

static void
drop_index(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_CLEAR, alter_clear_order(a, false), c);
    struct slice name = alter_name(a, c->old.index->table->schema, c->old.index->name);

    alter_sql(a, to, slice_format(&a->s->arena, "DROP INDEX %.*s", SLICE_ARG(name)));
}

static void
rename_index(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_MEMBERS, c);
    struct slice old = alter_name(a, c->new.index->table->schema, c->old.index->name);
    struct slice new = alter_ident(a, c->new.index->name);

    to->lock = "SHARE UPDATE EXCLUSIVE";
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
    struct action *to = alter_action(a, PHASE_RESTORE, a->r->to->views.count, c);

    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to, object_comment(a, &c->new));
}

static void
insert_rows(struct alter *a, const struct change *c)
{
    size_t order = 1 + order_of_table(a->s, &a->new_order, c->new.table);
    struct action *to = alter_action(a, PHASE_FILL, order, c);

    to->lock = "ROW EXCLUSIVE";
    postgres_add_rows(a->s, c->new.rows, to);
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
    [CHANGE_PARTITION_KEY] = alter_tables,
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
    [CHANGE_RENAME_CONSTRAINT] = alter_constraints,
    [CHANGE_CREATE_INDEX] = alter_rest,
    [CHANGE_DROP_INDEX] = alter_rest,
    [CHANGE_INDEX_OPTIONS] = alter_index_options,
    [CHANGE_RENAME_INDEX] = alter_rest,
    [CHANGE_CREATE_VIEW] = NULL,
    [CHANGE_DROP_VIEW] = NULL,
    [CHANGE_REPLACE_VIEW] = NULL,
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

static void
find_triggered_tables(struct alter *a)
{
    map_init(&a->triggered, &a->s->arena);
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *r = a->r->from->definitions.items[i];

        if (slice_is(r->kind, "trigger") && !slice_is_none(r->table))
            map_put(&a->triggered, catalog_key(&a->s->arena, r->schema, r->table), NULL);
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

bool
postgres_alter(struct session *s, const struct alter_request *request,
               struct actions *out)
{
    struct alter a = { .s = s, .r = request, .out = out };

    order_tables(s, request->from, &a.old_order);
    order_tables(s, request->to, &a.new_order);
    order_types(s, request->from, &a.old_types);
    order_types(s, request->to, &a.new_types);
    order_routines(s, request->from, &a.old_routines);
    order_routines(s, request->to, &a.new_routines);
    find_triggered_tables(&a);
    alter_find_growing_parents(&a);
    alter_find_changed_keys(&a);
    alter_cut_keys_to_changed_tables(&a);
    VEC_EACH (i, &request->changes->all) {
        const struct change *c = &request->changes->all.items[i];

        if (families[c->kind] != NULL)
            families[c->kind](&a, c);
    }
    add_cut_keys(&a);
    alter_foreign_keys_in_the_way(&a);
    alter_typed_tables(&a);
    alter_views(&a);
    return !a.failed;
}
