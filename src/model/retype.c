/*
 * One walk serves all: expr_rewrite gives each node to retype_node, and what holds
 * expressions asks whether any of them is another one then, so that what names none of
 * the types keeps its identity (and, in the resolver, its text).
 */
#include "model/retype.h"

#include <string.h>

#include "expr/sqlw.h"

void
retyping_init(struct retyping *r, struct arena *a)
{
    r->a = a;
    map_init(&r->names, a);
    map_init(&r->labels, a);
}

void
retyping_add(struct retyping *r, struct slice old_schema, struct slice old,
             struct slice schema, struct slice name)
{
    const struct relation_name to = { schema, name };

    map_put(&r->names, catalog_key(r->a, old_schema, old),
            arena_copy(r->a, &to, sizeof to));
}

static struct slice
value_key(const struct retyping *r, const struct type *type, struct slice label)
{
    return slice_format(r->a, "%.*s\1%.*s",
                        SLICE_ARG(catalog_key(r->a, type->schema, type->name)),
                        SLICE_ARG(label));
}

void
retyping_add_label(struct retyping *r, const struct type *type, struct slice old,
                   struct slice label)
{
    map_put(&r->labels, value_key(r, type, old), arena_copy(r->a, &label, sizeof label));
}

static const struct relation_name *
name_then(const struct retyping *r, struct slice schema, struct slice name)
{
    if (r->names.count == 0)
        return NULL;
    return map_get(&r->names, catalog_key(r->a, schema, name));
}

bool
retype_type(const struct retyping *r, struct type *t)
{
    const struct relation_name *then =
        t->kind == TYPE_NAMED ? name_then(r, t->schema, t->name) : NULL;

    if (then == NULL)
        return false;
    t->schema = then->schema;
    t->name = then->name;
    return true;
}

/* Itself, where it is none of them. */
static const struct type *
type_then(const struct retyping *r, const struct type *t)
{
    struct type then;

    if (t == NULL)
        return NULL;
    then = *t;
    return retype_type(r, &then) ? arena_copy(r->a, &then, sizeof then) : t;
}

const struct expr *
retype_value(const struct retyping *r, const struct type *type, const struct expr *e)
{
    const struct slice *then;
    struct expr *copy;

    if (e == NULL || e->kind != EXPR_STRING || r->labels.count == 0
        || type->kind != TYPE_NAMED || type->dimensions > 0)
        return e;
    then = map_get(&r->labels, value_key(r, type, e->text));
    if (then == NULL)
        return e;
    copy = arena_copy(r->a, e, sizeof *e);
    copy->text = *then;
    return copy;
}

static const struct expr *
relabel_list(const struct retyping *r, const struct type *type, const struct expr *list)
{
    struct expr *copy =
        expr_new(r->a, list->kind, list->span, list->text, list->arg_count);

    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++)
        copy->args[i] = retype_value(r, type, list->args[i]);
    return copy;
}

/* k = 'a', k IN ('a', 'b'), 'a'::kind */
static const struct expr *
relabel_node(const struct retyping *r, const struct expr *e)
{
    const struct type *type = r->labels.count == 0 ? NULL : expr_compared_type(e);
    struct expr *copy;

    if (type == NULL)
        return e;
    copy = expr_new(r->a, e->kind, e->span, e->text, e->arg_count);
    copy->flags = e->flags;
    copy->type = e->type;
    copy->result = e->result;
    for (size_t i = 0; i < e->arg_count; i++) {
        const struct expr *arg = e->args[i];

        copy->args[i] = arg != NULL && arg->kind == EXPR_LIST
                            ? relabel_list(r, type, arg)
                            : retype_value(r, type, arg);
    }
    return copy;
}

const struct expr *
retype_node(const struct retyping *r, const struct expr *e)
{
    const struct type *type = type_then(r, e->type);
    const struct type *result = type_then(r, e->result);
    struct expr *copy;

    if (type != e->type || result != e->result) {
        copy = arena_copy(r->a, e, sizeof *e);
        copy->type = type;
        copy->result = result;
        e = copy;
    }
    return relabel_node(r, e);
}

static const struct expr *
edit_node(void *context, const struct expr *e)
{
    return retype_node(context, e);
}

const struct expr *
retype_expr(const struct retyping *r, const struct expr *e)
{
    return e == NULL || r->names.count + r->labels.count == 0
               ? e
               : expr_rewrite(r->a, e, edit_node, (void *)(uintptr_t)r);
}

/* True: it is another one now. */
static bool
retype_at(const struct retyping *r, const struct expr **e)
{
    const struct expr *before = *e;

    *e = retype_expr(r, before);
    return *e != before;
}

/* Of several, which are copied. */
static bool
retype_all(const struct retyping *r, const struct expr ***items, size_t count)
{
    const struct expr **out = ARENA_ARRAY(r->a, const struct expr *, count);
    bool changed = false;

    for (size_t i = 0; i < count; i++) {
        out[i] = (*items)[i];
        changed |= retype_at(r, &out[i]);
    }
    *items = out;
    return changed;
}

