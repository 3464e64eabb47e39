/*
 * What counts up.  AUTOINCREMENT counts the INTEGER PRIMARY KEY; any other column gets
 * its number from a trigger behind the INSERT, which takes it from a table of one row:
 *
 *     CREATE TABLE t_n_seq (last_value INTEGER NOT NULL);
 *     CREATE TRIGGER t_n_count AFTER INSERT ON t WHEN new.n = -2147483648 BEGIN
 *         INSERT INTO t_n_seq (last_value) SELECT … WHERE NOT EXISTS (…);
 *         UPDATE t_n_seq SET last_value = last_value + 1;
 *         UPDATE t SET n = (SELECT last_value FROM t_n_seq) WHERE rowid = new.rowid;
 *     END
 *
 * The least number of the type is the default that says "not counted yet": so the column
 * stays NOT NULL, and a NULL that is given is refused.  No row keeps that number.
 */
#include "dialect/sqlite/lower.h"

#include "model/naming.h"
#include "model/was.h"

/* A column that a trigger counts, or keeps from being written. */
struct counted {
    const struct table *t;        /* lowered */
    struct slice column;
    struct span span;
    bool by_engine;               /* AUTOINCREMENT: only ALWAYS is left to do */
    bool always;
    int64_t unset;                /* the default that stands for no number */
    struct slice counter;         /* the table of one row */
    const struct sequence *order; /* start and step; never NULL */
    struct counted *next;         /* of the same table */
};

/* ---- sequences by the text in nextval('…') ---- */

static struct slice
qualified(struct lite_lowering *l, struct slice schema, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &l->s->arena);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_qualified(&w, schema, name);
    return text_slice(&out);
}

void
lite_find_sequences(struct lite_lowering *l)
{
    VEC_EACH (i, &l->from->definitions) {
        const struct definition *r = l->from->definitions.items[i];
        void *found = (void *)(uintptr_t)r;

        if (r->detail != DETAIL_SEQUENCE || !lite_is_ours(r->only))
            continue;
        map_put(&l->sequences, qualified(l, r->schema, r->name), found);
        if (slice_is_none(r->schema))
            map_put(&l->sequences, qualified(l, SLICE("public"), r->name), found);
    }
}

/* NULL: no nextval(), or of a sequence that nothing declares. */
static const struct definition *
sequence_of(struct lite_lowering *l, const struct expr *e)
{
    bool is_quoted = false;

    while (e != NULL && e->kind == EXPR_CAST)
        e = e->args[0];
    if (e == NULL || e->kind != EXPR_CALL || !slice_is(e->text, "nextval")
        || e->arg_count != CALL_ARGS + 1)
        return NULL;
    e = e->args[CALL_ARGS];
    while (e->kind == EXPR_CAST)
        e = e->args[0];
    for (size_t i = 0; i < e->text.len; i++)
        is_quoted = is_quoted || e->text.ptr[i] == '"';
    return map_get(&l->sequences,
                   is_quoted ? e->text : slice_lower(&l->s->arena, e->text));
}

/* ---- start and step ---- */

static int64_t
least_of(const struct type *t)
{
    if (t->kind == TYPE_INT2)
        return INT16_MIN;
    return t->kind == TYPE_INT8 ? INT64_MIN : INT32_MIN;
}

static int64_t
greatest_of(const struct type *t)
{
    return -(least_of(t) + 1);
}

static int64_t
lower_end(const struct sequence *s)
{
    if (s->has_min)
        return s->min;
    return s->increment > 0 ? 1 : least_of(&s->type);
}

static int64_t
upper_end(const struct sequence *s)
{
    if (s->has_max)
        return s->max;
    return s->increment > 0 ? greatest_of(&s->type) : -1;
}

static int64_t
start_of(const struct sequence *s)
{
    if (s->has_start)
        return s->start;
    return s->increment > 0 ? lower_end(s) : upper_end(s);
}

static bool
is_by_ones(const struct sequence *s)
{
    return s->increment == 1 && !s->has_min && !s->has_max && !s->cycle
           && start_of(s) > 0;
}

