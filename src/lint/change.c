/*
 * What leads from one schema to another as operations, each told where it is declared.
 */
#include <string.h>

#include "lint/rule.h"

/* Indexes and constraints of one table that go. */
struct losses {
    VEC(const struct change *) all;
};

struct reader {
    struct lint *l;
    const struct catalog *from;
    const struct catalog *to;
    const struct changes *changes;
    struct operations *operations;
    struct map losses; /* table key → struct losses * */
    struct map said;   /* what the plan does in several steps is told once */
    struct map remade; /* table keys of new ones with another partition key */
};

static struct operation *
add(struct reader *r, enum operation_kind kind, const struct change *c)
{
    struct operation o = { .kind = kind, .span = change_span(c) };
    const struct table *t = c->new.table != NULL ? c->new.table : c->old.table;

    if (t != NULL)
        o.table = t->name;
    VEC_PUSH(r->l->a, &r->operations->all, o);
    return &r->operations->all.items[r->operations->all.count - 1];
}

static struct operation *
add_column(struct reader *r, enum operation_kind kind, const struct change *c)
{
    struct operation *o = add(r, kind, c);
    const struct column *old = c->old.column;
    const struct column *new = c->new.column;

    o->name = old != NULL ? old->name : new->name;
    if (old != NULL && new != NULL) {
        o->new_name = new->name;
        o->old_type = old->has_type ? &old->type : NULL;
        o->new_type = new->has_type ? &new->type : NULL;
    }
    return o;
}

/* ---- what goes with a column ---- */

static bool
keys_mention(const struct index_keys *keys, struct slice column)
{
    VEC_EACH (i, &keys->all)
        if (slice_equal(keys->all.items[i].column, column)
            || expr_mentions_column(keys->all.items[i].expr, column))
            return true;
    return false;
}

static bool
slices_hold(const struct slices *names, struct slice name)
{
    VEC_EACH (i, &names->all)
        if (slice_equal(names->all.items[i], name))
            return true;
    return false;
}

/* The index or constraint that the change takes away; none: another change. */
static struct slice
gone_with(const struct change *c, struct slice column)
{
    const struct constraint *k = c->old.constraint;
    const struct index *i = c->old.index;

    if (c->kind == CHANGE_DROP_CONSTRAINT
        && (keys_mention(&k->keys, column) || expr_mentions_column(k->check, column)))
        return k->name;
    if (c->kind == CHANGE_DROP_INDEX
        && (keys_mention(&i->keys, column) || expr_mentions_column(i->where, column)
            || slices_hold(&i->include, column)))
        return i->name;
    return SLICE_NONE;
}

static const struct table *
table_of_loss(const struct change *c)
{
    if (c->kind == CHANGE_DROP_CONSTRAINT)
        return c->old.table;
    return c->kind == CHANGE_DROP_INDEX ? c->old.index->table : NULL;
}

static struct slice
table_key(const struct reader *r, const struct table *t)
{
    return catalog_key(r->l->a, t->schema, t->name);
}

/* What each table loses, for its columns that go to ask. */
static void
gather_losses(struct reader *r)
{
    VEC_EACH (i, &r->changes->all) {
        const struct change *c = &r->changes->all.items[i];
        const struct table *t = table_of_loss(c);
        struct losses *losses = t == NULL ? NULL : map_get(&r->losses, table_key(r, t));

        if (t == NULL)
            continue;
        if (losses == NULL) {
            losses = ARENA_NEW(r->l->a, struct losses);
            map_put(&r->losses, table_key(r, t), losses);
        }
        VEC_PUSH(r->l->a, &losses->all, c);
    }
}

/* "i", "t_a_b_key"; none: nothing goes with it. */
static struct slice
losses_with(struct reader *r, const struct table *t, struct slice column)
{
    const struct losses *losses = map_get(&r->losses, table_key(r, t));
    struct text text;

    text_init(&text, r->l->a);
    for (size_t i = 0; losses != NULL && i < losses->all.count; i++) {
        struct slice name = gone_with(losses->all.items[i], column);

        if (!slice_is_none(name))
            text_addf(&text, "%s\"%.*s\"", text.len > 0 ? ", " : "", SLICE_ARG(name));
    }
    return text.len == 0 ? SLICE_NONE : text_slice(&text);
}

/* What goes has no line in the new schema: its table has. */
static void
drop_column(struct reader *r, const struct change *c)
{
    struct operation *o = add_column(r, OPERATION_DROP_COLUMN, c);

    o->span = c->new.table->span;
    o->is_known = true;
    o->cause = losses_with(r, c->old.table, o->name);
}

