/*
 * The types of expressions.  tests/engines/test_expressions.py reads the table below and
 * asks a PostgreSQL server for pg_typeof of each.
 */
#include "resolving.h"

#define TABLE                                                                            \
    "CREATE TABLE t (id integer PRIMARY KEY, i integer, s smallint, l bigint, "          \
    "n numeric(10,2), r real, f double precision, c text, v varchar(10), "               \
    "b boolean, y bytea, d date, ts timestamp, tz timestamptz, iv interval, u uuid, "    \
    "j jsonb, js json, a integer[], ta text[]);"

static const struct {
    const char *expression;
    const char *type; /* as it is printed; "" where it is not known */
} expected[] = {
    { "i + l", "bigint" },
    { "i + s", "integer" },
    { "i * n", "numeric" },
    { "i / f", "double precision" },
    { "r + f", "double precision" },
    { "i % 2", "integer" },
    { "-n", "numeric(10, 2)" },
    { "i & 3", "integer" },
    { "i << 2", "integer" },
    { "i ^ 2", "double precision" },
    { "n ^ 2", "numeric" },
    { "c || v", "text" },
    { "c || i", "text" },
    { "a || i", "integer[]" },
    { "a || a", "integer[]" },
    { "j || j", "jsonb" },
    { "y || y", "bytea" },
    { "j -> 'a'", "jsonb" },
    { "js -> 'a'", "json" },
    { "j ->> 'a'", "text" },
    { "j #> '{a}'", "jsonb" },
    { "j #>> '{a}'", "text" },
    { "j - 'a'", "jsonb" },
    { "j ? 'a'", "boolean" },
    { "j @> '{}'", "boolean" },
    { "d + 1", "date" },
    { "d - d", "integer" },
    { "d + iv", "timestamp" },
    { "ts - ts", "interval" },
    { "tz - tz", "interval" },
    { "tz + iv", "timestamptz" },
    { "iv + tz", "timestamptz" },
    { "iv * 2", "interval" },
    { "2 * iv", "interval" },
    { "iv / 2", "interval" },
    { "-iv", "interval" },
    { "tz AT TIME ZONE 'UTC'", "timestamp" },
    { "ts AT TIME ZONE 'UTC'", "timestamptz" },
    { "a[1]", "integer" },
    { "a[1:2]", "integer[]" },
    { "j['a']", "jsonb" },
    { "ARRAY[1, 2.5]", "numeric[]" },
    { "ARRAY(SELECT c FROM t)", "text[]" },
    { "(SELECT max(id) FROM t)", "integer" },
    { "EXISTS (SELECT 1)", "boolean" },
    { "CASE WHEN b THEN 1 ELSE 2.5 END", "numeric" },
    { "CASE i WHEN 1 THEN 'x' ELSE c END", "text" },
    { "coalesce(i, l)", "bigint" },
    { "coalesce(d, '2020-01-01')", "date" },
    { "nullif(c, 'x')", "text" },
    { "greatest(i, n)", "numeric" },
    { "i = ANY (a)", "boolean" },
    { "i BETWEEN 1 AND 2", "boolean" },
    { "c LIKE 'x'", "boolean" },
    { "b IS NOT TRUE", "boolean" },
    { "i IS DISTINCT FROM 1", "boolean" },
    { "c ~ 'x'", "boolean" },
    { "CAST(i AS text)", "text" },
    { "'1'::numeric(5,1)", "numeric(5, 1)" },
    { "DATE '2020-01-01'", "date" },
    { "INTERVAL '1 day'", "interval" },
    { "current_date", "date" },
    { "current_timestamp", "timestamptz" },
    { "now()", "timestamptz" },
    { "count(*)", "bigint" },
    { "sum(s)", "bigint" },
    { "sum(i)", "bigint" },
    { "sum(l)", "numeric" },
    { "sum(n)", "numeric" },
    { "sum(r)", "real" },
    { "sum(f)", "double precision" },
    { "sum(iv)", "interval" },
    { "avg(i)", "numeric" },
    { "avg(f)", "double precision" },
    { "avg(iv)", "interval" },
    { "stddev(i)", "numeric" },
    { "min(d)", "date" },
    { "max(c)", "text" },
    { "bool_and(b)", "boolean" },
    { "string_agg(c, ',')", "text" },
    { "array_agg(i)", "integer[]" },
    { "json_agg(i)", "json" },
    { "jsonb_agg(i)", "jsonb" },
    { "bit_or(i)", "integer" },
    { "row_number() OVER ()", "bigint" },
    { "lag(c) OVER (ORDER BY id)", "text" },
    { "ntile(4) OVER (ORDER BY id)", "integer" },
    { "percent_rank() OVER (ORDER BY id)", "double precision" },
    { "length(c)", "integer" },
    { "position('a' IN c)", "integer" },
    { "lower(c)", "text" },
    { "substring(c FROM 1 FOR 2)", "text" },
    { "substr(y, 1)", "bytea" },
    { "trim(c)", "text" },
    { "concat(i, c)", "text" },
    { "split_part(c, ',', 1)", "text" },
    { "md5(c)", "text" },
    { "to_char(d, 'YYYY')", "text" },
    { "to_date(c, 'YYYY')", "date" },
    { "to_timestamp(f)", "timestamptz" },
    { "date_trunc('day', tz)", "timestamptz" },
    { "date_part('day', tz)", "double precision" },
    { "extract(day FROM tz)", "numeric" },
    { "age(tz)", "interval" },
    { "abs(i)", "integer" },
    { "round(f)", "double precision" },
    { "round(i)", "double precision" },
    { "floor(f)", "double precision" },
    { "sqrt(f)", "double precision" },
    { "mod(i, 2)", "integer" },
    { "array_length(a, 1)", "integer" },
    { "cardinality(a)", "integer" },
    { "array_append(a, 1)", "integer[]" },
    { "string_to_array(c, ',')", "text[]" },
    { "array_to_string(a, ',')", "text" },
    { "gen_random_uuid()", "uuid" },
    { "to_jsonb(c)", "jsonb" },
    { "jsonb_build_object('a', 1)", "jsonb" },
    { "jsonb_array_length(j)", "integer" },
    { "jsonb_typeof(j)", "text" },
    { "to_tsvector(c)", "tsvector" },
    { "to_tsquery(c)", "tsquery" },
    { "encode(y, 'hex')", "text" },
    { "decode(c, 'hex')", "bytea" },
    { "xmlelement(NAME a, c)", "xml" },
    { "CAST(ROW(1) AS text)", "text" },
    { "current_schema()", "name" },
};