/* ---- the column ---- */

static struct slice
column_key(const struct lite_lowering *l, struct slice table, struct slice column)
{
    return slice_format(&l->s->arena, "%.*s.%.*s", SLICE_ARG(table), SLICE_ARG(column));
}

static struct counted *
add_counted(struct lite_lowering *l, const struct table *t, const struct column *c,
            const struct sequence *order)
{
    struct counted *n = ARENA_NEW(&l->s->arena, struct counted);

    *n = (struct counted){ .t = t,
                           .column = c->name,
                           .span = c->span,
                           .always = c->identity == IDENTITY_ALWAYS,
                           .order = order,
                           .next = map_get(&l->counted, t->name) };
    map_put(&l->counted, t->name, n);
    VEC_PUSH(&l->s->arena, &l->counters, n);
    return n;
}

static struct slice
numbering_text(struct session *s, const struct sequence *numbering)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &s->arena);
    sqlw_init(&w, &lite_style, &out);
    numbering_write(&w, numbering);
    return text_slice(&out);
}

static void
count_by_engine(struct lite_lowering *l, const struct table *t, struct column *c,
                const struct sequence *order)
{
    if (!is_by_ones(order))
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, c->span,
                 "%.*s: SQLite counts a primary key up in steps of 1;%.*s is not kept",
                 SLICE_ARG(lite_column_title(l, t, c)),
                 SLICE_ARG(numbering_text(l->s, order)));
    else if (start_of(order) > 1)
        c->first_number = start_of(order);
    if (c->identity == IDENTITY_ALWAYS)
        add_counted(l, t, c, order)->by_engine = true;
    c->identity = IDENTITY_BY_DEFAULT;
    c->numbering = NULL;
}

static bool
is_whole(const struct type *t)
{
    return t->dimensions == 0
           && (t->kind == TYPE_INT2 || t->kind == TYPE_INT4 || t->kind == TYPE_INT8);
}

static const struct expr *
equals_number(struct arena *a, const struct expr *e, int64_t n)
{
    return lite_binary(a, "=", e, lite_number(a, n));
}

/* Does the CHECK see the number, as it is or in what is computed from it? */
static bool
check_sees(const struct table *t, const struct constraint *k, struct slice column)
{
    if (lite_check_mentions(k, column))
        return true;
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        if (c->generated != NULL && expr_mentions_column(c->generated, column)
            && lite_check_mentions(k, c->name))
            return true;
    }
    return false;
}

/* The type of the column itself has room for the number that stands for none. */
static void
open_checks(struct lite_lowering *l, struct table *t, const struct counted *n)
{
    struct arena *a = &l->s->arena;
    const struct constraint *own =
        lite_type_check(t, table_find_column(t, n->column));

    VEC_EACH (i, &t->constraints) {
        struct constraint *k = t->constraints.items[i];

        if (k != own && check_sees(t, k, n->column))
            k->check = lite_or(a, equals_number(a, lite_column(a, n->column), n->unset),
                               k->check);
    }
}

void
lite_open_checks(struct lite_lowering *l, struct table *t)
{
    for (const struct counted *n = map_get(&l->counted, t->name); n != NULL; n = n->next)
        if (!n->by_engine)
            open_checks(l, t, n);
}

/* The sequence of a column has the name that the server would give it. */
static struct slice
own_counter(struct lite_lowering *l, const struct table *neutral,
            const struct column *before)
{
    return lite_flat_name(&l->s->arena, neutral->schema,
                          naming_sequence(l->s, neutral, before));
}

/* Before this version renamed the table or the column; none: it had the same name. */
static struct slice
older_counter(struct lite_lowering *l, const struct table *neutral,
              const struct column *before)
{
    struct table t = *neutral;
    struct column c = *before;
    struct relation_name old;

    if (slice_is_none(t.was) && slice_is_none(c.was))
        return SLICE_NONE;
    if (!slice_is_none(t.was)) {
        old = was_name(t.schema, t.was);
        t.schema = old.schema;
        t.name = old.name;
    }
    c.name = slice_is_none(c.was) ? c.name : c.was;
    return own_counter(l, &t, &c);
}

