/*
 * Enum types.  Values are added in place, ahead of the transaction, because a value
 * cannot be used in the transaction that adds it.  Values that go or move need the type
 * made anew, and every column of it with it; what else holds on to the type is taken down
 * meanwhile (alter_holders.c).
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

/* The old label of a value: by @was in either direction, or the same one; none: new. */
static struct slice
old_label(const struct enum_type *old, const struct enum_type *new,
          const struct enum_value *v)
{
    if (enum_has_label(old, v->label))
        return v->label;
    if (!slice_is_none(v->was) && enum_has_label(old, v->was))
        return v->was;
    VEC_EACH (i, &old->values) {
        const struct enum_value *o = &old->values.items[i];

        if (slice_equal(o->was, v->label) && !enum_has_label(new, o->label))
            return o->label;
    }
    return SLICE_NONE;
}

/* Are all old values there still, in their order? */
static bool
only_grows(const struct enum_type *old, const struct enum_type *new)
{
    size_t next = 0;

    VEC_EACH (i, &new->values) {
        struct slice was = old_label(old, new, &new->values.items[i]);

        if (slice_is_none(was))
            continue;
        if (next == old->values.count || !slice_equal(old->values.items[next].label, was))
            return false;
        next++;
    }
    return next == old->values.count;
}

bool
alter_enum_only_grows(const struct change *c)
{
    return only_grows(c->old.enum_type, c->new.enum_type);
}

/* ---- in place ---- */

static void
rename_values(struct alter *a, const struct change *c)
{
    const struct enum_type *old = c->old.enum_type;
    const struct enum_type *new = c->new.enum_type;

    VEC_EACH (i, &new->values) {
        const struct enum_value *v = &new->values.items[i];
        struct slice was = old_label(old, new, v);
        struct postgres_statement st;

        if (slice_is_none(was) || slice_equal(was, v->label))
            continue;
        postgres_begin(a->s, &st);
        sqlw_kw(&st.w, "ALTER TYPE");
        sqlw_qualified(&st.w, new->schema, new->name);
        sqlw_kw(&st.w, "RENAME VALUE");
        sqlw_string(&st.w, was);
        sqlw_kw(&st.w, "TO");
        sqlw_string(&st.w, v->label);
        alter_sql(a, alter_action(a, PHASE_GROW, GROW_RENAME_MEMBERS, c),
                  postgres_end(&st));
    }
}

static const struct expr *
label(struct alter *a, struct slice text)
{
    return expr_leaf(&a->s->arena, EXPR_STRING, SPAN_NONE, text);
}

/* ELSE stands before the pairs. */
static const struct expr *
write_back(struct alter *a, const struct change *c, const struct expr *text)
{
    const struct enum_type *old = c->old.enum_type;
    const struct enum_type *new = c->new.enum_type;
    struct expr *e = expr_new(&a->s->arena, EXPR_CASE, text->span, SLICE_NONE,
                              2 + 2 * new->values.count);
    size_t count = 2;

    e->args[0] = text;
    e->args[1] = text;
    VEC_EACH (i, &new->values) {
        struct slice was = old_label(old, new, &new->values.items[i]);

        if (slice_is_none(was) || slice_equal(was, new->values.items[i].label))
            continue;
        e->args[count++] = label(a, new->values.items[i].label);
        e->args[count++] = label(a, was);
    }
    e->arg_count = (uint32_t)count;
    return count == 2 ? NULL : e;
}

/* A column of a type that is made anew has the new labels once it is of the new type. */
static const struct change *
relabelling(const struct alter *a, const struct type *was, const struct type *now)
{
    struct slice key = catalog_key(&a->s->arena, was->schema, was->name);
    const struct change *c = map_get(&a->relabelled, key);

    if (was->kind != TYPE_NAMED || was->dimensions > 0)
        return NULL;
    if (c != NULL)
        return c;
    c = now == NULL || now->kind != TYPE_NAMED ? NULL : map_get(&a->remade_types, key);
    return c != NULL && slice_equal(now->name, c->new.enum_type->name)
                   && slice_equal(now->schema, c->new.enum_type->schema)
               ? c
               : NULL;
}

