/*
 * What a PostgreSQL server makes of an expression is no change, and what only looks like
 * it is one.  The pairs say what is written, and what a server (15) prints of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dialect/dialect.h"
#include "diff/diff.h"
#include "declared.h"

#define COLUMNS                                                                          \
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"                                            \
    "CREATE TABLE z (i integer, i2 integer, si smallint, bi bigint, num numeric(10, 2)," \
    " nn numeric, r real, f double precision, t text, v varchar(20), vc varchar, "       \
    " c char(3), b boolean, d date, ts timestamp, tz timestamptz, u uuid, e mood, "      \
    " j jsonb, ta text[], "

struct pair {
    const char *type; /* of a column that has it for its default; NULL: a check */
    const char *left;
    const char *right;
};

static const struct pair equal[] = {
    { "integer", "-5", "'-5'::integer" },
    { "bigint", "-5", "'-5'::integer" },
    { "bigint", "50000000000", "'50000000000'::bigint" },
    { "integer", "'5'", "5" },
    { "numeric(10,2)", "-1.5", "'-1.5'::numeric" },
    { "text", "'x'", "'x'::text" },
    { "varchar", "'x'", "'x'::character varying" },
    { "varchar(20)", "'x'", "'x'::character varying" },
    { "char(3)", "'x'", "'x'::bpchar" },
    { "date", "date '2024-01-01'", "'2024-01-01'::date" },
    { "date", "'2024-01-01'", "'2024-01-01'::date" },
    { "timestamp(3)", "'2024-01-01 00:00:00'", "'2024-01-01 00:00:00'::timestamp" },
    { "uuid", "'00000000-0000-0000-0000-00000000000a'",
      "'00000000-0000-0000-0000-00000000000a'::uuid" },
    { "mood", "'ok'", "'ok'::mood" },
    { "mood[]", "ARRAY['ok']::mood[]", "ARRAY['ok'::mood]" },
    { "text[]", "'{}'", "'{}'::text[]" },
    { "text[]", "array['a','b']", "ARRAY['a'::text, 'b'::text]" },
    { "jsonb", "'{}'", "'{}'::jsonb" },
    { "integer", "length('abc')", "length('abc'::text)" },
    { "integer", "-(-5)", "5" },
    { "integer", "(random() * 100)::int",
      "((random() * (100)::double precision))::integer" },
    { "numeric", "1e3", "'1000'::numeric" },
    { "numeric", "1e3", "1000" },
    { "text", "trim('  x ')", "TRIM(BOTH FROM '  x '::text)" },
    { "text[]", "'{\"a\"}'", "'{a}'::text[]" },
    { "text[]", "'{\"a b\",\"c\"}'", "'{\"a b\",c}'::text[]" },
    { "inet", "'10.0.0.1/32'", "'10.0.0.1'::inet" },
    { "int4range", "'[1,5]'", "'[1,6)'::int4range" },
    { "int8range", "'(0,5]'", "'[1,6)'::int8range" },
    { "text", "lower('X')", "lower('X'::text)" },
    { "timestamp", "(now() at time zone 'utc')", "(now() AT TIME ZONE 'utc'::text)" },
    { NULL, "i > -5", "(i > '-5'::integer)" },
    { NULL, "i in (1,2,3)", "(i = ANY (ARRAY[1, 2, 3]))" },
    { NULL, "i not in (1,2)", "(i <> ALL (ARRAY[1, 2]))" },
    { NULL, "i in (1)", "(i = 1)" },
    { NULL, "i not in (1)", "(i <> 1)" },
    { NULL, "si in (1,2)", "(si = ANY (ARRAY[1, 2]))" },
    { NULL, "bi in (1,2)", "(bi = ANY (ARRAY[(1)::bigint, (2)::bigint]))" },
    { NULL, "num in (1, 2.5)", "(num = ANY (ARRAY[(1)::numeric, 2.5]))" },
    { NULL, "t in ('a','b')", "(t = ANY (ARRAY['a'::text, 'b'::text]))" },
    { NULL, "v in ('a','b')",
      "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
      "varying])::text[]))" },
    { NULL, "v in ('a','b')",
      "((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character "
      "varying)::text]))" },
    { NULL, "vc not in ('a','b')",
      "((vc)::text <> ALL ((ARRAY['a'::character varying, 'b'::character "
      "varying])::text[]))" },
    { NULL, "v = any (array['a','b']::text[])",
      "((v)::text = ANY (ARRAY['a'::text, 'b'::text]))" },
    { NULL, "c in ('a','b')", "(c = ANY (ARRAY['a'::bpchar, 'b'::bpchar]))" },
    { NULL, "e in ('sad','ok')", "(e = ANY (ARRAY['sad'::mood, 'ok'::mood]))" },
    { NULL, "v = 'a'", "((v)::text = 'a'::text)" },
    { NULL, "c = 'a'", "(c = 'a'::bpchar)" },
    { NULL, "t <> ''", "(t <> ''::text)" },
    { NULL, "t != ''", "(t <> ''::text)" },
    { NULL, "e > 'sad'", "(e > 'sad'::mood)" },
    { NULL, "i between 1 and 5", "((i >= 1) AND (i <= 5))" },
    { NULL, "i not between 1 and 5", "((i < 1) OR (i > 5))" },
    { NULL, "b and i between 1 and 5", "(b AND ((i >= 1) AND (i <= 5)))" },
    { NULL, "d between '2024-01-01' and '2024-12-31'",
      "((d >= '2024-01-01'::date) AND (d <= '2024-12-31'::date))" },
    { NULL, "t like 'a%'", "(t ~~ 'a%'::text)" },
    { NULL, "t not like 'a%'", "(t !~~ 'a%'::text)" },
    { NULL, "t ilike 'a%'", "(t ~~* 'a%'::text)" },
    { NULL, "t not ilike 'a%'", "(t !~~* 'a%'::text)" },
    { NULL, "v like 'a%'", "((v)::text ~~ 'a%'::text)" },
    { NULL, "length(v) > 3", "(length((v)::text) > 3)" },
    { NULL, "lower(v) = v", "(lower((v)::text) = (v)::text)" },
    { NULL, "num > 0", "(num > (0)::numeric)" },
    { NULL, "num > -1.5", "(num > '-1.5'::numeric)" },
    { NULL, "r > 1.5", "(r > (1.5)::double precision)" },
    { NULL, "i::integer > 0", "(i > 0)" },
    { NULL, "trim(v) = t", "(TRIM(BOTH FROM (v)::text) = t)" },
    { NULL, "case i when 1 then b end", "CASE i WHEN 1 THEN b ELSE NULL::boolean END" },
    { NULL, "j ->> 'a' = 'x'", "((j ->> 'a'::text) = 'x'::text)" },
    { NULL, "ta @> array['x']", "(ta @> ARRAY['x'::text])" },
    { NULL, "t || 'x' <> ''", "((t || 'x'::text) <> ''::text)" },
    { NULL, "v || 'x' <> ''", "(((v)::text || 'x'::text) <> ''::text)" },
    { NULL, "tz at time zone 'UTC' > ts", "((tz AT TIME ZONE 'UTC'::text) > ts)" },
};

