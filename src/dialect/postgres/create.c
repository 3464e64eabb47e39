/*
 * Everything from nothing.  Tables come in the order of their foreign keys; a key that
 * closes a cycle is added once both tables and their initial rows are there, and so is a
 * constraint that is NOT VALID.
 */
#include "dialect/postgres/postgres.h"

static struct action *
add_action(struct session *s, struct actions *out, enum phase phase, struct change cause)
{
    struct action *a = ARENA_NEW(&s->arena, struct action);

    a->phase = phase;
    a->title = change_title(&s->arena, &cause);
    VEC_PUSH(&s->arena, &a->causes, cause);
    VEC_PUSH(&s->arena, &out->all, a);
    return a;
}

static void
add_sql(struct session *s, struct action *a, struct slice sql)
{
    VEC_PUSH(&s->arena, &a->sql, sql);
}

static void
add_comment(struct session *s, struct action *a, const char *kind, struct slice schema,
            struct slice name, struct slice comment)
{
    if (comment.len > 0)
        add_sql(s, a, postgres_comment(s, kind, schema, name, comment));
}

/* ---- tables ---- */

static void
add_member_comments(struct session *s, struct action *a, const struct table *t,
                    const struct map *cut)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        if (c->comment.len > 0)
            add_sql(s, a, postgres_comment_member(s, t, c, NULL, c->comment));
    }
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if (k->comment.len > 0 && !map_has(cut, order_constraint_key(&s->arena, t, k)))
            add_sql(s, a, postgres_comment_member(s, t, NULL, k, k->comment));
    }
}

/* Tables come behind the types and definitions that they may name, functions behind the
 * types of their arguments. */
#define ORDER_OF_ENUMS                                                                   \
    DEFINITION_ORDER_END /* other types behind them, by their depth                      \
                          */
#define ORDER_OF_CODE (ORDER_OF_ENUMS + TYPE_DEPTH_MAX)
#define ORDER_OF_TABLES (ORDER_OF_CODE + DEFINITION_ORDER_END)
#define ORDER_OF_LATE (ORDER_OF_FILLING - 1) /* what calls code that is made last */

struct action *
postgres_begin_table(struct session *s, const struct table *t,
                     const struct table_order *order, struct actions *out)
{
    struct change cause = { .kind = CHANGE_CREATE_TABLE, .new.table = t };
    struct action *a = add_action(s, out, PHASE_GROW, cause);

    a->order = ORDER_OF_TABLES + order_of_table(s, order, t);
    a->table = t->name;
    add_sql(s, a, postgres_create_table(s, t, &order->cut));
    return a;
}

void
postgres_finish_table(struct session *s, const struct table *t,
                      const struct table_order *order, struct action *a)
{
    if (t->attached)
        add_sql(s, a, postgres_attach(s, t));
    postgres_add_settings(s, t, a);
    add_comment(s, a, "TABLE", t->schema, t->name, t->comment);
    add_member_comments(s, a, t, &order->cut);
}

static void
add_table(struct session *s, const struct table *t, const struct table_order *order,
          struct actions *out)
{
    postgres_finish_table(s, t, order, postgres_begin_table(s, t, order, out));
}

static void
create_cut_keys(struct session *s, const struct table *t, const struct table_order *order,
                struct actions *out)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *c = t->constraints.items[i];
        struct change cause = { .kind = CHANGE_ADD_CONSTRAINT,
                                .new = { .table = t, .constraint = c } };
        struct action *a;

        if (!c->on_only
            && (!map_has(&order->cut, order_constraint_key(&s->arena, t, c))
                || !constraint_is_written(t, c)))
            continue;
        a = add_action(s, out,
                       late_is_cut(s, &order->cut, t, c) ? PHASE_RESTORE : PHASE_TIGHTEN,
                       cause);
        a->table = t->name;
        if (a->phase == PHASE_RESTORE)
            a->order = ORDER_OF_LATE;
        add_sql(s, a, postgres_add_constraint(s, t, c));
        if (c->comment.len > 0)
            add_sql(s, a, postgres_comment_member(s, t, NULL, c, c->comment));
        if (order_closes_cycle(s, order, t, c))
            VEC_PUSH(
                &s->arena, &a->reasons,
                SLICE("The two tables refer to each other, so one of the keys is added "
                      "when both are there."));
    }
}

