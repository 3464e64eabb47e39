/*
 * The table of types, the spellings that mean them, and how a type is compared and
 * printed.  What a dialect calls a type is that dialect's affair.
 */
#include "expr/type.h"

#include <assert.h>
#include <string.h>

#include "base/vec.h"
#include "expr/sqlw.h"

struct type_info {
    const char *name;
    enum type_family family;
    size_t args_max;
};

static const struct type_info type_infos[] = {
#define TYPE(kind, name, family, args) [kind] = { name, family, args },
#include "expr/types.def"
#undef TYPE
};
static_assert(ARRAY_LEN(type_infos) == TYPE_KIND_COUNT, "describe every type");

static const struct type plain_types[] = {
#define TYPE(number, name, family, args) [number] = { .kind = number },
#include "expr/types.def"
#undef TYPE
};

enum alias_flag {
    ALIAS_SERIAL = 1 << 0,
    ALIAS_CATALOG = 1 << 1, /* PostgreSQL's own name: the same type when quoted */
    /* SQLite's or MySQL's word: in PostgreSQL it may be the name of anybody's type */
    ALIAS_ELSEWHERE = 1 << 2,
};

/*
 * Every spelling of a type that is not its canonical name.  PostgreSQL first, then
 * SQLite and MySQL.  A spelling of TYPE_NAMED stands for the named type `named`.
 */
struct type_alias {
    const char *words;
    enum type_kind kind;
    unsigned flags;
    const char *named;
};

