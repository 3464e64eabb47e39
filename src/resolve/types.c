/*
 * Types: a named one must be declared, the arguments must make sense.
 */
#include "resolve/definitions.h"

/*
 * Types of PostgreSQL that are known by name only (TYPE_NAMED), so that a misspelt type
 * can be told from one that is merely not modelled.
 */
static const char *const builtin_names[] = {
    "char", /* in quotes: one byte, not char(1) */
    "bit",
    "varbit",
    "bpchar",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "money",
    "xml",
    "name",
    "oid",
    "point",
    "line",
    "lseg",
    "box",
    "path",
    "polygon",
    "circle",
    "tsvector",
    "tsquery",
    "int4range",
    "int8range",
    "numrange",
    "tsrange",
    "tstzrange",
    "daterange",
    "int4multirange",
    "int8multirange",
    "nummultirange",
    "tsmultirange",
    "tstzmultirange",
    "datemultirange",
    "jsonpath",
    "pg_lsn",
    "regclass",
    "regproc",
    "regprocedure",
    "regoper",
    "regoperator",
    "regtype",
    "regrole",
    "regnamespace",
    "regcollation",
    "regconfig",
    "regdictionary",
    "aclitem",
    "oidvector",
    "int2vector",
    "xid",
    "xid8",
    "txid_snapshot",
    "pg_snapshot",
    "refcursor",
    "cid",
    "tid",
    "record",
};

/* Spellings worth suggesting beside the canonical names. */
static const char *const suggestions[] = {
    "int", "bool", "decimal", "float", "datetime", "serial", "bigserial", "blob",
};

const struct enum_type *
type_enum(const struct build *b, const struct type *t)
{
    const struct object *o;

    if (t->kind != TYPE_NAMED)
        return NULL;
    o = object_find(b, &b->types, schema_plain(t->schema), t->name);
    return o != NULL && o->role == ROLE_ENUM ? o->u.enum_type->type : NULL;
}

static bool
is_builtin(struct slice name)
{
    return slice_is_one_of(name, builtin_names, ARRAY_LEN(builtin_names))
           || slice_starts(name, "interval ");
}

static void
hint_type(struct build *b, struct diag *d, struct slice wrong)
{
    struct slices names = { 0 };

    for (enum type_kind kind = 0; kind < TYPE_DECIMAL_INT; kind++)
        VEC_PUSH(b->a, &names.all, slice_from(type_canonical_name(kind)));
    for (size_t i = 0; i < ARRAY_LEN(suggestions); i++)
        VEC_PUSH(b->a, &names.all, slice_from(suggestions[i]));
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && is_type_object(b->objects.items[i]))
            VEC_PUSH(b->a, &names.all, b->objects.items[i]->name);
    hint_nearest(b->s, d, wrong, &names);
}

static void
report_unknown(struct build *b, const struct type *t, struct span span)
{
    const struct span *drop = find_drop(b, catalog_key(b->a, t->schema, t->name));
    struct diag *d;

    if (session_is_unread(b->s, t->name))
        return;
    if (drop != NULL) {
        d = diag_add(&b->s->diags, D_DROP_HAS_DEPENDANTS, *drop,
                     "type \"%.*s\" is still used", SLICE_ARG(t->name));
        diag_note(&b->s->diags, d, span, "it is used here");
        diag_hint(&b->s->diags, d, "CASCADE drops the columns of this type as well");
        return;
    }
    d = diag_add(&b->s->diags, D_NO_SUCH_TYPE, span, "there is no type \"%.*s\"",
                 SLICE_ARG(t->name));
    hint_type(b, d, t->name);
}

/* information_schema.cardinal_number and its like are in every server. */
static bool
is_of_server(const struct type *t)
{
    return is_builtin(t->name) || slice_is(t->schema, "information_schema")
           || slice_is(t->schema, "pg_catalog");
}

/* With an extension, types may exist that no declaration shows. */
static void
check_named(struct build *b, const struct type *t, struct span span)
{
    if (object_find(b, &b->types, t->schema, t->name) == NULL && !b->has_extension
        && !is_of_server(t))
        report_unknown(b, t, span);
}

/* Types that only a function takes or gives, and those of the server's own tables. */
static bool
is_of_functions(struct slice name)
{
    static const char *const names[] = {
        "any",
        "trigger",
        "event_trigger",
        "void",
        "cstring",
        "internal",
        "opaque",
        "unknown",
        "anyelement",
        "anyarray",
        "anynonarray",
        "anyenum",
        "anyrange",
        "anymultirange",
        "anycompatible",
        "anycompatiblearray",
        "fdw_handler",
        "tsm_handler",
        "anycompatiblenonarray",
        "anycompatiblerange",
        "int2vector",
        "oidvector",
        "anycompatiblemultirange",
        "aclitem",
        "regclass",
        "regcollation",
        "regconfig",
        "regdictionary",
        "regnamespace",
        "regoper",
        "regoperator",
        "regprocedure",
        "table_am_handler",
        "index_am_handler",
        "language_handler",
        "gtsvector",
    };

    return slice_is_one_of(name, names, ARRAY_LEN(names))
           || slice_starts(name, "pg_");
}

void
type_check_signature(struct build *b, const struct type *t, struct span span)
{
    if (!b->terms->checks_types || t->kind != TYPE_NAMED || is_of_functions(t->name)
        || b->has_hidden || span.source == 0
        || object_find(b, &b->relations, t->schema, t->name) != NULL
        || find_drop(b, catalog_key(b->a, t->schema, t->name)) != NULL
        || map_has(&b->temporaries, t->name))
        return;
    check_named(b, t, span);
}

