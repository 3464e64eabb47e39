/*
 * CREATE TABLE, ALTER TABLE and ALTER TYPE of a script as operations.
 */
#include "lint/script.h"

#include "model/functions.h"

struct made_constraint {
    size_t transaction;
    const struct expr *check; /* NULL: it is none */
};

struct slice
script_member(struct script *sc, const struct ast_name *table, struct slice name)
{
    struct slice key = script_key(sc, table);

    return slice_format(sc->a, "%.*s.%.*s", SLICE_ARG(key), SLICE_ARG(name));
}

/* ---- what is written of a column ---- */

static void
write_column(struct script *sc, const struct ast_name *table, struct slice name,
             const struct ast_column *c)
{
    struct table *t = ARENA_NEW(sc->a, struct table);
    struct column *column = ARENA_NEW(sc->a, struct column);
    struct written_column written = { .table = t, .column = column };

    t->schema = table->schema;
    t->name = table->name;
    t->span = table->span;
    column->name = name;
    column->span = c->span;
    column->has_type = c->type != NULL;
    if (c->type != NULL)
        column->type = *c->type;
    VEC_PUSH(sc->a, &sc->columns->all, written);
}

/* What the server does not know to be the same for all rows. */
static bool
is_steady(void *context, const struct expr *e)
{
    (void)context;
    return e->kind != EXPR_CALL || !function_varies(e);
}

/* Why a default has each row written; none: it is computed once. */
static struct slice
volatile_cause(const struct expr *value)
{
    return value != NULL && !expr_walk(value, is_steady, NULL)
               ? SLICE("a default that each row may have its own of")
               : SLICE_NONE;
}

static struct slice
rewrite_cause(const struct ast_column *c)
{
    if (c->identity == IDENTITY_SERIAL)
        return SLICE("serial numbers the rows");
    if (c->identity != IDENTITY_NONE)
        return SLICE("an identity numbers the rows");
    if (c->generated != NULL)
        return c->generated_stored ? SLICE("what is stored is computed") : SLICE_NONE;
    return volatile_cause(c->default_value);
}

static bool
has_key(const struct ast_column *c)
{
    VEC_EACH (i, &c->constraints)
        if (c->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY)
            return true;
    return false;
}

static bool
is_required(const struct ast_column *c)
{
    return (c->not_null || has_key(c)) && c->default_value == NULL && c->generated == NULL
           && c->identity == IDENTITY_NONE;
}

/* ---- constraints ---- */

/* Remember the columns that a valid CHECK says are not NULL: c IS NOT NULL AND … */
static void
prove(struct script *sc, const struct ast_name *table, const struct expr *check)
{
    if (check->kind == EXPR_AND) {
        for (uint32_t i = 0; i < check->arg_count; i++)
            prove(sc, table, check->args[i]);
        return;
    }
    if (check->kind == EXPR_IS && (check->flags & EXPR_NEGATED) != 0
        && slice_is(check->text, "null") && check->args[0]->kind == EXPR_NAME)
        map_put(&sc->proven, script_member(sc, table, check->args[0]->text), sc);
}

static void
remember_constraint(struct script *sc, const struct ast_name *table,
                    const struct ast_constraint *k)
{
    struct made_constraint *made = ARENA_NEW(sc->a, struct made_constraint);

    made->transaction = sc->transaction;
    made->check = k->kind == CONSTRAINT_CHECK ? k->check : NULL;
    if (made->check != NULL && !k->not_valid)
        prove(sc, table, made->check);
    if (!slice_is_none(k->name))
        map_put(&sc->constraints, script_member(sc, table, k->name), made);
}

static void
add_constraint(struct script *sc, const struct ast_name *table,
               const struct ast_constraint *k)
{
    struct operation *o = script_add(sc, OPERATION_ADD_CONSTRAINT, k->span, table);

    o->constraint = k->kind;
    o->name = k->name;
    o->not_valid = k->not_valid;
    o->using_index = !slice_is_none(k->using_index);
    remember_constraint(sc, table, k);
}

static void
validate(struct script *sc, const struct ast_name *table, const struct ast_alter *x)
{
    const struct made_constraint *made =
        map_get(&sc->constraints, script_member(sc, table, x->name));
    struct operation *o = script_add(sc, OPERATION_VALIDATE, x->span, table);

    o->name = x->name;
    o->same_transaction = made != NULL && made->transaction == sc->transaction;
    if (made != NULL && made->check != NULL)
        prove(sc, table, made->check);
}

/* ---- columns ---- */

/*
 * A foreign key of a column that is NULL in all rows is not looked at; a CHECK is
 * (measured on PostgreSQL 15).
 */
static void
add_column(struct script *sc, const struct ast_name *table, const struct ast_alter *x)
{
    const struct ast_column *c = x->column;
    struct operation *o = script_add(sc, OPERATION_ADD_COLUMN, x->span, table);

    o->name = c->name;
    o->cause = rewrite_cause(c);
    o->required = is_required(c);
    write_column(sc, table, c->name, c);
    VEC_EACH (i, &c->constraints) {
        const struct ast_constraint *k = c->constraints.items[i];

        if (k->kind != CONSTRAINT_FOREIGN_KEY || c->default_value != NULL)
            add_constraint(sc, table, k);
    }
}

static void
change_type(struct script *sc, const struct ast_name *table, const struct ast_alter *x)
{
    struct operation *o = script_add(sc, OPERATION_COLUMN_TYPE, x->span, table);

    o->name = x->name;
    o->new_type = x->column->type;
    o->cause = SLICE("a new type may have all");
    if (x->column->type != NULL)
        write_column(sc, table, x->name, x->column);
}