static void
add_counter(struct lite_lowering *l, struct slice name, struct slice was,
            struct span span)
{
    struct arena *a = &l->s->arena;
    struct table *t = ARENA_NEW(a, struct table);
    struct column *c = ARENA_NEW(a, struct column);

    if (catalog_find_table(l->to, SLICE_NONE, name) != NULL)
        return; /* several columns count by one sequence */
    lite_claim_name(l, &l->names, name, span);
    c->name = SLICE("last_value");
    c->type.kind = TYPE_INT4;
    c->has_type = true;
    c->not_null = true;
    c->is_local = true;
    c->span = span;
    t->name = name;
    t->was = was;
    t->options = SLICE("");
    t->span = span;
    map_init(&t->column_names, a);
    VEC_PUSH(a, &t->columns, c);
    map_put(&t->column_names, c->name, c);
    catalog_add_table(l->to, a, t);
}

/* Rows that are there already are numbered by their rowids when the column is new. */
static void
number_rows(struct lite_lowering *l, const struct table *t, struct column *c)
{
    const char *rowid = t->without_rowid ? NULL : lite_rowid_name(t, t);

    if (c->from == NULL && rowid != NULL)
        c->from = lite_column(&l->s->arena, slice_from(rowid));
}

/* The trigger has to find the row by something other than what it sets. */
static bool
can_be_set(const struct table *t, const struct column *c)
{
    if (!lite_row_is_known(t))
        return false;
    for (size_t i = 0; t->without_rowid && i < t->primary_key->keys.all.count; i++)
        if (slice_equal(t->primary_key->keys.all.items[i].column, c->name))
            return false;
    return true;
}

static bool
count_by_trigger(struct lite_lowering *l, const struct table *neutral, struct table *t,
                 struct column *c, const struct sequence *order,
                 const struct definition *sequence)
{
    const struct column *before = table_find_column(neutral, c->name);
    struct counted *n;

    if (!is_whole(&before->type) || !can_be_set(t, c))
        return false;
    n = add_counted(l, t, c, order);
    n->unset = least_of(&before->type);
    n->counter = sequence != NULL ? lite_flat_name(&l->s->arena, sequence->schema,
                                                   sequence->name)
                                  : own_counter(l, neutral, before);
    number_rows(l, t, c);
    c->default_value = lite_number(&l->s->arena, n->unset);
    c->null_default = false;
    c->identity = IDENTITY_NONE;
    c->numbering = NULL;
    if (sequence == NULL)
        add_counter(l, n->counter, older_counter(l, neutral, before), c->span);
    else
        map_put(&l->used_sequences, n->counter, n);
    return true;
}

/* How the column counts, and the declared sequence that it takes its numbers from. */
static struct sequence *
order_of(struct lite_lowering *l, const struct column *neutral,
         const struct definition **sequence)
{
    struct sequence *order = ARENA_NEW(&l->s->arena, struct sequence);

    *sequence = sequence_of(l, neutral->default_value);
    if (*sequence != NULL) {
        *order = *(*sequence)->u.sequence;
    } else {
        *order = numbering_of(neutral->numbering);
        order->type = neutral->type;
    }
    return order;
}

bool
lite_lower_counter(struct lite_lowering *l, const struct table *neutral, struct table *t,
                   struct column *c)
{
    const struct column *before = table_find_column(neutral, c->name);
    const struct definition *sequence;
    struct sequence *order = order_of(l, before, &sequence);
    struct slice flat;

    if (table_rowid_column(t) != c)
        return count_by_trigger(l, neutral, t, c, order, sequence);
    count_by_engine(l, t, c, order);
    if (sequence == NULL)
        return true;
    flat = lite_flat_name(&l->s->arena, sequence->schema, sequence->name);
    if (!map_has(&l->used_sequences, flat))
        map_put(&l->used_sequences, flat, NULL);
    return true;
}

