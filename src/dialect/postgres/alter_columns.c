/*
 * Columns: added, dropped, and changed in one respect each.
 *
 * A column that takes its values from @from, or from a data step, is added without NOT
 * NULL, filled, and only then tightened.
 */
#include "dialect/postgres/postgres.h"

#include "model/naming.h"

/* "ALTER TABLE t ALTER COLUMN c words" */
static void
begin_column(struct alter *a, struct postgres_statement *st, const struct change *c,
             const char *words)
{
    postgres_begin_alter(a->s, st, c->new.table, "ALTER COLUMN");
    sqlw_ident(&st->w, c->new.column->name);
    sqlw_kw(&st->w, words);
}

static void
add_words(struct alter *a, struct action *to, const struct change *c, const char *words)
{
    struct postgres_statement st;

    begin_column(a, &st, c, words);
    alter_sql(a, to, postgres_end(&st));
}

static struct slice
member_title(struct alter *a, const char *verb, const struct table *t,
             const struct column *c)
{
    return slice_format(&a->s->arena, "%s %.*s.%.*s", verb, SLICE_ARG(t->name),
                        SLICE_ARG(c->name));
}

/* The value that the declarations give for this direction; NULL: none. */
static const struct expr *
declared_value(const struct alter *a, const struct change *c)
{
    if (a->r->down)
        return c->old.column == NULL ? NULL : c->old.column->back;
    return c->new.column->from;
}

/* ---- values over the old row, in the names that hold by then ---- */

struct row_names {
    struct alter *a;
    const struct table *old;
    const struct table *new;
};

static struct slice
name_by_then(const struct row_names *r, struct slice old_name)
{
    VEC_EACH (i, &r->new->columns) {
        const struct column *c = r->new->columns.items[i];
        const struct column *was = diff_old_column(r->old, r->new, c);

        if (was != NULL && slice_equal(was->name, old_name))
            return c->name;
    }
    return old_name;
}

static const struct expr *
rename_node(void *context, const struct expr *e)
{
    const struct row_names *r = context;
    struct slice name = e->text;
    struct expr *copy;

    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        name = name_by_then(r, e->text);
    else if (e->kind == EXPR_PART && slice_equal(e->text, r->old->name))
        name = r->new->name;
    if (slice_is_none(name) || slice_equal(name, e->text))
        return e;
    copy = arena_copy(&r->a->s->arena, e, sizeof *e);
    copy->text = name;
    return copy;
}

static const struct expr *
value_by_then(struct alter *a, const struct table *old, const struct table *new,
              const struct expr *value)
{
    struct row_names names = { a, old, new };

    return expr_rewrite(&a->s->arena, value, rename_node, &names);
}

/* A literal takes the type of its column; an expression that gives text does not, nor
 * does one of which nothing is known. */
static bool
needs_cast(const struct expr *value, const struct type *to)
{
    if (expr_is_constant(value) || value->kind == EXPR_CAST
        || type_family(to) == FAMILY_TEXT)
        return false;
    return value->result == NULL || type_family(value->result) == FAMILY_TEXT;
}

static const struct expr *
value_of_type(struct alter *a, const struct expr *value, const struct type *to)
{
    struct expr *cast;

    if (!needs_cast(value, to))
        return value;
    cast = expr_1(&a->s->arena, EXPR_CAST, value->span, SLICE_NONE, value);
    cast->type = to;
    return cast;
}

static void
hold_triggers(struct alter *a, struct action *to, const struct table *t,
              const char *words)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, words);
    alter_sql(a, to, postgres_end(&st));
}