static const struct type_alias type_aliases[] = {
    { "bool", TYPE_BOOLEAN, ALIAS_CATALOG, NULL },
    { "int", TYPE_INT4, 0, NULL },
    { "int2", TYPE_INT2, ALIAS_CATALOG, NULL },
    { "int4", TYPE_INT4, ALIAS_CATALOG, NULL },
    { "int8", TYPE_INT8, ALIAS_CATALOG, NULL },
    { "smallserial", TYPE_INT2, ALIAS_SERIAL, NULL },
    { "serial2", TYPE_INT2, ALIAS_SERIAL, NULL },
    { "serial", TYPE_INT4, ALIAS_SERIAL, NULL },
    { "serial4", TYPE_INT4, ALIAS_SERIAL, NULL },
    { "bigserial", TYPE_INT8, ALIAS_SERIAL, NULL },
    { "serial8", TYPE_INT8, ALIAS_SERIAL, NULL },
    { "decimal", TYPE_DECIMAL, 0, NULL },
    { "number", TYPE_DECIMAL, ALIAS_ELSEWHERE, NULL },
    { "dec", TYPE_DECIMAL, 0, NULL },
    { "float", TYPE_DOUBLE, 0, NULL },
    { "float4", TYPE_REAL, ALIAS_CATALOG, NULL },
    { "float8", TYPE_DOUBLE, ALIAS_CATALOG, NULL },
    { "double", TYPE_DOUBLE, ALIAS_ELSEWHERE, NULL },
    { "character varying", TYPE_VARCHAR, 0, NULL },
    { "char varying", TYPE_VARCHAR, 0, NULL },
    { "national character varying", TYPE_VARCHAR, 0, NULL },
    { "national char varying", TYPE_VARCHAR, 0, NULL },
    { "nchar varying", TYPE_VARCHAR, 0, NULL },
    { "character", TYPE_CHAR, 0, NULL },
    { "national character", TYPE_CHAR, 0, NULL },
    { "national char", TYPE_CHAR, 0, NULL },
    { "nchar", TYPE_CHAR, 0, NULL },
    /* Not char: without a length it has no limit, while char is char(1). */
    { "bpchar", TYPE_NAMED, ALIAS_CATALOG, "bpchar" },
    { "time without time zone", TYPE_TIME, 0, NULL },
    { "time with time zone", TYPE_TIMETZ, 0, NULL },
    { "timestamp without time zone", TYPE_TIMESTAMP, 0, NULL },
    { "timestamp with time zone", TYPE_TIMESTAMPTZ, 0, NULL },
    { "bit varying", TYPE_NAMED, 0, "varbit" },
    /* The fields of an interval are kept in the name: they change what it stores. */
    { "interval year", TYPE_NAMED, 0, "interval year" },
    { "interval month", TYPE_NAMED, 0, "interval month" },
    { "interval day", TYPE_NAMED, 0, "interval day" },
    { "interval hour", TYPE_NAMED, 0, "interval hour" },
    { "interval minute", TYPE_NAMED, 0, "interval minute" },
    { "interval second", TYPE_NAMED, 0, "interval second" },
    { "interval year to month", TYPE_NAMED, 0, "interval year to month" },
    { "interval day to hour", TYPE_NAMED, 0, "interval day to hour" },
    { "interval day to minute", TYPE_NAMED, 0, "interval day to minute" },
    { "interval day to second", TYPE_NAMED, 0, "interval day to second" },
    { "interval hour to minute", TYPE_NAMED, 0, "interval hour to minute" },
    { "interval hour to second", TYPE_NAMED, 0, "interval hour to second" },
    { "interval minute to second", TYPE_NAMED, 0, "interval minute to second" },

    { "blob", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
    { "clob", TYPE_TEXT, ALIAS_ELSEWHERE, NULL },
    { "nclob", TYPE_TEXT, ALIAS_ELSEWHERE, NULL },
    { "datetime", TYPE_TIMESTAMP, ALIAS_ELSEWHERE, NULL },
    { "nvarchar", TYPE_VARCHAR, ALIAS_ELSEWHERE, NULL },
    { "native character", TYPE_CHAR, ALIAS_ELSEWHERE, NULL },
    { "varying character", TYPE_VARCHAR, ALIAS_ELSEWHERE, NULL },
    { "big int", TYPE_INT8, ALIAS_ELSEWHERE, NULL },
    { "unsigned big int", TYPE_INT8, ALIAS_ELSEWHERE, NULL },

    { "tinyint", TYPE_INT2, ALIAS_ELSEWHERE, NULL },
    { "mediumint", TYPE_INT4, ALIAS_ELSEWHERE, NULL },
    { "middleint", TYPE_INT4, ALIAS_ELSEWHERE, NULL },
    { "year", TYPE_INT2, ALIAS_ELSEWHERE, NULL },
    /* One width more, because PostgreSQL and SQLite have no unsigned integers.  There is
     * nothing wider than bigint that a key which counts could have, and what refers to a
     * key has its type. */
    { "tinyint unsigned", TYPE_INT2, ALIAS_ELSEWHERE, NULL },
    { "smallint unsigned", TYPE_INT4, ALIAS_ELSEWHERE, NULL },
    { "int2 unsigned", TYPE_INT4, ALIAS_ELSEWHERE, NULL },
    { "mediumint unsigned", TYPE_INT4, ALIAS_ELSEWHERE, NULL },
    { "int unsigned", TYPE_INT8, ALIAS_ELSEWHERE, NULL },
    { "integer unsigned", TYPE_INT8, ALIAS_ELSEWHERE, NULL },
    { "int4 unsigned", TYPE_INT8, ALIAS_ELSEWHERE, NULL },
    { "bigint unsigned", TYPE_INT8, ALIAS_ELSEWHERE, NULL },
    { "int8 unsigned", TYPE_INT8, ALIAS_ELSEWHERE, NULL },
    { "decimal unsigned", TYPE_DECIMAL, ALIAS_ELSEWHERE, NULL },
    { "numeric unsigned", TYPE_DECIMAL, ALIAS_ELSEWHERE, NULL },
    { "float unsigned", TYPE_DOUBLE, ALIAS_ELSEWHERE, NULL },
    { "double unsigned", TYPE_DOUBLE, ALIAS_ELSEWHERE, NULL },
    { "double precision unsigned", TYPE_DOUBLE, ALIAS_ELSEWHERE, NULL },
    { "fixed", TYPE_DECIMAL, ALIAS_ELSEWHERE, NULL },
    { "tinytext", TYPE_TEXT, ALIAS_ELSEWHERE, NULL },
    { "mediumtext", TYPE_TEXT, ALIAS_ELSEWHERE, NULL },
    { "longtext", TYPE_TEXT, ALIAS_ELSEWHERE, NULL },
    { "long varchar", TYPE_TEXT, ALIAS_ELSEWHERE, NULL },
    { "tinyblob", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
    { "mediumblob", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
    { "longblob", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
    { "binary", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
    { "varbinary", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
    { "binary varying", TYPE_BYTES, ALIAS_ELSEWHERE, NULL },
};

/* Kinds whose canonical name is also the name in pg_type. */
static bool
is_catalog_kind(enum type_kind kind)
{
    return kind != TYPE_BOOLEAN && kind != TYPE_INT2 && kind != TYPE_INT4
           && kind != TYPE_INT8 && kind != TYPE_REAL && kind != TYPE_DOUBLE
           && kind != TYPE_CHAR && kind < TYPE_DECIMAL_INT;
}

const char *
type_canonical_name(enum type_kind kind)
{
    return type_infos[kind].name;
}

enum type_family
type_family(const struct type *t)
{
    return t->dimensions > 0 ? FAMILY_OTHER : type_infos[t->kind].family;
}

size_t
type_args_max(enum type_kind kind)
{
    return type_infos[kind].args_max;
}

const struct type *
type_shared(enum type_kind kind)
{
    assert(kind != TYPE_NAMED);
    return &plain_types[kind];
}

bool
type_is_shared(const struct type *t)
{
    return t->kind != TYPE_NAMED && t->arg_count == 0 && t->dimensions == 0;
}

static enum type_kind
find_canonical(struct slice words, bool quoted)
{
    for (enum type_kind kind = 0; kind < TYPE_NAMED; kind++)
        if (slice_is_fold(words, type_infos[kind].name))
            return quoted && !is_catalog_kind(kind) ? TYPE_NAMED : kind;
    return TYPE_NAMED;
}

static const struct type_alias *
find_alias(struct slice words, bool quoted)
{
    for (size_t i = 0; i < ARRAY_LEN(type_aliases); i++)
        if (slice_is_fold(words, type_aliases[i].words))
            return quoted && !(type_aliases[i].flags & ALIAS_CATALOG) ? NULL
                                                                      : &type_aliases[i];
    return NULL;
}

bool
type_word_is_free(struct slice word)
{
    const struct type_alias *alias = find_alias(word, false);

    return alias != NULL && (alias->flags & ALIAS_ELSEWHERE);
}

struct type
type_from_words(struct slice schema, struct slice words, bool quoted, bool *is_serial)
{
    struct type t = { .kind = TYPE_NAMED };
    const struct type_alias *alias = NULL;

    if (slice_is_none(schema) || slice_is(schema, "pg_catalog")) {
        t.kind = find_canonical(words, quoted);
        if (t.kind == TYPE_NAMED)
            alias = find_alias(words, quoted);
    }
    if (alias != NULL)
        t.kind = alias->kind;
    if (is_serial != NULL)
        *is_serial = alias != NULL && (alias->flags & ALIAS_SERIAL);
    if (t.kind == TYPE_NAMED) {
        t.schema = schema;
        t.name = alias != NULL ? slice_from(alias->named) : words;
    }
    return t;
}

static bool
has_scale(enum type_kind kind)
{
    return kind == TYPE_DECIMAL || kind == TYPE_DECIMAL_INT || kind == TYPE_DECIMAL_TEXT;
}

/*
 * What the arguments mean: numeric(10) is numeric(10, 0), char is char(1).  timestamp and
 * timestamp(6) store the same and are two types all the same: PostgreSQL shows which of
 * the two was declared.
 */
static struct type
with_meant_args(const struct type *t)
{
    struct type m = *t;

    if (has_scale(m.kind) && m.arg_count == 1)
        m.args[m.arg_count++] = 0;
    if (m.kind == TYPE_CHAR && m.arg_count == 0)
        m.args[m.arg_count++] = 1;
    return m;
}

bool
type_equal(const struct type *a, const struct type *b)
{
    struct type x = with_meant_args(a);
    struct type y = with_meant_args(b);

    if (x.kind != y.kind || x.dimensions != y.dimensions || x.arg_count != y.arg_count)
        return false;
    for (size_t i = 0; i < x.arg_count; i++)
        if (x.args[i] != y.args[i])
            return false;
    return x.kind != TYPE_NAMED
           || (slice_equal(x.schema, y.schema) && slice_equal(x.name, y.name)
               && slice_equal(x.modifiers, y.modifiers));
}

/* Would the bare name be read as something else than this type? */
static bool
means_another_type(const struct type *t)
{
    const struct type_alias *alias = find_alias(t->name, false);

    if (find_canonical(t->name, false) != TYPE_NAMED
        || (slice_is(t->name, "bit") && t->arg_count == 0)) /* bit(1) */
        return true;
    return alias != NULL && (alias->named == NULL || !slice_is(t->name, alias->named));
}

static void
print_plain(struct slice name, struct text *out)
{
    struct sqlw w;

    sqlw_init(&w, &sql_style_canonical, out);
    sqlw_ident(&w, name);
}

static void
print_named(const struct type *t, struct text *out)
{
    const struct type_alias *alias = find_alias(t->name, false);

    if (!slice_is_none(t->schema)) {
        print_plain(t->schema, out);
        text_addc(out, '.');
        print_plain(t->name, out);
    } else if (means_another_type(t)) {
        text_add_quoted(out, '"', t->name);
    } else if (alias != NULL) {
        text_add(out, t->name); /* interval day to second: several words, no quotes */
    } else {
        print_plain(t->name, out);
    }
}

void
type_print(const struct type *t, struct text *out)
{
    struct type m = with_meant_args(t);

    if (m.kind == TYPE_NAMED)
        print_named(&m, out);
    else
        text_addz(out, type_infos[m.kind].name);
    for (size_t i = 0; i < m.arg_count; i++)
        text_addf(out, "%s%ld", i == 0 ? "(" : ", ", (long)m.args[i]);
    if (m.arg_count > 0)
        text_addc(out, ')');
    if (m.modifiers.len > 0)
        text_addf(out, "(%.*s)", SLICE_ARG(m.modifiers));
    for (size_t i = 0; i < m.dimensions; i++)
        text_addz(out, "[]");
}
