/*
 * PostgreSQL's rule for names, function by function, so that what we call a constraint is
 * what the server would have called it:
 *
 *     naming_derive           ChooseRelationName, ChooseConstraintName (indexcmds.c …)
 *     make_object_name        makeObjectName
 *     join_columns            ChooseIndexNameAddition
 *     naming_index_columns    ChooseIndexColumnNames, FigureIndexColname
 *     naming_multirange       makeMultirangeTypeName
 */
#include "model/naming.h"

#include <stdio.h>

#include "expr/sqlw.h"

#define RANGE_BYTES_MAX 52 /* of a name before "_multirange": NAMEDATALEN - 12 */

/* The first bytes of `s`, at most `bytes_max`, without cutting a UTF-8 character. */
struct slice
naming_clip(struct slice s, size_t bytes_max)
{
    if (s.len <= bytes_max)
        return s;
    while (bytes_max > 0 && ((unsigned char)s.ptr[bytes_max] & 0xc0) == 0x80)
        bytes_max--;
    return slice_sub(s, 0, bytes_max);
}

/* name1_name2_label in 63 bytes: the longer of the two names gives way.  name2 may be
 * none. */
static struct slice
make_object_name(struct arena *a, struct slice name1, struct slice name2,
                 struct slice label)
{
    size_t overhead = label.len + 1 + (slice_is_none(name2) ? 0 : 1);
    size_t room = IDENTIFIER_BYTES_MAX - overhead;
    size_t bytes1 = name1.len;
    size_t bytes2 = name2.len;

    while (bytes1 + bytes2 > room)
        if (bytes1 > bytes2)
            bytes1--;
        else
            bytes2--;
    name1 = naming_clip(name1, bytes1);
    name2 = naming_clip(name2, bytes2);
    return slice_is_none(name2)
               ? slice_format(a, "%.*s_%.*s", SLICE_ARG(name1), SLICE_ARG(label))
               : slice_format(a, "%.*s_%.*s_%.*s", SLICE_ARG(name1), SLICE_ARG(name2),
                              SLICE_ARG(label));
}

struct slice
naming_multirange(struct arena *a, struct slice range)
{
    struct slice out = SLICE_NONE;

    for (size_t i = 0; slice_is_none(out) && i < range.len; i++)
        if (slice_starts(slice_sub(range, i, range.len), "range"))
            out = slice_format(a, "%.*smulti%.*s", (int)i, range.ptr,
                               SLICE_ARG(slice_sub(range, i, range.len)));
    if (slice_is_none(out))
        out = slice_format(a, "%.*s_multirange",
                           SLICE_ARG(naming_clip(range, RANGE_BYTES_MAX)));
    return naming_clip(out, IDENTIFIER_BYTES_MAX);
}

/* a_b_c, up to the first column that reaches past a name's length. */
static struct slice
join_columns(struct arena *a, const struct slices *columns)
{
    struct text t;

    if (columns == NULL || columns->all.count == 0)
        return SLICE_NONE;
    text_init(&t, a);
    for (size_t i = 0; i < columns->all.count && t.len <= IDENTIFIER_BYTES_MAX; i++) {
        if (t.len > 0)
            text_addc(&t, '_');
        text_add(&t, slice_sub(columns->all.items[i], 0, IDENTIFIER_BYTES_MAX));
    }
    return text_slice(&t);
}

struct slice
naming_derive(struct session *s, struct map *taken, struct slice table,
              const struct slices *columns, const char *suffix)
{
    struct slice label = slice_from(suffix);
    struct slice addition =
        slice_is(label, "pkey") ? SLICE_NONE : join_columns(&s->arena, columns);
    struct slice name = make_object_name(&s->arena, table, addition, label);

    for (unsigned pass = 1; map_has(taken, name); pass++) {
        label = slice_format(&s->arena, "%s%u", suffix, pass);
        name = make_object_name(&s->arena, table, addition, label);
    }
    name = intern(&s->names, name);
    map_put(taken, name, NULL);
    return name;
}

struct slice
naming_sequence(struct session *s, const struct table *t, const struct column *c)
{
    struct slices columns = { 0 };
    struct map taken;

    map_init(&taken, &s->arena);
    VEC_PUSH(&s->arena, &columns.all, c->name);
    return naming_derive(s, &taken, t->name, &columns, "seq");
}

const struct expr *
naming_nextval(struct session *s, const struct table *t, const struct column *c)
{
    struct expr *call =
        expr_new(&s->arena, EXPR_CALL, c->span, SLICE("nextval"), CALL_ARGS + 1);
    struct text name;
    struct sqlw w;

    text_init(&name, &s->arena);
    sqlw_init(&w, &sql_style_canonical, &name);
    sqlw_qualified(&w, t->schema, naming_sequence(s, t, c));
    call->args[CALL_ARGS] =
        expr_leaf(&s->arena, EXPR_STRING, c->span, text_slice(&name));
    return call;
}