/* ---- definitions ---- */

static bool
retype_domain(const struct retyping *r, struct definition *d)
{
    const struct domain *from = d->u.domain;
    struct domain *m = arena_copy(r->a, from, sizeof *m);
    bool changed = retype_type(r, &m->base);

    changed |= retype_at(r, &m->default_value);
    m->default_value = retype_value(r, &m->base, m->default_value);
    memset(&m->checks, 0, sizeof m->checks);
    VEC_EACH (i, &from->checks) {
        struct domain_check c = from->checks.items[i];

        changed |= retype_at(r, &c.check);
        VEC_PUSH(r->a, &m->checks, c);
    }
    d->u.domain = m;
    return changed;
}

static bool
retype_composite(const struct retyping *r, struct definition *d)
{
    const struct composite *from = d->u.composite;
    struct composite *c = ARENA_NEW(r->a, struct composite);
    bool changed = false;

    VEC_EACH (i, &from->attributes) {
        struct attribute x = from->attributes.items[i];

        changed |= retype_type(r, &x.type);
        VEC_PUSH(r->a, &c->attributes, x);
    }
    d->u.composite = c;
    return changed;
}

static bool
retype_range(const struct retyping *r, struct definition *d)
{
    struct range *range = arena_copy(r->a, d->u.range, sizeof *range);

    d->u.range = range;
    return retype_type(r, &range->subtype);
}

/* Its signature says so, too. */
static bool
retype_routine(const struct retyping *r, struct definition *d)
{
    const struct routine *from = d->u.routine;
    struct routine *out = arena_copy(r->a, from, sizeof *out);
    bool changed = out->has_result && retype_type(r, &out->result);

    memset(&out->arguments.all, 0, sizeof out->arguments.all);
    VEC_EACH (i, &from->arguments.all) {
        struct argument x = from->arguments.all.items[i];

        changed |= retype_type(r, &x.type);
        changed |= retype_at(r, &x.default_value);
        VEC_PUSH(r->a, &out->arguments.all, x);
    }
    changed |= retype_all(r, &out->statements.items, out->statements.count);
    memset(&out->option_types, 0, sizeof out->option_types);
    VEC_EACH (i, &from->option_types) {
        struct option_type x = from->option_types.items[i];

        changed |= retype_type(r, &x.type);
        VEC_PUSH(r->a, &out->option_types, x);
    }
    d->u.routine = out;
    d->signature = routine_signature(r->a, &out->arguments);
    return changed;
}

static bool
retype_trigger(const struct retyping *r, struct definition *d)
{
    struct trigger *t = arena_copy(r->a, d->u.trigger, sizeof *t);
    bool changed = retype_all(r, &t->body.items, t->body.count);

    d->u.trigger = t;
    return retype_at(r, &t->when) || changed;
}

static bool
retype_rule(const struct retyping *r, struct definition *d)
{
    struct rule *out = arena_copy(r->a, d->u.rule, sizeof *out);
    bool changed = retype_all(r, &out->actions.items, out->actions.count);

    d->u.rule = out;
    return retype_at(r, &out->where) || changed;
}

static bool
retype_policy(const struct retyping *r, struct definition *d)
{
    struct policy *p = arena_copy(r->a, d->u.policy, sizeof *p);
    bool changed = retype_at(r, &p->using);

    d->u.policy = p;
    return retype_at(r, &p->with_check) || changed;
}

static bool
retype_statistics(const struct retyping *r, struct definition *d)
{
    struct statistics *out = arena_copy(r->a, d->u.statistics, sizeof *out);

    d->u.statistics = out;
    return retype_all(r, &out->keys.items, out->keys.count);
}

typedef bool retype_fn(const struct retyping *r, struct definition *d);

static retype_fn *const details[DEFINITION_DETAIL_COUNT] = {
    [DETAIL_DOMAIN] = retype_domain,         [DETAIL_COMPOSITE] = retype_composite,
    [DETAIL_RANGE] = retype_range,           [DETAIL_ROUTINE] = retype_routine,
    [DETAIL_TRIGGER] = retype_trigger,       [DETAIL_RULE] = retype_rule,
    [DETAIL_POLICY] = retype_policy,         [DETAIL_STATISTICS] = retype_statistics,
};

bool
retype_definition(const struct retyping *r, struct definition *d)
{
    return details[d->detail] != NULL && details[d->detail](r, d);
}

/* ---- a catalog ---- */

static void
retype_keys(const struct retyping *r, struct index_keys *keys)
{
    const struct index_keys from = *keys;

    memset(keys, 0, sizeof *keys);
    VEC_EACH (i, &from.all) {
        struct index_key k = from.all.items[i];

        (void)retype_at(r, &k.expr);
        VEC_PUSH(r->a, &keys->all, k);
    }
}

