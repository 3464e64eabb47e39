/*
 * Every spelling of a type, what is equal, and what is printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "expr/type.h"

static struct type
type_of(const char *words)
{
    return type_from_words(SLICE_NONE, slice_from(words), false, NULL);
}

static const char *
printed(struct type t)
{
    static struct arena a;
    struct text out;

    text_init(&out, &a);
    type_print(&t, &out);
    return slice_z(&a, text_slice(&out));
}

static void
every_canonical_name_means_its_kind(void **state)
{
    (void)state;
    for (enum type_kind kind = 0; kind < TYPE_NAMED; kind++) {
        struct type t = type_of(type_canonical_name(kind));

        assert_int_equal(t.kind, kind);
        assert_true(slice_is_none(t.name));
    }
}

static void
other_spellings_mean_the_same(void **state)
{
    static const struct {
        const char *words;
        const char *printed;
    } cases[] = {
        { "INT", "integer" },
        { "int4", "integer" },
        { "mediumint", "integer" },
        { "int2", "smallint" },
        { "TINYINT", "smallint" },
        { "tinyint unsigned", "smallint" },
        { "int8", "bigint" },
        { "big int", "bigint" },
        { "int unsigned", "bigint" },
        { "integer unsigned", "bigint" },
        { "smallint unsigned", "integer" },
        { "bigint unsigned", "bigint" },
        { "bool", "boolean" },
        { "float", "double precision" },
        { "float8", "double precision" },
        { "double", "double precision" },
        { "float4", "real" },
        { "dec", "numeric" },
        { "decimal", "numeric" },
        { "character varying", "varchar" },
        { "national character varying", "varchar" },
        { "nvarchar", "varchar" },
        { "VARYING CHARACTER", "varchar" },
        { "character", "char(1)" },
        { "nchar", "char(1)" },
        { "bpchar", "bpchar" },
        { "clob", "text" },
        { "longtext", "text" },
        { "mediumtext", "text" },
        { "tinytext", "text" },
        { "blob", "bytea" },
        { "varbinary", "bytea" },
        { "datetime", "timestamp" },
        { "DATETIME", "timestamp" },
        { "timestamp without time zone", "timestamp" },
        { "timestamp with time zone", "timestamptz" },
        { "time with time zone", "timetz" },
        { "time without time zone", "time" },
        { "bit varying", "varbit" },
        { "interval day to second", "interval day to second" },
        { "inet", "inet" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_string_equal(printed(type_of(cases[i].words)), cases[i].printed);
}

static void
serial_is_told_apart(void **state)
{
    bool serial = false;

    (void)state;
    assert_int_equal(type_from_words(SLICE_NONE, SLICE("bigserial"), false, &serial).kind,
                     TYPE_INT8);
    assert_true(serial);
    assert_int_equal(type_from_words(SLICE_NONE, SLICE("bigint"), false, &serial).kind,
                     TYPE_INT8);
    assert_false(serial);
    assert_int_equal(type_from_words(SLICE_NONE, SLICE("serial2"), false, &serial).kind,
                     TYPE_INT2);
    assert_true(serial);
}

/* In quotes only PostgreSQL's own name is the built-in type. */
static void
quoted_words_are_names(void **state)
{
    struct type t = type_from_words(SLICE_NONE, SLICE("int4"), true, NULL);

    (void)state;
    assert_int_equal(t.kind, TYPE_INT4);
    t = type_from_words(SLICE_NONE, SLICE("integer"), true, NULL);
    assert_int_equal(t.kind, TYPE_NAMED);
    assert_string_equal(printed(t), "\"integer\"");
    t = type_from_words(SLICE_NONE, SLICE("char"), true, NULL);
    assert_int_equal(t.kind, TYPE_NAMED);
    assert_string_equal(printed(t), "\"char\"");
    t = type_from_words(SLICE_NONE, SLICE("Mood"), true, NULL);
    assert_string_equal(printed(t), "\"Mood\"");
}

static void
a_schema_makes_a_name_of_it(void **state)
{
    struct type t = type_from_words(SLICE("pg_catalog"), SLICE("int4"), false, NULL);

    (void)state;
    assert_int_equal(t.kind, TYPE_INT4);
    t = type_from_words(SLICE("app"), SLICE("date"), false, NULL);
    assert_int_equal(t.kind, TYPE_NAMED);
    assert_string_equal(printed(t), "app.date");
}

static struct type
with_args(const char *words, size_t count, int32_t first, int32_t second)
{
    struct type t = type_of(words);

    t.arg_count = (uint16_t)count;
    t.args[0] = first;
    t.args[1] = second;
    return t;
}

static bool
equal(struct type a, struct type b)
{
    return type_equal(&a, &b);
}

static void
arguments_are_compared_by_what_they_mean(void **state)
{
    (void)state;
    assert_true(equal(with_args("numeric", 1, 10, 0), with_args("decimal", 2, 10, 0)));
    assert_false(equal(with_args("numeric", 2, 10, 2), with_args("numeric", 2, 10, 0)));
    assert_false(equal(type_of("numeric"), with_args("numeric", 1, 10, 0)));
    assert_true(equal(type_of("char"), with_args("character", 1, 1, 0)));
    assert_false(equal(type_of("timestamp"), with_args("timestamp", 1, 6, 0)));
    assert_false(equal(type_of("timestamp"), with_args("timestamp", 1, 3, 0)));
    assert_false(equal(type_of("varchar"), with_args("varchar", 1, 255, 0)));
    assert_false(equal(type_of("bpchar"), type_of("char")));
    assert_string_equal(printed(with_args("numeric", 1, 10, 0)), "numeric(10, 0)");
    assert_string_equal(printed(with_args("timestamp", 1, 6, 0)), "timestamp(6)");
    assert_string_equal(printed(with_args("timestamptz", 1, 3, 0)), "timestamptz(3)");
}

static void
arrays_and_names_differ(void **state)
{
    struct type array = type_of("text");

    (void)state;
    array.dimensions = 2;
    assert_string_equal(printed(array), "text[][]");
    assert_false(equal(array, type_of("text")));
    assert_false(equal(type_of("inet"), type_of("cidr")));
    assert_int_equal(type_family(&array), FAMILY_OTHER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_canonical_name_means_its_kind),
        cmocka_unit_test(other_spellings_mean_the_same),
        cmocka_unit_test(serial_is_told_apart),
        cmocka_unit_test(quoted_words_are_names),
        cmocka_unit_test(a_schema_makes_a_name_of_it),
        cmocka_unit_test(arguments_are_compared_by_what_they_mean),
        cmocka_unit_test(arrays_and_names_differ),
    };

    return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