const struct expr *
alter_label_before(struct alter *a, const struct type *was, const struct type *now,
                   const struct expr *column)
{
    const struct change *c = relabelling(a, was, now);
    struct expr *text;

    if (c == NULL)
        return NULL;
    text = expr_1(&a->s->arena, EXPR_CAST, column->span, SLICE_NONE, column);
    text->type = type_shared(TYPE_TEXT);
    return write_back(a, c, text);
}

/* Its neighbours go by their old labels, because renames come later. */
static void
write_place(struct sqlw *w, const struct enum_type *old, const struct enum_type *new,
            size_t at)
{
    struct slice neighbour;

    if (at == 0 && new->values.count == 1)
        return;
    sqlw_kw(w, at == 0 ? "BEFORE" : "AFTER");
    if (at == 0) {
        neighbour = old->values.items[0].label;
    } else {
        neighbour = old_label(old, new, &new->values.items[at - 1]);
        if (slice_is_none(neighbour))
            neighbour = new->values.items[at - 1].label;
    }
    sqlw_string(w, neighbour);
}

static void
add_values(struct alter *a, const struct change *c)
{
    const struct enum_type *old = c->old.enum_type;
    const struct enum_type *new = c->new.enum_type;

    VEC_EACH (i, &new->values) {
        struct postgres_statement st;
        struct action *to;

        if (!slice_is_none(old_label(old, new, &new->values.items[i])))
            continue;
        postgres_begin(a->s, &st);
        sqlw_kw(&st.w, "ALTER TYPE");
        sqlw_qualified(&st.w, old->schema, old->name);
        sqlw_kw(&st.w, "ADD VALUE IF NOT EXISTS");
        sqlw_string(&st.w, new->values.items[i].label);
        write_place(&st.w, old, new, i);
        to = alter_action(a, PHASE_CLEAR, CLEAR_ENUM_VALUES, c);
        to->title =
            slice_format(&a->s->arena, "add value '%.*s' to type %.*s",
                         SLICE_ARG(new->values.items[i].label), SLICE_ARG(old->name));
        to->lock = NULL;
        to->outside_transaction = true;
        alter_sql(a, to, postgres_end(&st));
        alter_reason(a, to,
                     "A value cannot be used in the transaction that adds it, so it "
                     "is added before; a second run finds it there.");
    }
}

/* ---- made anew ---- */

bool
alter_is_of_enum(const struct column *c, const struct enum_type *e)
{
    return c->has_type && c->type.kind == TYPE_NAMED && slice_equal(c->type.name, e->name)
           && (slice_is_none(c->type.schema) || slice_equal(c->type.schema, e->schema));
}

static struct slice
mapped_label(const struct enum_type *e, struct slice label)
{
    VEC_EACH (i, &e->maps)
        if (slice_equal(e->maps.items[i].from, label))
            return e->maps.items[i].to;
    return SLICE_NONE;
}

static bool
is_kept(const struct enum_type *old, const struct enum_type *new, struct slice label)
{
    VEC_EACH (i, &new->values)
        if (slice_equal(old_label(old, new, &new->values.items[i]), label))
            return true;
    return false;
}

/* What an old label becomes where that is another one; none: it stays, or goes. */
static struct slice
label_then(const struct enum_type *old, const struct enum_type *new, struct slice from)
{
    struct slice to = mapped_label(new, from);

    VEC_EACH (k, &new->values)
        if (slice_equal(old_label(old, new, &new->values.items[k]), from))
            to = new->values.items[k].label;
    return slice_is_none(to) || slice_equal(to, from) ? SLICE_NONE : to;
}

/* CASE c::text WHEN 'old' THEN 'new' … ELSE c::text END */
static void
write_mapping(struct sqlw *w, struct slice column, const struct enum_type *old,
              const struct enum_type *new)
{
    size_t whens = 0;

    VEC_EACH (i, &old->values) {
        struct slice from = old->values.items[i].label;
        struct slice to = label_then(old, new, from);

        if (slice_is_none(to))
            continue;
        if (whens++ == 0) {
            sqlw_kw(w, "CASE");
            sqlw_ident(w, column);
            postgres_write_cast(w, SLICE("text"));
        }
        sqlw_kw(w, "WHEN");
        sqlw_string(w, from);
        sqlw_kw(w, "THEN");
        sqlw_string(w, to);
    }
    if (whens > 0)
        sqlw_kw(w, "ELSE");
    sqlw_ident(w, column);
    postgres_write_cast(w, SLICE("text"));
    if (whens > 0)
        sqlw_kw(w, "END");
}