static void
new_column(struct reader *r, const struct change *c)
{
    const struct column *column = c->new.column;

    add_column(r, OPERATION_ADD_COLUMN, c)->required =
        column->not_null && column->default_value == NULL && column->generated == NULL
        && column->identity == IDENTITY_NONE && column->from == NULL;
}

static const struct enum_value *
find_value(const struct enum_type *e, struct slice label)
{
    VEC_EACH (i, &e->values)
        if (slice_equal(e->values.items[i].label, label))
            return &e->values.items[i];
    return NULL;
}

/* The value of the new type that says it was this one; NULL: it is gone. */
static const struct enum_value *
find_renamed(const struct enum_type *e, struct slice label)
{
    VEC_EACH (i, &e->values)
        if (slice_equal(e->values.items[i].was, label))
            return &e->values.items[i];
    return NULL;
}

static void
enum_values(struct reader *r, const struct change *c)
{
    const struct enum_type *old = c->old.enum_type;
    const struct enum_type *new = c->new.enum_type;

    VEC_EACH (i, &old->values) {
        struct slice label = old->values.items[i].label;
        const struct enum_value *renamed = find_renamed(new, label);
        struct operation *o;

        if (find_value(new, label) != NULL)
            continue;
        o = add(r,
                renamed == NULL ? OPERATION_ENUM_DROP_VALUE : OPERATION_ENUM_RENAME_VALUE,
                c);
        o->table = new->name;
        o->name = label;
        if (renamed != NULL)
            o->new_name = renamed->label;
    }
}

static void
index_gone(struct reader *r, const struct change *c)
{
    struct operation *o = add(r, OPERATION_INDEX_GONE, c);

    if (c->old.index != NULL)
        o->table = c->old.index->table->name;
    o->name = c->old.index != NULL        ? c->old.index->name
              : c->old.constraint != NULL ? c->old.constraint->name
                                          : c->old.definition->name;
}

static bool
decides_rights(const struct definition *d)
{
    return d->detail == DETAIL_GRANT || d->detail == DETAIL_POLICY;
}

static bool
other_row_security(const struct table *old, const struct table *new)
{
    return old->row_security != new->row_security
           || old->force_row_security != new->force_row_security;
}

static bool
is_same(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || slice_equal(a, b));
}

static bool
other_replica_identity(const struct change *c)
{
    return !is_same(c->old.table->replica_identity, c->new.table->replica_identity)
           || !is_same(c->old.table->replica_index, c->new.table->replica_index);
}

/* What bodies in quotes call comes with an extension, too. */
static bool
is_text(const struct change *c)
{
    const struct definition *d =
        c->new.definition != NULL ? c->new.definition : c->old.definition;

    if (d->detail == DETAIL_EXTENSION)
        return c->kind == CHANGE_DROP_DEFINITION;
    return d->detail == DETAIL_ROUTINE && d->u.routine->body_kind == BODY_STRING;
}

static void
add_body(struct reader *r, const struct change *c)
{
    struct operation *o = add(r, OPERATION_BODY, c);

    o->is_new = c->new.definition != NULL;
    o->name = o->is_new ? c->new.definition->name : c->old.definition->name;
}

static bool
is_constrained(const struct domain *d)
{
    return d->not_null || d->checks.count > 0;
}

/* What an old domain gets is told of the statement that the plan has for it. */
static void
new_domain(struct reader *r, const struct change *c)
{
    if (c->kind == CHANGE_CREATE_DEFINITION && c->new.definition->detail == DETAIL_DOMAIN
        && is_constrained(c->new.definition->u.domain))
        add(r, OPERATION_DOMAIN_CONSTRAINT, c)->table = c->new.definition->name;
}

/* Where none is said any more, whatever is there is right. */
static void
extension_update(struct reader *r, const struct change *c)
{
    const struct definition *new = c->new.definition;
    struct operation *o;

    if (c->kind != CHANGE_REPLACE_DEFINITION || new->detail != DETAIL_EXTENSION
        || c->old.definition->detail != DETAIL_EXTENSION
        || slice_is_none(new->u.extension->version)
        || is_same(c->old.definition->u.extension->version, new->u.extension->version))
        return;
    o = add(r, OPERATION_EXTENSION, c);
    o->name = new->name;
    o->new_name = new->u.extension->version;
}