/* new.n IS NOT -2147483648: it may be NULL where a sequence is only its default. */
static const struct expr *
is_not_number(struct arena *a, const char *row, const struct counted *n)
{
    return expr_2(a, EXPR_IS_DISTINCT, SPAN_NONE, SLICE_NONE,
                  lite_row_column(a, row, n->column), lite_number(a, n->unset));
}

const struct expr *
lite_row_is_counted(const struct lite_lowering *l, const struct table *t)
{
    struct arena *a = &l->s->arena;
    const struct expr *all = NULL;

    for (const struct counted *n = map_get(&l->counted, t->name); n != NULL; n = n->next)
        if (!n->by_engine)
            all = lite_both(a, all, is_not_number(a, "old", n));
    return all;
}

void
lite_check_counters_given(struct lite_lowering *l, const struct table *t,
                          const struct initial_rows *rows)
{
    for (const struct counted *n = map_get(&l->counted, t->name); n != NULL;
         n = n->next) {
        bool given = n->by_engine;

        VEC_EACH (i, &rows->columns.all)
            given = given || slice_equal(rows->columns.all.items[i], n->column);
        if (!given)
            diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, rows->span,
                     "an initial row of \"%.*s\" needs a value for \"%.*s\": SQLite "
                     "counts it by a trigger, and initial rows are there before",
                     SLICE_ARG(t->name), SLICE_ARG(n->column));
    }
}

/* ---- the triggers ---- */

static const struct expr *
last_value(struct arena *a)
{
    return lite_column(a, SLICE("last_value"));
}

static const struct expr *
counter_value(struct arena *a, const struct counted *n)
{
    return lite_subquery(a, lite_select(a, last_value(a), n->counter, NULL));
}

/* SELECT max(0, (SELECT max(n) FROM t)) WHERE NOT EXISTS (SELECT 1 FROM t_n_seq): behind
 * the numbers that rows have already, as AUTOINCREMENT. */
static const struct expr *
first_value(struct arena *a, const struct counted *n)
{
    const struct sequence *s = n->order;
    const struct expr *before = lite_number(a, start_of(s) - s->increment);
    const struct expr *there = lite_select(
        a, lite_call_1(a, "max", lite_column(a, n->column)), n->t->name, NULL);
    const struct expr *exists =
        expr_1(a, EXPR_EXISTS, SPAN_NONE, SLICE_NONE,
               lite_select(a, lite_number(a, 1), n->counter, NULL));

    if (s->increment > 0 && !s->cycle)
        before = lite_call_2(a, "max", before, lite_subquery(a, there));
    return lite_insert_query(a, n->counter, SLICE("last_value"),
                             lite_select(a, before, SLICE_NONE, lite_not(a, exists)));
}

static const struct expr *
next_value(struct arena *a, const struct sequence *s)
{
    bool up = s->increment > 0;
    const struct expr *next =
        up ? lite_binary(a, "+", last_value(a), lite_number(a, s->increment))
           : lite_binary(a, "-", last_value(a), lite_number(a, -s->increment));
    int64_t end = up ? upper_end(s) : lower_end(s);
    struct expr *e;

    if (!s->cycle)
        return next;
    e = expr_new(a, EXPR_CASE, SPAN_NONE, SLICE_NONE, 4);
    e->args[1] = next;
    e->args[2] = lite_binary(a, up ? ">" : "<", last_value(a),
                             lite_number(a, end - s->increment));
    e->args[3] = lite_number(a, up ? lower_end(s) : upper_end(s));
    return e;
}

/* NULL: the type of the column has the same end. */
static const struct expr *
refuse_beyond_end(struct arena *a, const struct counted *n)
{
    const struct sequence *s = n->order;
    bool up = s->increment > 0;
    int64_t end = up ? upper_end(s) : lower_end(s);

    if (s->cycle || !(up ? s->has_max : s->has_min))
        return NULL;
    return lite_raise(
        a,
        slice_format(a, "sequence %.*s is at its end: %lld", SLICE_ARG(n->counter),
                     (long long)end),
        n->counter, lite_binary(a, up ? ">" : "<", last_value(a), lite_number(a, end)));
}