/*
 * array_replace(array_replace(c::text[], 'old', 'new'), …): a USING takes no query.  One
 * after the other is right: what a label becomes is never an old label that goes.
 */
static void
write_array_mapping(struct sqlw *w, struct slice column, const struct enum_type *old,
                    const struct enum_type *new)
{
    size_t count = 0;

    VEC_EACH (i, &old->values)
        if (!slice_is_none(label_then(old, new, old->values.items[i].label))) {
            sqlw_kw(w, "array_replace(");
            w->need_blank = false;
            count++;
        }
    sqlw_ident(w, column);
    postgres_write_cast(w, SLICE("text[]"));
    for (size_t i = 0; count > 0 && i < old->values.count; i++) {
        struct slice from = old->values.items[i].label;
        struct slice to = label_then(old, new, from);

        if (slice_is_none(to))
            continue;
        sqlw_comma(w);
        sqlw_string(w, from);
        sqlw_comma(w);
        sqlw_string(w, to);
        sqlw_close(w);
    }
}

/* ARRAY['b', 'c'] of those that become others; none: there are none. */
static struct slice
mapped_array(struct alter *a, const struct enum_type *old, const struct enum_type *new)
{
    struct postgres_statement st;
    size_t count = 0;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "ARRAY[");
    st.w.need_blank = false;
    VEC_EACH (i, &old->values) {
        if (slice_is_none(label_then(old, new, old->values.items[i].label))
            || slice_is_none(mapped_label(new, old->values.items[i].label)))
            continue;
        if (count++ > 0)
            sqlw_comma(&st.w);
        sqlw_string(&st.w, old->values.items[i].label);
    }
    return count == 0 ? SLICE_NONE
                      : slice_format(&a->s->arena, "%.*s]", SLICE_ARG(postgres_end(&st)));
}

static bool
is_of(const struct column *c, const struct enum_type *e)
{
    return c->has_type && c->type.kind == TYPE_NAMED && !c->inherited
           && slice_equal(c->type.name, e->name)
           && slice_equal(c->type.schema, e->schema);
}

/* A partition's rows are those of the whole, a child's those of its parent. */
struct slice
alter_ask_for_mapped(struct alter *a, const struct change *c)
{
    const struct enum_type *old = c->old.enum_type;
    struct slice labels = mapped_array(a, old, c->new.enum_type);
    struct text out;

    text_init(&out, &a->s->arena);
    for (size_t i = 0; !slice_is_none(labels) && i < a->r->from->tables.count; i++) {
        const struct table *t = a->r->from->tables.items[i];

        for (size_t k = 0; t->bound == NULL && k < t->columns.count; k++) {
            const struct column *column = t->columns.items[k];

            if (!is_of(column, old))
                continue;
            text_addf(&out, "%s(SELECT count(*) FROM %.*s WHERE ",
                      out.len > 0 ? " + " : "SELECT ",
                      SLICE_ARG(alter_name(a, t->schema, t->name)));
            text_addf(&out,
                      column->type.dimensions > 0 ? "CAST(%.*s AS text[]) && %.*s)"
                                                  : "CAST(%.*s AS text) = ANY (%.*s))",
                      SLICE_ARG(alter_ident(a, column->name)), SLICE_ARG(labels));
        }
    }
    return out.len == 0 ? SLICE_NONE : text_slice(&out);
}

static struct slice
type_text(struct alter *a, const struct column *c)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_type(&st.w, &c->type);
    return postgres_end(&st);
}