/* Objects beside tables. */
static void
read_definition(struct reader *r, const struct change *c)
{
    const struct definition *old = c->old.definition;
    const struct definition *new = c->new.definition;

    if (c->kind == CHANGE_RENAME_DEFINITION || c->kind == CHANGE_OBJECT_COMMENT)
        return;
    if (decides_rights(new != NULL ? new : old))
        add(r, OPERATION_RIGHTS, c)->cause = change_title(r->l->a, c);
    if (c->kind == CHANGE_DROP_DEFINITION && old->detail == DETAIL_SEQUENCE)
        add(r, OPERATION_SEQUENCE_GONE, c)->name = old->name;
    new_domain(r, c);
    extension_update(r, c);
    if (is_text(c))
        add_body(r, c);
    if (old != NULL && slice_is(old->kind, "index")) {
        index_gone(r, c);
        r->operations->all.items[r->operations->all.count - 1].table = old->table;
    }
}

static void
read_schema(struct reader *r, const struct change *c)
{
    struct operation *o;

    if (c->kind != CHANGE_RENAME_DEFINITION || c->new.definition->detail != DETAIL_SCHEMA)
        return;
    o = add(r, OPERATION_RENAME_SCHEMA, c);
    o->name = c->old.definition->name;
    o->new_name = c->new.definition->name;
}

static void
read_change(struct reader *r, const struct change *c)
{
    struct operation *o;

    if (c->old.definition != NULL || c->new.definition != NULL) {
        read_definition(r, c);
        read_schema(r, c);
        return;
    }
    if (c->kind == CHANGE_DROP_INDEX
        || (c->kind == CHANGE_DROP_CONSTRAINT && constraint_has_index(c->old.constraint)))
        index_gone(r, c);
    if (c->kind == CHANGE_COLUMN_IDENTITY && c->old.column->identity != IDENTITY_NONE
        && c->new.column->identity == IDENTITY_NONE)
        add_column(r, OPERATION_SEQUENCE_GONE, c);
    if (c->kind == CHANGE_TABLE_OPTIONS && other_replica_identity(c))
        add(r, OPERATION_REPLICA_IDENTITY, c);
    if (c->kind == CHANGE_TABLE_OPTIONS
        && other_row_security(c->old.table, c->new.table))
        add(r, OPERATION_RIGHTS, c)->cause = SLICE("row-level security");

    if (c->kind == CHANGE_REPLACE_VIEW && c->old.view->materialized
        && c->new.view->materialized)
        add(r, OPERATION_REFRESH, c)->table = c->new.view->name;
    if (c->kind == CHANGE_PARTITION_KEY)
        map_put(&r->remade, table_key(r, c->new.table), NULL);
    if (c->kind == CHANGE_DROP_TABLE)
        add(r, OPERATION_DROP_TABLE, c);
    if (c->kind == CHANGE_RENAME_TABLE) {
        o = add(r, OPERATION_RENAME_TABLE, c);
        o->table = c->old.table->name;
        o->new_name = c->new.table->name;
    }
    if (c->kind == CHANGE_ADD_COLUMN)
        new_column(r, c);
    if (c->kind == CHANGE_DROP_COLUMN)
        drop_column(r, c);
    if (c->kind == CHANGE_RENAME_COLUMN)
        add_column(r, OPERATION_RENAME_COLUMN, c);
    if (c->kind == CHANGE_COLUMN_TYPE)
        add_column(r, OPERATION_COLUMN_TYPE, c);
    if (c->kind == CHANGE_COLUMN_NULLABILITY && c->old.column->not_null)
        add_column(r, OPERATION_DROP_NOT_NULL, c);
    if (c->kind == CHANGE_COLUMN_NULLABILITY && c->new.column->not_null)
        add_column(r, OPERATION_SET_NOT_NULL, c)->proven = true; /* by the plan */
    if (c->kind == CHANGE_ENUM_VALUES)
        enum_values(r, c);
}

/* ---- what the plan cannot do beside running applications ---- */

static bool
is_said(struct reader *r, enum operation_kind kind, struct span span)
{
    struct slice key =
        slice_format(r->l->a, "%d %u %u", (int)kind, span.source, span.begin);

    return map_put(&r->said, key, r) != NULL;
}