static const struct pair different[] = {
    { "timestamptz", "now()", "CURRENT_TIMESTAMP" },
    { "numeric", "0", "0.0" },
    { "varchar", "'x'", "'x'::text" },
    { "text", "'x'", "'x'::varchar" },
    { "text[]", "'{}'", "ARRAY[]::text[]" },
    { "text", "'x'", "'y'::text" },
    { "integer", "5", "'-5'::integer" },
    { "integer", "-5", "-(5::integer)" },
    { "integer", "1", "'1.0'::numeric" },
    { "timestamp", "(now() at time zone 'utc')", "timezone('utc', now())" },
    { NULL, "v::integer > 1", "v::numeric > 1" },
    { NULL, "t::integer > 1", "t::bigint > 1" },
    { NULL, "i < i2", "i <= i2" },
    { NULL, "i > i2", "i::numeric > i2::numeric" },
    { NULL, "i > 0", "i::bigint > 0" },
    { NULL, "i in (1,2)", "i in (2,1)" },
    { NULL, "i in (1,2)", "i in (1,2,3)" },
    { NULL, "i in (1,2)", "i not in (1,2)" },
    { NULL, "i in (1,2)", "i = 1 or i = 2" },
    { NULL, "i in (1,2)", "i = ANY ('{1,2}')" },
    { NULL, "i in (1,2)", "i > ANY (ARRAY[1, 2])" },
    { NULL, "i not in (1,2)", "i <> ANY (ARRAY[1, 2])" },
    { NULL, "bi in (1,2)", "bi = ANY (ARRAY[1, 2])" },
    { NULL, "v in ('a','b')", "v = ANY (ARRAY['a', 'b'])" },
    { NULL, "v = 'a'", "v = 'a'::varchar" },
    { NULL, "v = 'a'", "v::varchar(1) = 'a'" },
    { NULL, "t = 'a'", "t COLLATE \"C\" = 'a'" },
    { NULL, "t COLLATE \"C\" = 'a'", "t COLLATE \"POSIX\" = 'a'" },
    { NULL, "c = 'a'", "c = 'a'::text" },
    { NULL, "c = 'a'", "c::text = 'a'" },
    { NULL, "i between 1 and 5", "i > 1 and i < 5" },
    { NULL, "i between 1 and 5", "i between symmetric 1 and 5" },
    { NULL, "i between 1 and 5", "i not between 1 and 5" },
    { NULL, "t like 'a%'", "t ilike 'a%'" },
    { NULL, "t like 'a%'", "t ~ 'a%'" },
    { NULL, "t like 'a!%'", "t like 'a!%' escape '!'" },
    { NULL, "num > 0", "num > 0.0" },
    { NULL, "r > 1.5", "r > 1.5::real" },
    { NULL, "b", "b = true" },
    { NULL, "num::integer > 0", "num > 0" },
    { NULL, "e = 'sad'", "e::text = 'sad'" },
    { NULL, "d > '2024-01-01'", "d > '2024-01-01'::timestamp" },
    { NULL, "lower(v) = v", "upper(v) = v" },
    { NULL, "num = 1.0", "num = 1.00" },
    { NULL, "c::char > 'a'", "c > 'a'" },
    { NULL, "v::varchar(20) = t", "v = t" },
    { NULL, "num::numeric(10, 1) > 0", "num > 0" },
    { NULL, "i::bigint > 0", "i > 0" },
    { NULL, "(si + si)::integer > 0", "si + si > 0" },
    { NULL, "ts::timestamp(0) > '2024-01-01'", "ts > '2024-01-01'" },
    { NULL, "ts > '2024-01-01 00:00:00'", "ts > '2024-01-01 00:00:01'" },
    { NULL, "tz > '2024-01-01 00:00:00+00'", "tz > '2024-01-01 00:00:00+01'" },
    { NULL, "tz at time zone 'UTC' > ts", "tz at time zone 'CET' > ts" },
    { NULL, "trim(t) = t", "ltrim(t) = t" },
    { NULL, "trim(t) = t", "trim(both 'x' from t) = t" },
    { NULL, "trim(t) = t", "trim(trailing from t) = t" },
    { NULL, "case i when 1 then b end", "case i when 1 then b else false end" },
    { NULL, "case i when 1 then b end", "case i2 when 1 then b end" },
    { NULL, "case when b then i end > 0", "case when b then i else 0 end > 0" },
    { NULL, "coalesce(i, i2) > 0", "coalesce(i2, i) > 0" },
    { NULL, "left(t, 1) = 'a'", "left(t, 2) = 'a'" },
    { NULL, "position('a' in t) > 0", "position(t in 'a') > 0" },
    { NULL, "i - i2 > 0", "i2 - i > 0" },
    { NULL, "i > 0 and b", "i > 0 or b" },
    { NULL, "j -> 'a' = 'x'", "j ->> 'a' = 'x'" },
    { NULL, "j @> '{\"a\": 1}'", "j @> '{\"a\": 1.0}'" },
    { NULL, "ta @> array['x']", "ta <@ array['x']" },
    { NULL, "t similar to 'a%'", "t like 'a%'" },
    { NULL, "i is distinct from i2", "i is not distinct from i2" },
    { "integer", "-(-5)", "-5" },
    { "integer", "(random() * 100)::int", "(random() * 100)::bigint" },
    { "numeric", "1e3", "1e2" },
    { "double precision", "random() * 100", "random() * 100.0" },
    { "text[]", "'{\"null\"}'", "'{null}'" },
    { "text[]", "'{\"a,b\"}'", "'{a,b}'" },
    { "text[]", "'{\"a\"}'", "'{\"A\"}'" },
    { "text[]", "'{\"\"}'", "'{}'" },
    { "inet", "'10.0.0.1/32'", "'10.0.0.1/24'" },
    { "cidr", "'10.0.0.1/32'", "'10.0.0.2/32'" },
    { "int4range", "'[1,5]'", "'[1,5)'" },
    { "int4range", "'(1,5]'", "'[1,6)'" },
    { "numrange", "'[1,5]'", "'[1,6)'" },
    { "interval", "'1 day'", "'24 hours'" },
};