static void
retype_column(const struct retyping *r, struct column *c)
{
    (void)retype_type(r, &c->type);
    (void)retype_at(r, &c->default_value);
    (void)retype_at(r, &c->shared_default);
    (void)retype_at(r, &c->generated);
    (void)retype_at(r, &c->from);
    (void)retype_at(r, &c->back);
}

static void
retype_table(const struct retyping *r, struct table *t)
{
    VEC_EACH (i, &t->columns)
        retype_column(r, t->columns.items[i]);
    VEC_EACH (i, &t->gone)
        retype_column(r, t->gone.items[i]);
    VEC_EACH (i, &t->constraints) {
        struct constraint *k = t->constraints.items[i];

        (void)retype_at(r, &k->check);
        retype_keys(r, &k->keys);
    }
    if (t->partition_by != NULL) {
        struct partition_by *by = arena_copy(r->a, t->partition_by, sizeof *by);

        retype_keys(r, &by->keys);
        t->partition_by = by;
    }
}

static void
retype_view(const struct retyping *r, struct view *v)
{
    const struct view from = *v;

    (void)retype_at(r, &v->query);
    memset(&v->columns, 0, sizeof v->columns);
    VEC_EACH (i, &from.columns) {
        struct view_column c = from.columns.items[i];

        c.type = type_then(r, c.type);
        VEC_PUSH(r->a, &v->columns, c);
    }
}

static bool
is_type(const struct definition *d)
{
    return d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
           || d->detail == DETAIL_RANGE
           || (d->detail == DETAIL_GRANT
               && (slice_is(d->u.grant->object_kind, "type")
                   || slice_is(d->u.grant->object_kind, "domain")));
}

static bool
rename_definition(const struct retyping *r, struct definition *d)
{
    const struct relation_name *then =
        is_type(d) ? name_then(r, d->schema, d->name) : NULL;

    if (then == NULL)
        return false;
    d->schema = then->schema;
    d->name = then->name;
    d->was = SLICE_NONE;
    return true;
}

/* They are found by their names. */
static void
rename_enums(const struct retyping *r, struct catalog *out)
{
    const struct catalog from = *out;

    memset(&out->enums, 0, sizeof out->enums);
    map_init(&out->names.enums, r->a);
    VEC_EACH (i, &from.enums) {
        struct enum_type *e = from.enums.items[i];
        const struct relation_name *then = name_then(r, e->schema, e->name);

        if (then != NULL) {
            e->schema = then->schema;
            e->name = then->name;
            e->was = SLICE_NONE;
        }
        catalog_add_enum(out, r->a, e);
    }
}

static struct slice
routine_key(const struct retyping *r, const struct definition *d, struct slice signature)
{
    return slice_format(r->a, "%.*s(%.*s)",
                        SLICE_ARG(catalog_key(r->a, d->schema, d->name)),
                        SLICE_ARG(signature));
}

/* A right is on the routine of that signature. */
static bool
retype_grant(const struct retyping *r, struct definition *d, const struct map *signatures)
{
    const struct slice *then =
        d->detail != DETAIL_GRANT || slice_is_none(d->u.grant->arguments)
            ? NULL
            : map_get(signatures, routine_key(r, d, d->u.grant->arguments));
    struct grant *g;

    if (then == NULL)
        return false;
    g = arena_copy(r->a, d->u.grant, sizeof *g);
    g->arguments = *then;
    d->u.grant = g;
    return true;
}

static void
retype_definitions(const struct retyping *r, struct catalog *out,
                   const struct sql_style *style)
{
    struct map signatures; /* routine_key → struct slice *: the one that it has then */

    map_init(&signatures, r->a);
    VEC_EACH (i, &out->definitions) {
        struct definition *d = out->definitions.items[i];
        struct slice key = routine_key(r, d, d->signature);
        bool changed = retype_definition(r, d);

        if (changed && d->detail == DETAIL_ROUTINE)
            map_put(&signatures, key, &d->signature);
        if (rename_definition(r, d) || changed)
            definition_spell(r->a, d, style);
    }
    VEC_EACH (i, &out->definitions)
        if (retype_grant(r, out->definitions.items[i], &signatures))
            definition_spell(r->a, out->definitions.items[i], style);
}

struct catalog *
retype_catalog(const struct retyping *r, const struct catalog *from,
               const struct sql_style *style)
{
    struct catalog *out = catalog_copy(r->a, from);

    VEC_EACH (i, &out->tables)
        retype_table(r, out->tables.items[i]);
    VEC_EACH (i, &out->indexes) {
        retype_keys(r, &out->indexes.items[i]->keys);
        (void)retype_at(r, &out->indexes.items[i]->where);
    }
    VEC_EACH (i, &out->views)
        retype_view(r, out->views.items[i]);
    rename_enums(r, out);
    retype_definitions(r, out, style);
    return out;
}
