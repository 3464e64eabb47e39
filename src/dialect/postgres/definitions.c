/*
 * The statements that make a definition, and their place among the others.
 */
#include "dialect/postgres/postgres.h"

/* ---- what must be there before what ---- */

/*
 * Types are made of types, so their place is how deep they go: a domain over an enum is
 * 1, a composite type with an attribute of that domain is 2.  No engine accepts types
 * that are made of each other; the depth ends where one is met again.
 *
 * A range type may name a function that measures its subtype: that function stands among
 * the types, behind those of its arguments and before the range.
 */
struct type_walk {
    struct session *s;
    struct map types;    /* catalog_key → const struct definition * */
    struct map routines; /* routine_key → the same */
    struct type_order *out;
};

static size_t type_depth(struct type_walk *w, struct slice key);

static size_t
depth_of_type(struct type_walk *w, const struct type *t)
{
    return t->kind == TYPE_NAMED
               ? type_depth(w, catalog_key(&w->s->arena, t->schema, t->name))
               : 0;
}

/* As an option of a type says it: "s.f"; a byte before it that no name of a type has. */
static struct slice
routine_key(struct arena *a, struct slice words)
{
    return slice_format(a, "\1%.*s", SLICE_ARG(words));
}

static struct slice
key_of_routine(struct arena *a, const struct definition *d)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_qualified(&w, d->schema, d->name);
    return routine_key(a, text_slice(&out));
}

static size_t
depth_of_routine(struct type_walk *w, struct slice words)
{
    struct slice key = routine_key(&w->s->arena, words);
    const struct definition *d = map_get(&w->routines, key);
    size_t deepest = 0;

    if (d == NULL)
        return 0;
    VEC_EACH (i, &d->u.routine->arguments.all) {
        size_t depth = depth_of_type(w, &d->u.routine->arguments.all.items[i].type);

        deepest = depth > deepest ? depth : deepest;
    }
    map_put(&w->out->depths, key, (void *)(uintptr_t)(deepest + 1));
    return deepest + 1;
}