/* Behind all tables and indexes: children would take it over, and it names indexes. */
void
postgres_settle_table(struct session *s, const struct table *t, struct actions *out)
{
    struct change cause = { .kind = CHANGE_TABLE_OPTIONS, .new.table = t };
    struct action *a = ARENA_NEW(&s->arena, struct action);

    a->phase = PHASE_RESTORE;
    a->title = change_title(&s->arena, &cause);
    a->table = t->name;
    VEC_PUSH(&s->arena, &a->causes, cause);
    postgres_add_column_settings(s, t, a);
    postgres_add_index_choices(s, t, a);
    if (a->sql.count > 0)
        VEC_PUSH(&s->arena, &out->all, a);
}

static void
set_late_defaults(struct session *s, const struct table *t,
                  const struct table_order *order, struct actions *out)
{
    struct change cause = { .kind = CHANGE_CREATE_TABLE, .new.table = t };

    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];
        struct change title = { .kind = CHANGE_COLUMN_DEFAULT,
                                .new = { .table = t, .column = c } };
        struct action *a;

        if (!map_has(&order->cut, late_default_key(&s->arena, t, c)))
            continue;
        a = add_action(s, out, PHASE_RESTORE, cause);
        a->title = change_title(&s->arena, &title);
        a->order = ORDER_OF_LATE;
        a->table = t->name;
        add_sql(s, a, late_set_default(s, t, c));
    }
}

static void
create_tables(struct session *s, const struct catalog *c, const struct table_order *order,
              struct actions *out)
{
    VEC_EACH (i, &c->tables) {
        add_table(s, c->tables.items[i], order, out);
        create_cut_keys(s, c->tables.items[i], order, out);
        set_late_defaults(s, c->tables.items[i], order, out);
        postgres_settle_table(s, c->tables.items[i], out);
    }
}

/* ---- the rest ---- */

static void
create_enums(struct session *s, const struct catalog *c, struct actions *out)
{
    VEC_EACH (i, &c->enums) {
        const struct enum_type *e = c->enums.items[i];
        struct change cause = { .kind = CHANGE_CREATE_ENUM, .new.enum_type = e };
        struct action *a = add_action(s, out, PHASE_GROW, cause);

        a->order = ORDER_OF_ENUMS;
        a->table = e->name;
        add_sql(s, a, postgres_create_enum(s, e));
        add_comment(s, a, "TYPE", e->schema, e->name, e->comment);
    }
}

/* An index that foreign keys rely on comes right behind its table. */
static void
create_indexes(struct session *s, const struct catalog *c,
               const struct table_order *order, const struct map *late,
               struct actions *out)
{
    VEC_EACH (i, &c->indexes) {
        const struct index *x = c->indexes.items[i];
        struct change cause = { .kind = CHANGE_CREATE_INDEX, .new.index = x };
        bool is_key = order_is_key_index(s, order, x);
        struct action *a;

        if (!index_is_written(x))
            continue;
        a = add_action(s, out, is_key ? PHASE_GROW : PHASE_INDEX, cause);
        a->order = order_of_index(x);
        if (is_key)
            a->order = ORDER_OF_TABLES + order_of_table(s, order, x->table);
        if (late_calls_index(late, x)) {
            a->phase = PHASE_RESTORE;
            a->order = ORDER_OF_LATE;
        }
        a->table = catalog_key(&s->arena, x->table->name, x->name);
        add_sql(s, a, postgres_create_index(s, x, false));
        postgres_add_index_settings(s, x, a);
        add_comment(s, a, "INDEX", x->table->schema, x->name, x->comment);
    }
}

static void
fill_view(struct session *s, const struct view *v, size_t order, struct actions *out)
{
    struct change cause = { .kind = CHANGE_CREATE_VIEW, .new.view = v };
    struct action *a = add_action(s, out, PHASE_RESTORE, cause);

    a->order = ORDER_OF_FILLING + order;
    a->title = slice_format(&s->arena, "fill view %.*s", SLICE_ARG(v->name));
    add_sql(s, a, postgres_fill_view(s, v));
}

static void
create_views(struct session *s, const struct catalog *c,
             const struct restore_order *restores, struct actions *out)
{
    struct view_order order;
    struct map late;

    order_views(s, c, &order);
    postgres_find_late_views(s, c, &order, &late);
    VEC_EACH (i, &order.views) {
        const struct view *v = order.views.items[i];
        struct change cause = { .kind = CHANGE_CREATE_VIEW, .new.view = v };
        struct action *a = add_action(s, out, PHASE_RESTORE, cause);
        bool is_late = postgres_view_is_late(s, &late, v);

        a->order = order_of_view(s, restores, v);
        add_sql(s, a,
                is_late ? postgres_create_unfilled(s, v) : postgres_create_view(s, v));
        if (is_late)
            fill_view(s, v, i, out);
        add_comment(s, a, v->materialized ? "MATERIALIZED VIEW" : "VIEW", v->schema,
                    v->name, v->comment);
    }
}