void
alter_fill(struct alter *a, struct action *to, const struct table *old,
           const struct table *new, const struct column *c, const struct expr *value,
           bool only_nulls)
{
    bool triggered =
        map_has(&a->triggered, catalog_key(&a->s->arena, old->schema, old->name));
    struct postgres_statement st;

    if (triggered)
        hold_triggers(a, to, new, "DISABLE TRIGGER USER");
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "UPDATE");
    sqlw_qualified(&st.w, new->schema, new->name);
    sqlw_kw(&st.w, "SET");
    sqlw_ident(&st.w, c->name);
    sqlw_kw(&st.w, "=");
    sqlw_expr(&st.w, value_of_type(a, value_by_then(a, old, new, value), &c->type));
    if (only_nulls) {
        sqlw_kw(&st.w, "WHERE");
        sqlw_ident(&st.w, c->name);
        sqlw_kw(&st.w, "IS NULL");
    }
    alter_sql(a, to, postgres_end(&st));
    if (triggered)
        hold_triggers(a, to, new, "ENABLE TRIGGER USER");
    to->rewrites = true;
}

/* ---- added ---- */

static bool
fills_itself(const struct column *c)
{
    return c->default_value != NULL || c->generated != NULL
           || c->identity != IDENTITY_NONE;
}

/* Old rows share one stored value of a constant; anything else is worked out for each. */
static bool
is_stored_once(const struct expr *e)
{
    return e == NULL || expr_is_constant(e) || e->kind == EXPR_CALL_KEYWORD;
}

static void
require_empty(struct alter *a, struct action *to, const struct change *c)
{
    struct slice name = alter_name(a, c->old.table->schema, c->old.table->name);

    alter_require(
        a, to,
        slice_format(&a->s->arena, "%.*s has rows and %.*s no value for them",
                     SLICE_ARG(c->old.table->name), SLICE_ARG(c->new.column->name)),
        slice_format(&a->s->arena, "SELECT 1 FROM %.*s LIMIT 1", SLICE_ARG(name)));
    alter_reason(a, to,
                 "The column is NOT NULL and has neither a default nor @from, so this "
                 "works on an empty table only.");
}

static void
add_not_null(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);

    to->title = member_title(a, "require", c->new.table, c->new.column);
    to->scans = true;
    add_words(a, to, c, "SET NOT NULL");
    alter_reason(a, to, "The rows have their values by now.");
}

static void
add_fill(struct alter *a, const struct change *c, const struct expr *value,
         bool only_nulls)
{
    struct action *to = alter_action(a, PHASE_FILL, 0, c);

    to->title = member_title(a, "fill", c->new.table, c->new.column);
    to->lock = "ROW EXCLUSIVE";
    alter_fill(a, to, c->old.table, c->new.table, c->new.column, value, only_nulls);
    alter_reason(a, to,
                 a->r->down ? "Its values are computed as @back says."
                            : "Its values are computed as @from says.");
}

static void
add_column(struct alter *a, const struct change *c)
{
    const struct column *col = c->new.column;
    const struct expr *value = declared_value(a, c);
    bool later =
        col->not_null && !fills_itself(col) && (value != NULL || a->r->has_data_step);
    struct action *to = alter_action(a, PHASE_GROW, alter_columns_order(a), c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "ADD COLUMN");
    postgres_write_column(&st.w, col, col->not_null && !later);
    alter_sql(a, to, postgres_end(&st));
    to->rewrites = !is_stored_once(col->default_value) || col->generated != NULL
                   || col->identity != IDENTITY_NONE;
    if (col->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, col, NULL, col->comment));
    if (col->not_null && !later && !fills_itself(col))
        require_empty(a, to, c);
    if (a->r->down && !a->r->has_data_step)
        alter_reason(a, to,
                     "Its values were dropped on the way here and cannot be "
                     "restored.");
    if (value != NULL)
        add_fill(a, c, value, false);
    if (later)
        add_not_null(a, c);
}

/* ---- dropped ---- */