static void
add_count(struct lite_lowering *l, const struct counted *n)
{
    struct arena *a = &l->s->arena;
    struct trigger *trigger = lite_new_trigger(a, TRIGGER_AFTER, TRIGGER_INSERT);
    const struct expr *end = refuse_beyond_end(a, n);

    trigger->when = equals_number(a, lite_row_column(a, "new", n->column), n->unset);
    VEC_PUSH(a, &trigger->body, first_value(a, n));
    VEC_PUSH(a, &trigger->body,
             lite_update(a, n->counter, SLICE("last_value"), next_value(a, n->order),
                         NULL));
    if (end != NULL)
        VEC_PUSH(a, &trigger->body, end);
    VEC_PUSH(a, &trigger->body,
             lite_update(a, n->t->name, n->column, counter_value(a, n),
                         lite_own_row(a, n->t)));
    lite_add_trigger(l, n->t->name,
                     slice_format(a, "%.*s_%.*s_count", SLICE_ARG(n->t->name),
                                  SLICE_ARG(n->column)),
                     n->span, trigger);
}

static void
refuse_write(struct lite_lowering *l, const struct counted *n, enum trigger_timing timing,
             enum trigger_event event, const struct expr *when, const char *suffix)
{
    struct arena *a = &l->s->arena;
    struct trigger *trigger = lite_new_trigger(a, timing, event);
    struct slice key = column_key(l, n->t->name, n->column);

    trigger->when = when;
    if (event == TRIGGER_UPDATE)
        VEC_PUSH(a, &trigger->columns.all, n->column);
    VEC_PUSH(a, &trigger->body,
             lite_raise(a,
                        slice_format(a, "column %.*s is generated always",
                                     SLICE_ARG(key)),
                        SLICE_NONE, NULL));
    lite_add_trigger(l, n->t->name,
                     slice_format(a, "%.*s_%.*s_always_%s", SLICE_ARG(n->t->name),
                                  SLICE_ARG(n->column), suffix),
                     n->span, trigger);
}

/* Before the INSERT a rowid that is not given reads as -1: one that is given is found
 * behind it, since no counter gives it. */
static void
add_always(struct lite_lowering *l, const struct counted *n)
{
    struct arena *a = &l->s->arena;
    const struct expr *given = lite_row_column(a, "new", n->column);

    if (n->by_engine) {
        refuse_write(l, n, TRIGGER_BEFORE, TRIGGER_INSERT,
                     lite_binary(a, "<>", given, lite_number(a, -1)), "insert");
        refuse_write(l, n, TRIGGER_AFTER, TRIGGER_INSERT, equals_number(a, given, -1),
                     "inserted");
        refuse_write(l, n, TRIGGER_BEFORE, TRIGGER_UPDATE, NULL, "update");
        return;
    }
    refuse_write(l, n, TRIGGER_BEFORE, TRIGGER_INSERT,
                 is_not_number(a, "new", n), "insert");
    refuse_write(l, n, TRIGGER_BEFORE, TRIGGER_UPDATE,
                 is_not_number(a, "old", n), "update");
}

void
lite_lower_counters(struct lite_lowering *l)
{
    VEC_EACH (i, &l->counters) {
        const struct counted *n = l->counters.items[i];

        if (!n->by_engine)
            add_count(l, n);
        if (n->always)
            add_always(l, n);
    }
}

/* ---- declared sequences ---- */

bool
lite_is_counter(struct lite_lowering *l, const struct definition *r)
{
    struct slice flat = lite_flat_name(&l->s->arena, r->schema, r->name);

    if (r->detail != DETAIL_SEQUENCE || !map_has(&l->used_sequences, flat))
        return false;
    if (map_get(&l->used_sequences, flat) != NULL)
        add_counter(l, flat, lite_flat_was(&l->s->arena, r->schema, r->was), r->span);
    else
        diag_add(&l->s->diags, D_LOWER_FORM, r->span,
                 "sequence %.*s is not kept: AUTOINCREMENT counts in its place",
                 SLICE_ARG(r->name));
    return true;
}