static size_t
depth_of_range(struct type_walk *w, const struct range *r)
{
    size_t deepest = depth_of_type(w, &r->subtype);

    VEC_EACH (i, &r->options.all) {
        const struct setting *o = &r->options.all.items[i];
        size_t depth =
            slice_is(o->name, "subtype_diff") ? depth_of_routine(w, o->value) : 0;

        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

static size_t
depth_of_parts(struct type_walk *w, const struct definition *d)
{
    size_t deepest = 0;

    if (d->detail == DETAIL_DOMAIN)
        return depth_of_type(w, &d->u.domain->base);
    if (d->detail == DETAIL_RANGE)
        return depth_of_range(w, d->u.range);
    if (d->detail != DETAIL_COMPOSITE)
        return 0;
    VEC_EACH (i, &d->u.composite->attributes) {
        size_t depth = depth_of_type(w, &d->u.composite->attributes.items[i].type);

        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

static size_t
type_depth(struct type_walk *w, struct slice key)
{
    const struct definition *d = map_get(&w->types, key);
    size_t depth;

    if (d == NULL || map_has(&w->out->depths, key))
        return (size_t)(uintptr_t)map_get(&w->out->depths, key);
    map_put(&w->out->depths, key, (void *)(uintptr_t)1);
    depth = 1 + depth_of_parts(w, d);
    map_put(&w->out->depths, key, (void *)(uintptr_t)depth);
    return depth;
}

static bool
is_type(const struct definition *d)
{
    return slice_is(d->kind, "domain")
           || (slice_is(d->kind, "type") && !definition_is_base_type(d));
}

void
order_types(struct session *s, const struct catalog *c, struct type_order *out)
{
    struct type_walk w = { .s = s, .out = out };

    map_init(&out->depths, &s->arena);
    map_init(&w.types, &s->arena);
    map_init(&w.routines, &s->arena);
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (is_type(d))
            map_put(&w.types, catalog_key(&s->arena, d->schema, d->name), (void *)d);
        else if (d->detail == DETAIL_ROUTINE)
            map_put(&w.routines, key_of_routine(&s->arena, d), (void *)d);
    }
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (is_type(d))
            type_depth(&w, catalog_key(&s->arena, d->schema, d->name));
    }
}

size_t
order_of_type(struct session *s, const struct type_order *o, const struct definition *d)
{
    if (definition_is_base_type(d))
        return 0;
    return (size_t)(uintptr_t)map_get(&o->depths,
                                      d->detail == DETAIL_ROUTINE
                                          ? key_of_routine(&s->arena, d)
                                          : catalog_key(&s->arena, d->schema, d->name));
}

/* ---- statements ---- */

static void
add_sql(struct session *s, struct action *to, struct slice sql)
{
    VEC_PUSH(&s->arena, &to->sql, sql);
}

/* A sequence is made before the tables, whose columns take its values; the column that
 * owns it is there only later. */
static struct slice
text_without_owner(struct session *s, const struct definition *d)
{
    struct definition alone = *d;
    struct sequence sequence = *d->u.sequence;

    sequence.owner_table = SLICE_NONE;
    alone.u.sequence = &sequence;
    definition_spell(&s->arena, &alone, &postgres_style);
    return alone.text;
}

struct slice
postgres_create_domain(struct session *s, const struct routine_order *o,
                       const struct definition *d)
{
    struct definition alone = *d;
    struct domain domain = *d->u.domain;

    domain.checks.items = NULL;
    domain.checks.count = domain.checks.capacity = 0;
    VEC_EACH (i, &d->u.domain->checks)
        if (!order_check_waits(o, &d->u.domain->checks.items[i]))
            VEC_PUSH(&s->arena, &domain.checks, d->u.domain->checks.items[i]);
    alone.u.domain = &domain;
    definition_spell(&s->arena, &alone, &postgres_style);
    return alone.text;
}

void
postgres_add_waiting_checks(struct session *s, const struct routine_order *o,
                            const struct definition *d, struct action *to)
{
    VEC_EACH (i, &d->u.domain->checks) {
        const struct domain_check *c = &d->u.domain->checks.items[i];
        struct postgres_statement st;

        if (!order_check_waits(o, c))
            continue;
        postgres_begin(s, &st);
        sqlw_kw(&st.w, "ALTER DOMAIN");
        sqlw_qualified(&st.w, d->schema, d->name);
        sqlw_kw(&st.w, "ADD CONSTRAINT");
        sqlw_ident(&st.w, c->name);
        sqlw_kw(&st.w, "CHECK");
        sqlw_expr_parens(&st.w, c->check);
        if (c->not_valid)
            sqlw_kw(&st.w, "NOT VALID");
        add_sql(s, to, postgres_end(&st));
        if (c->comment.len == 0)
            continue;
        postgres_begin(s, &st);
        sqlw_kw(&st.w, "COMMENT ON CONSTRAINT");
        sqlw_ident(&st.w, c->name);
        sqlw_kw(&st.w, "ON DOMAIN");
        sqlw_qualified(&st.w, d->schema, d->name);
        sqlw_kw(&st.w, "IS");
        sqlw_string(&st.w, c->comment);
        add_sql(s, to, postgres_end(&st));
    }
}

/* A role by itself, then each of its settings. */
static void
add_role(struct session *s, struct action *to, const struct definition *d)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    if (!d->u.role->is_open) {
        add_sql(s, to, postgres_create_role(s, d));
        to->postcondition = postgres_role_proof(s, d);
    } else if (role_write_head(&st.w, d)) {
        add_sql(s, to, postgres_end(&st));
    }
    VEC_EACH (i, &d->u.role->settings) {
        postgres_begin(s, &st);
        role_write_setting(&st.w, d, &d->u.role->settings.items[i]);
        add_sql(s, to, postgres_end(&st));
    }
}

/* Bodies are read when they run: they may name tables that are made later. */
void
postgres_create_definition(struct session *s, const struct catalog *c,
                           const struct definition *r, struct action *to)
{
    enum definition_stage stage = definition_stage(c, r);

    if (definition_is_code(r) && (stage == STAGE_CODE || stage == STAGE_ROWS))
        add_sql(s, to, SLICE("SET LOCAL check_function_bodies = off"));
    if (r->detail == DETAIL_SEQUENCE)
        add_sql(s, to, text_without_owner(s, r));
    else if (r->detail == DETAIL_ROLE)
        add_role(s, to, r);
    else
        add_sql(s, to, r->text);
    if (r->comment.len > 0)
        add_sql(s, to, postgres_comment_definition(s, r));
}

bool
postgres_has_owner(const struct definition *d)
{
    return d->detail == DETAIL_SEQUENCE && !slice_is_none(d->u.sequence->owner_table);
}

struct slice
postgres_own_sequence(struct session *s, const struct definition *d)
{
    const struct sequence *q = d->u.sequence;
    struct postgres_statement st;

    postgres_begin(s, &st);
    sqlw_kw(&st.w, "ALTER SEQUENCE");
    sqlw_qualified(&st.w, d->schema, d->name);
    sqlw_kw(&st.w, "OWNED BY");
    if (slice_is_none(q->owner_table)) {
        sqlw_kw(&st.w, "NONE");
    } else {
        sqlw_qualified(&st.w, q->owner_schema, q->owner_table);
        sqlw_dot(&st.w);
        sqlw_ident(&st.w, q->owner_column);
    }
    return postgres_end(&st);
}

struct slice
postgres_comment_definition(struct session *s, const struct definition *d)
{
    struct postgres_statement st;

    postgres_begin(s, &st);
    sqlw_kw(&st.w, "COMMENT ON");
    definition_write_name(&st.w, d);
    sqlw_kw(&st.w, "IS");
    if (d->comment.len > 0)
        sqlw_string(&st.w, d->comment);
    else
        sqlw_kw(&st.w, "NULL");
    return postgres_end(&st);
}