/* Before tables.  A generated column goes before those that it is computed from. */
static void
drop_column(struct alter *a, const struct change *c)
{
    bool generated = c->old.column->generated != NULL;
    struct action *to = alter_action(a, PHASE_SHRINK, generated ? 0 : 1, c);
    struct slice table = alter_name(a, c->old.table->schema, c->old.table->name);
    struct slice column = alter_ident(a, c->old.column->name);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "DROP COLUMN");
    sqlw_ident(&st.w, c->old.column->name);
    alter_sql(a, to, postgres_end(&st));
    if (generated)
        return;
    alter_loses(to, member_title(a, "column", c->old.table, c->old.column),
                slice_format(&a->s->arena,
                             "SELECT count(*) FROM %.*s WHERE %.*s IS NOT NULL",
                             SLICE_ARG(table), SLICE_ARG(column)));
}

/* ---- type ---- */

static bool
is_integer(enum type_kind k)
{
    return k == TYPE_INT2 || k == TYPE_INT4 || k == TYPE_INT8;
}

static bool
is_time_of_day(enum type_kind k)
{
    return k == TYPE_TIMESTAMP || k == TYPE_TIMESTAMPTZ;
}

static int32_t
scale_of(const struct type *t)
{
    return t->arg_count == 2 ? t->args[1] : 0;
}

/* Values that do not fit are rounded or cut without an error. */
static bool
loses_silently(const struct type *old, const struct type *new)
{
    bool exact_target =
        is_integer(new->kind) || (new->kind == TYPE_DECIMAL &&new->arg_count > 0);

    if (old->dimensions > 0 || new->dimensions > 0)
        return false;
    if (old->kind == TYPE_DOUBLE || old->kind == TYPE_REAL)
        return exact_target || (old->kind == TYPE_DOUBLE && new->kind == TYPE_REAL);
    if (old->kind == TYPE_DECIMAL)
        return new->kind == TYPE_REAL || new->kind == TYPE_DOUBLE
               || (exact_target
                   && (old->arg_count == 0 || scale_of(old) > scale_of(new)));
    if (is_time_of_day(old->kind))
        return new->kind == TYPE_DATE || new->kind == TYPE_TIME;
    return false;
}

/* The server converts by itself: a cast with USING would cut text that is too long. */
static bool
converts_by_itself(const struct type *old, const struct type *new)
{
    if (old->dimensions != new->dimensions)
        return false;
    if (type_family(new) == FAMILY_TEXT)
        return true;
    if (new->kind == TYPE_NAMED)
        return false;
    return old->kind == new->kind
           || (type_family(old) == type_family(new) && type_family(new) == FAMILY_NUMBER)
           || (type_family(old) == type_family(new) && type_family(new) == FAMILY_TIME);
}

static bool
is_longer(const struct type *old, const struct type *new)
{
    return new->arg_count == 0 || (old->arg_count > 0 && new->args[0] >= old->args[0]);
}

/* Only the catalog changes: the stored bytes are the same in both types. */
static bool
keeps_bytes(const struct type *old, const struct type *new)
{
    bool from_varchar = old->kind == TYPE_VARCHAR;

    if (old->dimensions > 0 || new->dimensions > 0)
        return false;
    if (old->kind == TYPE_TEXT || from_varchar)
        return new->kind == TYPE_TEXT || (new->kind == TYPE_VARCHAR &&new->arg_count == 0)
               || (new->kind == TYPE_VARCHAR &&from_varchar &&is_longer(old, new));
    return old->kind == TYPE_DECIMAL && new->kind == TYPE_DECIMAL
           && (new->arg_count == 0
               || (is_longer(old, new) && scale_of(old) == scale_of(new)));
}

static void
warn_of_rounding(struct alter *a, struct action *to, const struct change *c)
{
    struct postgres_statement type;
    struct postgres_statement old_type;
    struct slice table = alter_name(a, c->old.table->schema, c->old.table->name);
    struct slice column = alter_ident(a, c->old.column->name);

    postgres_begin(a->s, &type);
    sqlw_type(&type.w, &c->new.column->type);
    postgres_begin(a->s, &old_type);
    sqlw_type(&old_type.w, &c->old.column->type);
    alter_loses(to, member_title(a, "digits of", c->old.table, c->old.column),
                slice_format(&a->s->arena,
                             "SELECT count(*) FROM %.*s WHERE %.*s <> "
                             "CAST(CAST(%.*s AS %.*s) AS %.*s)",
                             SLICE_ARG(table), SLICE_ARG(column), SLICE_ARG(column),
                             SLICE_ARG(postgres_end(&type)),
                             SLICE_ARG(postgres_end(&old_type))));
}