/* ---- arguments ---- */

static struct slice
type_text(struct build *b, const struct type *t)
{
    struct text out;

    text_init(&out, b->a);
    type_print(t, &out);
    return text_slice(&out);
}

/* The arguments are forgotten, so that no value is measured by them. */
static void
report_argument(struct build *b, struct type *t, struct span span, const char *rule)
{
    struct slice text = type_text(b, t);

    diag_add(&b->s->diags, D_BAD_TYPE_ARGUMENT, span, "%.*s: %s", SLICE_ARG(text), rule);
    t->arg_count = 0;
}

#define LENGTH_MAX 10485760 /* PostgreSQL: MaxAttrSize */
#define PRECISION_MAX 1000  /* PostgreSQL: NUMERIC_MAX_PRECISION */
#define SCALE_MAX 1000      /* PostgreSQL: NUMERIC_MAX_SCALE */
#define SECOND_DIGITS_MAX 6 /* microseconds in every engine that we know */

/* The rule that the arguments break; NULL: none. */
static const char *
broken_rule(const struct type *t)
{
    switch (t->kind) {
    case TYPE_VARCHAR:
    case TYPE_CHAR:
        return t->args[0] < 1            ? "the length must be at least 1"
               : t->args[0] > LENGTH_MAX ? "the length must be at most 10485760"
                                         : NULL;
    case TYPE_DECIMAL:
    case TYPE_DECIMAL_INT:
    case TYPE_DECIMAL_TEXT:
        if (t->args[0] < 1 || t->args[0] > PRECISION_MAX)
            return "the precision must be between 1 and 1000";
        return t->arg_count > 1 && (t->args[1] < -SCALE_MAX || t->args[1] > SCALE_MAX)
                   ? "the scale must be between -1000 and 1000"
                   : NULL;
    case TYPE_TIME:
    case TYPE_TIMETZ:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
    case TYPE_INTERVAL:
        return t->args[0] < 0 || t->args[0] > SECOND_DIGITS_MAX
                   ? "the digits of a second must be between 0 and 6"
                   : NULL;
    case TYPE_BOOLEAN:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
    case TYPE_REAL:
    case TYPE_DOUBLE:
    case TYPE_TEXT:
    case TYPE_BYTES:
    case TYPE_DATE:
    case TYPE_UUID:
    case TYPE_JSON:
    case TYPE_JSONB:
    case TYPE_JSON_TEXT:
    case TYPE_ARRAY_TEXT:
    case TYPE_NAMED:
    case TYPE_KIND_COUNT:
        return NULL;
    }
    return NULL;
}

/*
 * int(11) and double(10, 2) say how wide MySQL prints, text(255) and blob(9) which of
 * its sizes of text it takes: none of it limits a value.
 */
static bool
argument_is_idle(const struct type *t)
{
    return t->kind == TYPE_BOOLEAN || t->kind == TYPE_INT2 || t->kind == TYPE_INT4
           || t->kind == TYPE_INT8 || t->kind == TYPE_REAL || t->kind == TYPE_DOUBLE
           || t->kind == TYPE_TEXT || t->kind == TYPE_BYTES;
}

static void
check_arguments(struct build *b, struct type *t, struct span span)
{
    const char *rule;

    if (t->arg_count > 0 && argument_is_idle(t))
        t->arg_count = 0;
    if (t->arg_count == 0)
        return;
    if (t->arg_count > type_args_max(t->kind)) {
        report_argument(b, t, span,
                        type_args_max(t->kind) == 0 ? "this type takes no length"
                                                    : "too many numbers in parentheses");
        return;
    }
    rule = broken_rule(t);
    if (rule != NULL)
        report_argument(b, t, span, rule);
}

void
type_check(struct build *b, struct type *t, struct span span)
{
    if (!b->terms->checks_types)
        return;
    if (t->kind == TYPE_NAMED)
        check_named(b, t, span);
    else
        check_arguments(b, t, span);
}

/* ---- all columns ---- */

static struct span
type_span(const struct work_column *w)
{
    if (w->ast != NULL && w->ast->type_span.source != 0)
        return w->ast->type_span;
    return w->column->span;
}

/* In a part for one dialect any type of that dialect may stand. */
static bool
is_for_one_dialect(const struct table *t, const struct column *c)
{
    return !slice_is_none(t->only) || !slice_is_none(c->only);
}

static void
check_column(struct build *b, const struct table *t, const struct work_column *w)
{
    struct column *c = w->column;
    struct diag *d;

    if (is_for_one_dialect(t, c) || (c->inherited && w->ast == NULL))
        return;
    if (!c->has_type && (b->is_bare || b->of_sqlite))
        return; /* SQLite's, which another engine may be asked for */
    if (!c->has_type) {
        d = diag_add(&b->s->diags, D_NO_SUCH_TYPE, c->span, "column \"%.*s\" has no type",
                     SLICE_ARG(c->name));
        diag_hint(&b->s->diags, d,
                  "only SQLite goes without; a file in its terms begins with "
                  "-- @dialect sqlite");
        return;
    }
    type_check(b, &c->type, type_span(w));
}

void
types_check(struct build *b)
{
    if (!b->terms->checks_types)
        return;
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped)
            continue;
        if (o->role == ROLE_DEFINITION && o->u.definition->detail == DETAIL_ROUTINE)
            routine_check_types(b, o);
        for (size_t k = 0; o->role == ROLE_TABLE && k < o->u.table->columns.count; k++)
            check_column(b, o->u.table->table, &o->u.table->columns.items[k]);
    }
}