static void
retype_column(struct alter *a, struct action *to, const struct table *t,
              const struct column *old_column, const struct column *c,
              const struct enum_type *old, const struct enum_type *new)
{
    struct slice name = alter_ident(a, c->name);
    struct slice type = type_text(a, c);
    struct postgres_statement st;

    if (old_column->default_value != NULL) {
        postgres_begin_alter(a->s, &st, t, "ALTER COLUMN");
        sqlw_raw(&st.w, name);
        sqlw_kw(&st.w, "DROP DEFAULT");
        alter_sql(a, to, postgres_end(&st));
    }
    postgres_begin_alter(a->s, &st, t, "ALTER COLUMN");
    sqlw_raw(&st.w, name);
    sqlw_kw(&st.w, "TYPE");
    sqlw_raw(&st.w, type);
    sqlw_kw(&st.w, "USING (");
    st.w.need_blank = false;
    if (c->type.dimensions > 0)
        write_array_mapping(&st.w, c->name, old, new);
    else
        write_mapping(&st.w, c->name, old, new);
    sqlw_close(&st.w);
    postgres_write_cast(&st.w, type);
    alter_sql(a, to, postgres_end(&st));
    if (c->default_value == NULL)
        return;
    postgres_begin_alter(a->s, &st, t, "ALTER COLUMN");
    sqlw_raw(&st.w, name);
    sqlw_kw(&st.w, "SET");
    postgres_write_default(&st.w, c);
    alter_sql(a, to, postgres_end(&st));
}

static void
require_no_lost_values(struct alter *a, struct action *to, const struct table *t,
                       const struct column *c, const struct enum_type *old,
                       const struct enum_type *new)
{
    struct slice table = alter_name(a, t->schema, t->name);
    struct slice column = alter_ident(a, c->name);

    VEC_EACH (i, &old->values) {
        struct slice label = old->values.items[i].label;
        struct postgres_statement st;

        if (is_kept(old, new, label) || !slice_is_none(mapped_label(new, label)))
            continue;
        postgres_begin(a->s, &st);
        if (c->type.dimensions == 0) {
            sqlw_raw(&st.w, column);
            sqlw_kw(&st.w, "=");
        }
        sqlw_string(&st.w, label);
        if (c->type.dimensions > 0) {
            sqlw_kw(&st.w, "= ANY (");
            st.w.need_blank = false;
            sqlw_raw(&st.w, column);
            sqlw_close(&st.w);
        }
        alter_require(a, to,
                      slice_format(&a->s->arena, "%.*s.%.*s holds '%.*s', which goes",
                                   SLICE_ARG(t->name), SLICE_ARG(c->name),
                                   SLICE_ARG(label)),
                      slice_format(&a->s->arena, "SELECT %.*s FROM %.*s WHERE %.*s",
                                   SLICE_ARG(alter_sample(a, t)), SLICE_ARG(table),
                                   SLICE_ARG(postgres_end(&st))));
    }
}

static void
retype_columns(struct alter *a, struct action *to, const struct change *c)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, t);

        for (size_t k = 0; old != NULL && k < t->columns.count; k++) {
            const struct column *column = t->columns.items[k];
            const struct column *was = diff_old_column(old, t, column);

            if (was == NULL || !alter_is_of_enum(was, c->old.enum_type)
                || !alter_is_of_enum(column, c->new.enum_type))
                continue;
            if (was->inherited && column->inherited && !alter_changes_parents(a, t))
                continue; /* asked and changed with that of the parent */
            require_no_lost_values(a, to, old, was, c->old.enum_type, c->new.enum_type);
            retype_column(a, to, t, was, column, c->old.enum_type, c->new.enum_type);
        }
    }
}

/* The parent's ALTER COLUMN reached these: theirs is theirs again. */
static void
restore_own_defaults(struct alter *a, struct action *to, const struct change *c)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];

        VEC_EACH (k, &t->columns) {
            const struct column *column = t->columns.items[k];
            struct change set = { .kind = CHANGE_COLUMN_DEFAULT,
                                  .new = { .table = t, .column = column } };

            if (column->inherited && column->own_default && alter_was_there(a, t)
                && alter_is_of_enum(column, c->new.enum_type))
                alter_set_default(a, to, &set);
        }
    }
}

static void
drop_old_type(struct alter *a, const struct change *c, struct slice old_name)
{
    struct action *to = alter_action(a, PHASE_SHRINK, a->r->from->tables.count + 2, c);

    to->title = slice_format(&a->s->arena, "drop type %.*s", SLICE_ARG(old_name));
    to->lock = NULL;
    old_name = alter_name(a, c->new.enum_type->schema, old_name);
    alter_sql(a, to, slice_format(&a->s->arena, "DROP TYPE %.*s", SLICE_ARG(old_name)));
}