static void
write_using(struct alter *a, struct sqlw *w, const struct change *c,
            const struct expr *value)
{
    if (value != NULL) {
        sqlw_kw(w, "USING");
        value = value_by_then(a, c->old.table, c->new.table, value);
        sqlw_expr_parens(w, value_of_type(a, value, &c->new.column->type));
        return;
    }
    if (converts_by_itself(&c->old.column->type, &c->new.column->type))
        return;
    sqlw_kw(w, "USING CAST(");
    w->need_blank = false;
    sqlw_ident(w, c->new.column->name);
    if (c->new.column->type.kind == TYPE_NAMED)
        postgres_write_cast(w, SLICE("text")); /* every type goes there and back */
    sqlw_kw(w, "AS");
    sqlw_type(w, &c->new.column->type);
    sqlw_close(w);
}

static void
set_default(struct alter *a, struct action *to, const struct change *c)
{
    struct postgres_statement st;

    if (c->new.column->default_value == NULL) {
        add_words(a, to, c,
                  c->new.column->null_default ? "SET DEFAULT NULL" : "DROP DEFAULT");
        return;
    }
    begin_column(a, &st, c, "SET");
    postgres_write_default(&st.w, c->new.column);
    alter_sql(a, to, postgres_end(&st));
}

static void
set_type(struct alter *a, struct action *to, const struct change *c,
         const struct expr *value)
{
    struct column plain = *c->new.column;
    struct postgres_statement st;

    plain.identity = IDENTITY_NONE; /* serial is no type */
    begin_column(a, &st, c, "TYPE");
    postgres_write_column_type(&st.w, &plain);
    write_using(a, &st.w, c, value);
    alter_sql(a, to, postgres_end(&st));
}

static bool
same_kind(const struct change *c)
{
    return c->old.column->type.kind == c->new.column->type.kind
           && c->old.column->type.kind != TYPE_NAMED;
}

/* The old default need not be a value of the new type. */
static void
change_type(struct alter *a, const struct change *c)
{
    const struct type *old = &c->old.column->type;
    const struct type *new = &c->new.column->type;
    const struct expr *value = declared_value(a, c);
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);

    if (!same_kind(c) && c->old.column->default_value != NULL)
        add_words(a, to, c, "DROP DEFAULT");
    set_type(a, to, c, value);
    if (!same_kind(c) && c->new.column->default_value != NULL)
        set_default(a, to, c);
    to->rewrites = value != NULL || !keeps_bytes(old, new);
    if (value == NULL && loses_silently(old, new))
        warn_of_rounding(a, to, c);
}

static void
change_collation(struct alter *a, const struct change *c)
{
    struct action *to;

    if (!type_equal(&c->old.column->type, &c->new.column->type))
        return; /* change_type says it */
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);
    set_type(a, to, c, NULL);
    if (slice_is_none(c->new.column->collation)) {
        struct postgres_statement st;

        to->sql.count = 0;
        begin_column(a, &st, c, "TYPE");
        sqlw_type(&st.w, &c->new.column->type);
        sqlw_kw(&st.w, "COLLATE \"default\"");
        alter_sql(a, to, postgres_end(&st));
    }
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
                  slice_format(&a->s->arena, "SELECT 1 FROM %.*s WHERE %.*s IS NULL",
                               SLICE_ARG(table), SLICE_ARG(column)));
}

static void
tighten_null(struct alter *a, const struct change *c)
{
    const struct expr *value = declared_value(a, c);
    bool retyped = !type_equal(&c->old.column->type, &c->new.column->type);
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);

    to->scans = true;
    add_words(a, to, c, "SET NOT NULL");
    if (value == NULL && !a->r->has_data_step)
        require_no_nulls(a, to, c);
    if (value != NULL && !retyped)
        add_fill(a, c, value, true);
}