static void
read_rewrite(struct reader *r, const struct action *action, const struct change *c)
{
    struct operation *o;
    enum operation_kind kind = OPERATION_REWRITE;

    if (c->kind == CHANGE_ADD_COLUMN)
        kind = OPERATION_ADD_COLUMN;
    if (c->kind == CHANGE_COLUMN_TYPE)
        kind = OPERATION_COLUMN_TYPE;
    if (is_said(r, kind, change_span(c)))
        return;
    if (kind == OPERATION_REWRITE) {
        add(r, kind, c)->cause = action->title;
        return;
    }
    o = add_column(r, kind, c);
    o->old_type = o->new_type = NULL; /* of the change itself they are told */
    o->cause = kind == OPERATION_ADD_COLUMN ? SLICE("each row gets a value of its own")
                                            : SLICE("this type has all");
}

static bool
has_form(const struct action *action, const char *form)
{
    VEC_EACH (i, &action->forms)
        if (strcmp(action->forms.items[i], form) == 0)
            return true;
    return false;
}

/* Is it a new table, or made anew under its name? */
static bool
is_made(const struct reader *r, const struct table *t)
{
    return diff_old_table(r->changes, t) == NULL || map_has(&r->remade, table_key(r, t));
}

/* Of a partition the parent is meant, if it is no new one. */
static void
tell_partition(struct reader *r, const struct change *c, enum operation_kind kind)
{
    const struct table *t = kind == OPERATION_DETACH ? c->old.table : c->new.table;
    const struct catalog *side = kind == OPERATION_DETACH ? r->from : r->to;
    const struct table *whole = t == NULL ? NULL : catalog_whole_of(side, t);
    struct operation *o;

    if (whole == NULL || (kind == OPERATION_PARTITION_OF && is_made(r, whole)))
        return;
    o = add(r, kind, c);
    o->name = t->name;
    o->table = whole->name;
}

/* What a statement of the plan does to those who work beside it, by its form. */
static void
read_forms(struct reader *r, const struct action *action, const struct change *c)
{
    if (has_form(action, "add-domain-constraint")
        && !is_said(r, OPERATION_DOMAIN_CONSTRAINT, change_span(c)))
        add(r, OPERATION_DOMAIN_CONSTRAINT, c);
    if (has_form(action, "detach-partition") && !action->outside_transaction
        && !is_said(r, OPERATION_DETACH, change_span(c)))
        tell_partition(r, c, OPERATION_DETACH);
    if (c->kind == CHANGE_CREATE_TABLE && c->new.table->bound != NULL
        && !has_form(action, "attach-partition"))
        tell_partition(r, c, OPERATION_PARTITION_OF);
}

static void
read_action(struct reader *r, const struct action *action)
{
    const struct change *c = action->causes.count == 0 ? NULL : &action->causes.items[0];

    if (c == NULL)
        return;
    if ((action->hazards & HAZARD_REWRITE) != 0)
        read_rewrite(r, action, c);
    if ((action->hazards & HAZARD_LONG_LOCK) != 0
        && !is_said(r, OPERATION_LONG_LOCK, change_span(c)))
        add(r, OPERATION_LONG_LOCK, c)->cause = action->title;
    read_forms(r, action, c);
}

/* Those of both sides: what is gone is told, and silenced, where it was. */
static const struct catalog *
silencers_of(struct arena *a, const struct lint_change *change)
{
    struct catalog *c = catalog_new(a);

    c->dialect = change->to->dialect;
    VEC_EACH (i, &change->to->lint_offs)
        VEC_PUSH(a, &c->lint_offs, change->to->lint_offs.items[i]);
    VEC_EACH (i, &change->from->lint_offs) {
        struct lint_off off = change->from->lint_offs.items[i];

        off.inherited = true; /* of use to the other side, perhaps */
        VEC_PUSH(a, &c->lint_offs, off);
    }
    return c;
}

void
lint_changes(struct session *s, const struct lint_change *change,
             const struct lint_settings *settings, struct lint_counts *out)
{
    struct lint *l = ARENA_NEW(&s->arena, struct lint);
    struct operations *operations = ARENA_NEW(&s->arena, struct operations);
    struct reader r = { .l = l,
                        .from = change->from,
                        .to = change->to,
                        .changes = change->changes,
                        .operations = operations };

    *l = (struct lint){
        .s = s,
        .a = &s->arena,
        .subject = LINT_CHANGE,
        .catalog = silencers_of(&s->arena, change),
        .operations = operations,
        .settings = settings,
        .counts = out,
    };
    map_init(&r.said, l->a);
    map_init(&r.remade, l->a);
    map_init(&r.losses, l->a);
    gather_losses(&r);
    VEC_EACH (i, &change->changes->all)
        read_change(&r, &change->changes->all.items[i]);
    VEC_EACH (i, &change->plan->steps)
        read_action(&r, change->plan->steps.items[i].action);
    lint_ask_all(l);
}