/* ---- what an expression is called in the name of its index ---- */

/* PostgreSQL's own names, where they are not the canonical ones. */
static struct slice
catalog_type_name(const struct type *t)
{
    static const char *const names[TYPE_KIND_COUNT] = {
        [TYPE_BOOLEAN] = "bool", [TYPE_INT2] = "int2",   [TYPE_INT4] = "int4",
        [TYPE_INT8] = "int8",    [TYPE_REAL] = "float4", [TYPE_DOUBLE] = "float8",
        [TYPE_CHAR] = "bpchar",
    };

    if (t->kind == TYPE_NAMED)
        return t->name;
    return slice_from(names[t->kind] != NULL ? names[t->kind]
                                             : type_canonical_name(t->kind));
}

/* A strong name is not replaced by that of the cast around it. */
struct figured {
    struct slice name; /* none: nothing to call it by */
    bool strong;
};

static struct figured figure(const struct expr *e);

static struct figured
strong(struct slice name)
{
    return (struct figured){ name, true };
}

static struct figured
weak_unless(struct figured inner, struct slice name)
{
    return inner.strong ? inner : (struct figured){ name, false };
}

static struct figured
figure_call(const struct expr *e)
{
    return strong(slice_is(e->text, "trim") ? SLICE("btrim") : e->text);
}

/* The only target of a scalar subquery gives its name. */
static struct figured
figure_subquery(const struct expr *e)
{
    const struct expr *query = e->args[0];
    const struct expr *target;

    if (query->kind != QUERY_SELECT || query->args[SELECT_TARGETS] == NULL
        || query->args[SELECT_TARGETS]->arg_count == 0)
        return (struct figured){ SLICE_NONE, false };
    target = query->args[SELECT_TARGETS]->args[0];
    if (target->kind == QUERY_TARGET && target->text.len > 0)
        return strong(target->text);
    return figure(target->kind == QUERY_TARGET ? target->args[0] : target);
}

/* Kinds that always go by the same name. */
static struct figured
figure_by_kind(enum expr_kind kind)
{
    static const char *const names[EXPR_KIND_COUNT] = {
        [EXPR_AT_TIME_ZONE] = "timezone", [EXPR_ARRAY] = "array",
        [EXPR_ARRAY_QUERY] = "array",     [EXPR_ROW] = "row",
        [EXPR_EXISTS] = "exists",
    };

    return (struct figured){ slice_from(names[kind]), names[kind] != NULL };
}

static struct figured
figure(const struct expr *e)
{
    if (e == NULL)
        return (struct figured){ SLICE_NONE, false };
    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME || e->kind == EXPR_CALL_KEYWORD
        || (e->kind == EXPR_FIELD && !slice_is(e->text, "*")))
        return strong(e->text);
    if (e->kind == EXPR_CALL)
        return figure_call(e);
    if (e->kind == EXPR_CAST)
        return weak_unless(figure(e->args[0]), catalog_type_name(e->type));
    if (e->kind == EXPR_CASE)
        return weak_unless(figure(e->args[1]), SLICE("case"));
    if (e->kind == EXPR_COLLATE || e->kind == EXPR_SUBSCRIPT
        || e->kind == EXPR_SUBSCRIPT_SLICE)
        return figure(e->args[0]);
    if (e->kind == EXPR_TYPED_STRING)
        return (struct figured){ catalog_type_name(e->type), false };
    if (e->kind == EXPR_SUBQUERY)
        return figure_subquery(e);
    return figure_by_kind(e->kind);
}

/* Room for any number that we put behind a name. */
#define NUMBER_BYTES 16

static void
add_distinct(struct arena *a, struct slices *out, struct slice origin)
{
    struct slice name = origin;

    for (unsigned i = 1; slices_have(out, name); i++) {
        char number[NUMBER_BYTES];
        int len = snprintf(number, sizeof number, "%u", i);

        name = naming_clip(origin, IDENTIFIER_BYTES_MAX - (size_t)len);
        name = slice_format(a, "%.*s%s", SLICE_ARG(name), number);
    }
    VEC_PUSH(a, &out->all, name);
}

void
naming_index_columns(struct session *s, const struct index_keys *keys,
                     const struct slices *include, struct slices *out)
{
    *out = (struct slices){ 0 };
    VEC_EACH (i, &keys->all) {
        const struct index_key *key = &keys->all.items[i];
        struct slice name = key->expr == NULL ? key->column : figure(key->expr).name;

        add_distinct(&s->arena, out, slice_is_none(name) ? SLICE("expr") : name);
    }
    if (include != NULL)
        VEC_EACH (i, &include->all)
            add_distinct(&s->arena, out, include->all.items[i]);
}