static void
change_nullability(struct alter *a, const struct change *c)
{
    bool identity = c->old.column->identity != IDENTITY_NONE;
    struct action *to;

    if (c->new.column->not_null) {
        tighten_null(a, c);
        return;
    }
    to = identity ? alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c)
                  : alter_action(a, PHASE_GROW, alter_columns_order(a) + 1, c);
    add_words(a, to, c, "DROP NOT NULL");
}

static void
change_default(struct alter *a, const struct change *c)
{
    bool retyped = !type_equal(&c->old.column->type, &c->new.column->type);
    struct action *to;

    if (retyped && !same_kind(c)
        && (c->new.column->default_value != NULL || c->old.column->default_value != NULL))
        return; /* change_type says it */
    to = retyped || c->new.column->type.kind == TYPE_NAMED
             ? alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c)
             : alter_action(a, PHASE_GROW, alter_columns_order(a) + 1, c);
    set_default(a, to, c);
}

/* ---- generated columns ---- */

static bool
is_used(const struct alter *a, const struct table *t, struct slice column)
{
    VEC_EACH (i, &t->constraints)
        if (column_is_in(&t->constraints.items[i]->keys, column)
            || expr_mentions_column(t->constraints.items[i]->check, column))
            return true;
    VEC_EACH (i, &a->r->to->indexes) {
        const struct index *x = a->r->to->indexes.items[i];

        if (x->table == t
            && (column_is_in(&x->keys, column) || expr_mentions_column(x->where, column)))
            return true;
    }
    return false;
}