static struct catalog *
catalog_of(struct session *s, const struct pair *p, const char *expression)
{
    struct text sql;
    struct catalog *c;

    text_init(&sql, &s->arena);
    if (p->type != NULL)
        text_addf(&sql, COLUMNS "x %s DEFAULT %s);", p->type, expression);
    else
        text_addf(&sql,
                  COLUMNS "CONSTRAINT k CHECK (%s)); CREATE INDEX y ON z (i) WHERE %s;",
                  expression, expression);
    c = declare(s, slice_z(&s->arena, text_slice(&sql)));
    c->dialect = SLICE("postgres");
    return c;
}

static size_t
changes_between(const struct pair *p, bool back)
{
    struct session s;
    struct changes changes;
    size_t count;

    session_init(&s);
    diff_catalogs(&s, dialect_postgres.forms,
                  catalog_of(&s, p, back ? p->right : p->left),
                  catalog_of(&s, p, back ? p->left : p->right), &changes);
    count = changes.all.count;
    session_free(&s);
    return count;
}

static void
what_a_server_prints_is_no_change(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(equal); i++)
        for (int back = 0; back < 2; back++)
            if (changes_between(&equal[i], back != 0) != 0) {
                print_message("differs: %s | %s\n", equal[i].left, equal[i].right);
                wrong++;
            }
    assert_int_equal(wrong, 0);
}

static void
what_looks_alike_is_a_change(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(different); i++)
        for (int back = 0; back < 2; back++)
            if (changes_between(&different[i], back != 0) == 0) {
                print_message("equal: %s | %s\n", different[i].left, different[i].right);
                wrong++;
            }
    assert_int_equal(wrong, 0);
}

static void
other_terms_are_compared_as_written(void **state)
{
    struct session s;
    struct changes changes;

    (void)state;
    session_init(&s);
    diff_catalogs(&s, NULL, declare(&s, "CREATE TABLE t (a text CHECK (a = 'x'));"),
                  declare(&s, "CREATE TABLE t (a text CHECK (a = 'x'::text));"),
                  &changes);
    assert_int_equal(changes.all.count, 2);
    session_free(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_server_prints_is_no_change),
        cmocka_unit_test(what_looks_alike_is_a_change),
        cmocka_unit_test(other_terms_are_compared_as_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