/* Another type that is made of this one: it holds rows, and cannot be made anew. */
static const struct definition *
find_made_of(struct alter *a)
{
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN && alter_type_is_remade(a, &d->u.domain->base))
            return d;
        if (d->detail == DETAIL_RANGE && alter_type_is_remade(a, &d->u.range->subtype))
            return d;
        for (size_t k = 0;
             d->detail == DETAIL_COMPOSITE && k < d->u.composite->attributes.count; k++)
            if (alter_type_is_remade(a, &d->u.composite->attributes.items[k].type))
                return d;
    }
    return NULL;
}

static bool
is_partition_key(const struct table *t, const struct column *c)
{
    return t->partition_by != NULL && column_is_in(&t->partition_by->keys, c->name);
}

static bool
is_in_a_partition_key(const struct alter *a)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        for (size_t k = 0; t->partition_by != NULL && k < t->columns.count; k++)
            if (is_partition_key(t, t->columns.items[k])
                && alter_type_is_remade(a, &t->columns.items[k]->type))
                return true;
    }
    return false;
}

static bool
may_be_remade(struct alter *a, const struct change *c)
{
    if (find_made_of(a) != NULL) {
        alter_refuse(a, c,
                     "a domain, range or composite type is made of it; change the "
                     "columns to a new type in a @migrate section");
        return false;
    }
    if (is_in_a_partition_key(a)) {
        alter_refuse(a, c,
                     "a table is partitioned by it, and the server changes the type of "
                     "no such column; only add values");
        return false;
    }
    return true;
}

static void
remake_type(struct alter *a, const struct change *c)
{
    const struct enum_type *new = c->new.enum_type;
    struct action *to = alter_action(a, PHASE_GROW, GROW_ENUMS, c);
    struct slice old_name =
        slice_format(&a->s->arena, NAME_SET_ASIDE "%.*s", SLICE_ARG(new->name));
    struct slice quoted = alter_ident(a, old_name);
    struct slice name = alter_name(a, new->schema, new->name);

    if (!may_be_remade(a, c))
        return;
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER TYPE %.*s RENAME TO %.*s",
                           SLICE_ARG(name), SLICE_ARG(quoted)));
    alter_sql(a, to, postgres_create_enum(a->s, new));
    if (new->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment(a->s, "TYPE", new->schema, new->name, new->comment));
    alter_loses_grants(a, c, "type", new->schema, new->name, SLICE_NONE);
    retype_columns(a, to, c);
    restore_own_defaults(a, to, c);
    to->rewrites = true;
    alter_reason(a, to,
                 "PostgreSQL can only add values to an enum; one that goes or "
                 "moves needs the type and its columns made anew.");
    drop_old_type(a, c, old_name);
}

/* ---- whole types ---- */

static void
create_type(struct alter *a, const struct change *c)
{
    const struct enum_type *e = c->new.enum_type;
    bool early = online_makes_early(a, e);
    struct action *to = early ? alter_action(a, PHASE_PREPARE, PREPARE_TYPES, c)
                              : alter_action(a, PHASE_GROW, GROW_ENUMS, c);

    to->lock = NULL;
    alter_sql(a, to, postgres_create_enum(a->s, e));
    if (e->comment.len > 0)
        alter_sql(a, to, postgres_comment(a->s, "TYPE", e->schema, e->name, e->comment));
}

/* Behind the routines that take it and the types that are made of it. */
static void
drop_type(struct alter *a, const struct change *c)
{
    const struct enum_type *e = c->old.enum_type;
    size_t order = a->r->from->tables.count + DEFINITION_ORDER_END + TYPE_DEPTH_MAX;
    struct action *to = alter_action(a, PHASE_SHRINK, order, c);
    struct slice name = alter_name(a, e->schema, e->name);

    to->lock = NULL;
    alter_sql(a, to, slice_format(&a->s->arena, "DROP TYPE %.*s", SLICE_ARG(name)));
}

void
alter_enums(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_CREATE_ENUM) {
        create_type(a, c);
    } else if (c->kind == CHANGE_DROP_ENUM) {
        drop_type(a, c);
    } else if (c->kind == CHANGE_RENAME_ENUM) {
        alter_rename_type(a, c);
    } else if (alter_enum_only_grows(c)) {
        rename_values(a, c);
        add_values(a, c);
    } else {
        remake_type(a, c);
    }
}