static void
expressions_have_the_types_that_postgres_gives(void **state)
{
    char sql[2000];
    char shown[100];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        const struct catalog *c;
        const struct type *type;
        struct text text;

        snprintf(sql, sizeof sql, TABLE "CREATE VIEW v AS SELECT %s AS x FROM t;",
                 expected[i].expression);
        c = good(sql);
        type = c->views.items[0]->columns.items[0].type;
        text_init(&text, &s.arena);
        if (type != NULL)
            type_print(type, &text);
        snprintf(shown, sizeof shown, "%.*s", SLICE_ARG(text_slice(&text)));
        if (strcmp(shown, expected[i].type) != 0)
            fail_msg("%s is \"%s\", not \"%s\"", expected[i].expression, shown,
                     expected[i].type);
    }
}

static void
unknown_functions_have_no_type(void **state)
{
    const struct catalog *c = good(TABLE "CREATE VIEW v AS SELECT mine(i) AS x FROM t;");

    (void)state;
    assert_null(c->views.items[0]->columns.items[0].type);
}

static void
a_union_is_as_wide_as_both_sides(void **state)
{
    const struct catalog *c =
        good("CREATE VIEW v AS SELECT 1 AS a, NULL AS b UNION SELECT 2.5, true;");
    const struct view *v = c->views.items[0];

    (void)state;
    assert_int_equal(v->columns.items[0].type->kind, TYPE_DECIMAL);
    assert_int_equal(v->columns.items[1].type->kind, TYPE_BOOLEAN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(expressions_have_the_types_that_postgres_gives),
        TEST(unknown_functions_have_no_type),
        TEST(a_union_is_as_wide_as_both_sides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