/* The server cannot give a column another expression; its values are computed anyway. */
static void
remake_generated(struct alter *a, const struct change *c)
{
    struct action *to;
    struct postgres_statement st;

    if (is_used(a, c->new.table, c->new.column->name)) {
        alter_refuse(a, c,
                     "the column would have to be made anew, and a constraint or "
                     "index reads it; drop that in a version of its own");
        return;
    }
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    postgres_begin_alter(a->s, &st, c->new.table, "DROP COLUMN");
    sqlw_ident(&st.w, c->new.column->name);
    alter_sql(a, to, postgres_end(&st));
    postgres_begin_alter(a->s, &st, c->new.table, "ADD COLUMN");
    postgres_write_column(&st.w, c->new.column, c->new.column->not_null);
    alter_sql(a, to, postgres_end(&st));
    to->rewrites = true;
    alter_reason(a, to,
                 "PostgreSQL 15 cannot change the expression of a generated "
                 "column, so the column is made anew, as the last one.");
    if (c->old.column->generated == NULL)
        alter_loses(to, member_title(a, "column", c->old.table, c->old.column),
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
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    add_words(a, to, c, "DROP EXPRESSION");
}

/* ---- identity ---- */

static struct slice
sequence_of(struct alter *a, const struct change *c)
{
    struct slices columns = { 0 };
    struct map taken;

    map_init(&taken, &a->s->arena);
    VEC_PUSH(&a->s->arena, &columns.all, c->new.column->name);
    return alter_name(a, c->new.table->schema,
                      naming_derive(a->s, &taken, c->new.table->name, &columns, "seq"));
}

static void
remove_numbering(struct alter *a, struct action *to, const struct change *c)
{
    struct slice sequence = sequence_of(a, c);

    if (c->old.column->identity == IDENTITY_NONE)
        return;
    if (c->old.column->identity != IDENTITY_SERIAL) {
        add_words(a, to, c, "DROP IDENTITY");
        return;
    }
    add_words(a, to, c, "DROP DEFAULT");
    alter_sql(
        a, to,
        slice_format(&a->s->arena, "DROP SEQUENCE IF EXISTS %.*s", SLICE_ARG(sequence)));
}

static void
add_serial(struct alter *a, struct action *to, const struct change *c)
{
    struct slice sequence = sequence_of(a, c);
    struct slice table = alter_name(a, c->new.table->schema, c->new.table->name);
    struct slice column = alter_ident(a, c->new.column->name);
    struct postgres_statement st;

    alter_sql(a, to,
              slice_format(&a->s->arena, "CREATE SEQUENCE %.*s AS %s OWNED BY %.*s.%.*s",
                           SLICE_ARG(sequence),
                           type_canonical_name(c->new.column->type.kind),
                           SLICE_ARG(table), SLICE_ARG(column)));
    begin_column(a, &st, c, "SET DEFAULT nextval(");
    st.w.need_blank = false;
    sqlw_string(&st.w, sequence);
    sqlw_close(&st.w);
    alter_sql(a, to, postgres_end(&st));
}

static void
add_numbering(struct alter *a, struct action *to, const struct change *c)
{
    struct postgres_statement st;

    if (c->new.column->identity == IDENTITY_NONE)
        return;
    if (c->new.column->identity == IDENTITY_SERIAL) {
        add_serial(a, to, c);
    } else {
        begin_column(a, &st, c, "ADD");
        postgres_write_identity(&st.w, c->new.column);
        alter_sql(a, to, postgres_end(&st));
    }
    alter_sql(a, to, postgres_catch_up(a->s, c->new.table, c->new.column));
}

static bool
is_identity(const struct column *c)
{
    return c->identity == IDENTITY_ALWAYS || c->identity == IDENTITY_BY_DEFAULT;
}

/* Where it stands may be out of bounds now. */
static bool
narrows(const struct sequence *old, const struct sequence *new)
{
    bool min = new->has_min && (old->has_min ? new->min > old->min : new->min > 1);
    bool max = new->has_max && (!old->has_max || new->max < old->max);

    return (min || max) && (old->increment > 0) == (new->increment > 0);
}

/* The sequence behind it stays. */
static void
renumber(struct alter *a, struct action *to, const struct change *c)
{
    struct sequence old = numbering_of(c->old.column->numbering);
    struct sequence new = numbering_of(c->new.column->numbering);
    struct postgres_statement st;

    old.type = new.type; /* the server has changed it with that of the column */
    postgres_begin_alter(a->s, &st, c->new.table, "ALTER COLUMN");
    sqlw_ident(&st.w, c->new.column->name);
    if (c->old.column->identity != c->new.column->identity)
        sqlw_kw(&st.w, c->new.column->identity == IDENTITY_ALWAYS
                           ? "SET GENERATED ALWAYS"
                           : "SET GENERATED BY DEFAULT");
    alter_write_counting(&st.w, &old, &new, true);
    if (narrows(&old, &new))
        sqlw_kw(&st.w, "RESTART");
    alter_sql(a, to, postgres_end(&st));
    if (narrows(&old, &new) && new.increment > 0)
        alter_sql(a, to, postgres_catch_up(a->s, c->new.table, c->new.column));
}

static void
change_identity(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);

    if (is_identity(c->old.column) && is_identity(c->new.column)) {
        renumber(a, to, c);
        return;
    }
    remove_numbering(a, to, c);
    add_numbering(a, to, c);
    alter_reason(a, to, "The numbers go on behind the highest one that is there.");
}

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
    else if (c->kind == CHANGE_COLUMN_TYPE)
        change_type(a, c);
    else if (c->kind == CHANGE_COLUMN_COLLATION)
        change_collation(a, c);
    else if (c->kind == CHANGE_COLUMN_NULLABILITY)
        change_nullability(a, c);
    else if (c->kind == CHANGE_COLUMN_DEFAULT)
        change_default(a, c);
    else if (c->kind == CHANGE_COLUMN_GENERATED)
        change_generated(a, c);
    else if (c->kind == CHANGE_COLUMN_IDENTITY)
        change_identity(a, c);
    else if (c->kind == CHANGE_COLUMN_COMMENT)
        comment_column(a, c);
}