/* A column that owns a sequence is there once the tables are. */
static void
create_owner(struct session *s, const struct definition *r, struct actions *out)
{
    struct change cause = { .kind = CHANGE_REPLACE_DEFINITION, .new.definition = r };
    struct action *a = add_action(s, out, PHASE_TIGHTEN, cause);

    a->title = slice_format(&s->arena, "sequence %.*s belongs to %.*s",
                            SLICE_ARG(r->name), SLICE_ARG(r->u.sequence->owner_table));
    add_sql(s, a, postgres_own_sequence(s, r));
}

/* A function of the check may take the domain, so that neither could be first. */
static void
create_in_two(struct session *s, const struct routine_order *o,
              const struct definition *r, struct action *a, struct actions *out)
{
    struct change cause = { .kind = CHANGE_REPLACE_DEFINITION, .new.definition = r };
    struct action *late = add_action(s, out, PHASE_GROW, cause);

    late->order = ORDER_OF_TABLES - 1;
    late->title = slice_format(&s->arena, "the checks of domain %.*s that call functions",
                               SLICE_ARG(r->name));
    postgres_add_waiting_checks(s, o, r, late);
    add_sql(s, a, postgres_create_domain(s, o, r));
    if (r->comment.len > 0)
        add_sql(s, a, postgres_comment_definition(s, r));
}

static void
create_definitions(struct session *s, const struct catalog *c,
                   const struct restore_order *restores, struct actions *out)
{
    struct routine_order order;
    struct type_order types;

    order_routines(s, c, &order);
    order_types(s, c, &types);
    VEC_EACH (i, &c->definitions) {
        const struct definition *r = c->definitions.items[i];
        struct change cause = { .kind = CHANGE_CREATE_DEFINITION, .new.definition = r };
        const size_t begin[] = {
            [STAGE_FIRST] = 0,
            [STAGE_CODE] = ORDER_OF_CODE,
            [STAGE_ROWS] = ORDER_OF_TABLES + c->tables.count + 1,
            [STAGE_LAST] = 0,
        };
        enum definition_stage stage = definition_stage(c, r);
        struct action *a =
            add_action(s, out, stage == STAGE_LAST ? PHASE_RESTORE : PHASE_GROW, cause);

        a->order = stage == STAGE_LAST
                       ? order_of_restored(restores, &order, r)
                       : begin[stage] + order_of_definition(&order, r);
        if (order_of_type(s, &types, r) > 0)
            a->order = ORDER_OF_ENUMS + order_of_type(s, &types, r);
        if (order_domain_waits(&order, r))
            create_in_two(s, &order, r, a, out);
        else
            postgres_create_definition(s, c, r, a);
        if (postgres_has_owner(r))
            create_owner(s, r, out);
    }
}

static void
create_rows(struct session *s, const struct catalog *c, const struct table_order *order,
            struct actions *out)
{
    VEC_EACH (i, &c->initial_rows) {
        const struct initial_rows *rows = c->initial_rows.items[i];
        struct change cause = { .kind = CHANGE_INITIAL_ROWS,
                                .new = { .table = rows->table, .rows = rows } };
        struct action *a = add_action(s, out, PHASE_FILL, cause);

        a->order = order_of_table(s, order, rows->table);
        a->table = rows->table->name;
        postgres_add_rows(s, rows, true, a);
    }
}

static void
cut_late(struct session *s, const struct catalog *c, struct table_order *order,
         struct map *late)
{
    map_init(late, &s->arena);
    VEC_EACH (i, &c->definitions)
        late_note_routine(c, c->definitions.items[i], late);
    late_cut(s, c, late, &order->cut);
    (void)late_check(s, c, late, &order->cut); /* an error: nothing is printed */
}

void
postgres_create(struct session *s, const struct catalog *c, struct actions *out)
{
    struct table_order order;
    struct restore_order restores;
    struct map late;

    order_tables(s, c, &order);
    order_restores(s, c, &restores);
    cut_late(s, c, &order, &late);
    create_definitions(s, c, &restores, out);
    create_enums(s, c, out);
    create_tables(s, c, &order, out);
    create_rows(s, c, &order, out);
    create_indexes(s, c, &order, &late, out);
    create_views(s, c, &restores, out);
    postgres_ask_deferred(s, &(struct alter_request){ .to = c }, 0, out);
    postgres_prove(s, out, false);
}