static struct operation *
add_named(struct script *sc, enum operation_kind kind, const struct ast_name *table,
          const struct ast_alter *x)
{
    struct operation *o = script_add(sc, kind, x->span, table);

    o->name = x->name;
    o->new_name = x->new_name;
    return o;
}

static void
rename_here(struct script *sc, const struct ast_name *table, const struct ast_alter *x)
{
    struct ast_name new_name = { .schema = table->schema, .name = x->new_name };
    bool is_new = script_made_table(sc, table);
    bool is_index = !is_new && script_knows_index(sc, table->name);

    add_named(sc, is_index ? OPERATION_RENAME_INDEX : OPERATION_RENAME_TABLE, table, x);
    if (is_new)
        map_put(&sc->tables, script_key(sc, &new_name), sc);
}

static void
rewrite(struct script *sc, const struct ast_name *table, const struct ast_alter *x,
        struct slice cause)
{
    script_add(sc, OPERATION_REWRITE, x->span, table)->cause = cause;
}

static void
detach(struct script *sc, const struct ast_name *table, const struct ast_alter *x,
       struct slice text)
{
    struct operation *o = script_add(sc, OPERATION_DETACH, x->span, table);
    struct script_words words;

    script_words_read(sc->a, text, &words);
    o->name = x->table.name;
    o->concurrently = script_says(&words, "concurrently");
}

static void
add_index(struct script *sc, const struct ast_name *table, const struct ast_alter *x)
{
    struct operation *o = script_add(sc, OPERATION_CREATE_INDEX, x->span, table);

    o->name = x->index->name;
}

static void
read_action(struct script *sc, const struct ast_name *table, const struct ast_alter *x,
            struct slice text)
{
    if (x->kind == ALTER_ADD_COLUMN)
        add_column(sc, table, x);
    else if (x->kind == ALTER_COLUMN_TYPE)
        change_type(sc, table, x);
    else if (x->kind == ALTER_ADD_CONSTRAINT)
        add_constraint(sc, table, x->constraint);
    else if (x->kind == ALTER_VALIDATE_CONSTRAINT)
        validate(sc, table, x);
    else if (x->kind == ALTER_DROP_COLUMN)
        add_named(sc, OPERATION_DROP_COLUMN, table, x);
    else if (x->kind == ALTER_RENAME_COLUMN)
        add_named(sc, OPERATION_RENAME_COLUMN, table, x);
    else if (x->kind == ALTER_RENAME_TABLE)
        rename_here(sc, table, x);
    else if (x->kind == ALTER_SET_NOT_NULL)
        add_named(sc, OPERATION_SET_NOT_NULL, table, x)->proven =
            map_has(&sc->proven, script_member(sc, table, x->name));
    else if (x->kind == ALTER_DROP_NOT_NULL)
        add_named(sc, OPERATION_DROP_NOT_NULL, table, x);
    else if (x->kind == ALTER_DETACH_PARTITION)
        detach(sc, table, x, text);
    else if (x->kind == ALTER_ADD_INDEX)
        add_index(sc, table, x);
    else if (x->kind == ALTER_SET_LOGGED)
        rewrite(sc, table, x, SLICE("SET LOGGED"));
    else if (x->kind == ALTER_SET_UNLOGGED)
        rewrite(sc, table, x, SLICE("SET UNLOGGED"));
    else if (x->kind == ALTER_SET_TABLESPACE)
        rewrite(sc, table, x, SLICE("SET TABLESPACE"));
    else if (x->kind == ALTER_SET_METHOD)
        rewrite(sc, table, x, SLICE("SET ACCESS METHOD"));
}

void
script_read_alter_table(struct script *sc, const struct stmt *stmt)
{
    const struct ast_alter_table *t = stmt->u.alter_table;

    if (t->object != OBJECT_TABLE)
        return;
    script_find_added_twice(sc, t);
    VEC_EACH (i, &t->actions)
        read_action(sc, &t->name, t->actions.items[i], stmt->text);
}

void
script_read_create_table(struct script *sc, const struct ast_create_table *t)
{
    if (t->bound != NULL)
        script_add(sc, OPERATION_PARTITION_OF, sc->statement, &t->parents.all.items[0]);
    map_put(&sc->tables, script_key(sc, &t->name), sc);
    script_find_columns_twice(sc, t);
    VEC_EACH (i, &t->columns)
        write_column(sc, &t->name, t->columns.items[i]->name, t->columns.items[i]);
    VEC_EACH (i, &t->constraints) {
        const struct ast_constraint *k = t->constraints.items[i];

        if (k->not_valid)
            script_add(sc, OPERATION_NOT_VALID_INLINE, k->span, &t->name);
    }
}

void
script_read_alter_type(struct script *sc, const struct stmt *stmt)
{
    const struct ast_alter_type *t = stmt->u.alter_type;
    struct operation *o;

    if (t->kind == ALTER_TYPE_ADD_VALUE) {
        o = script_add(sc, OPERATION_ENUM_ADD_VALUE, stmt->span, &t->name);
        o->name = t->label;
        o->placed = !slice_is_none(t->neighbour);
    } else if (t->kind == ALTER_TYPE_RENAME_VALUE) {
        o = script_add(sc, OPERATION_ENUM_RENAME_VALUE, stmt->span, &t->name);
        o->name = t->label;
        o->new_name = t->new_name;
    }
}
