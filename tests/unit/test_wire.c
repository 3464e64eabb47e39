/*
 * Values in PostgreSQL's binary form: what is put comes back, and what does not fit is
 * refused.  That a server reads them is shown by engines/typed_c.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/postgres_wire.h"

static const int64_t edges[] = {
    0,
    1,
    -1,
    9,
    10,
    -10,
    99,
    9999,
    10000,
    -10000,
    10001,
    99999999,
    100000000,
    123456789012345678,
    INT64_MAX,
    INT64_MIN,
    INT64_MAX - 1,
    INT64_MIN + 1,
    1000000000000000000,
};

static void
a_numeric_comes_back_in_every_scale(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (int scale = 0; scale <= SCHEMAC_DECIMAL_SCALE_MAX; scale++) {
            char bytes[WIRE_FIXED_BYTES];
            int len = schemac__wire_put_numeric(bytes, edges[i], scale);
            int64_t back = 77;

            assert_true(len >= 8 && len <= WIRE_FIXED_BYTES);
            assert_true(schemac__wire_get_numeric(bytes, len, scale, &back));
            assert_int_equal(back, edges[i]);
        }
}

/* numeric_send: 12.30 is two groups, 12 and 3000, the first of weight 0, scale 2. */
static void
a_numeric_has_the_servers_bytes(void **state)
{
    static const char expected[] = "\0\2\0\0\0\0\0\2\0\14\13\270";
    char bytes[WIRE_FIXED_BYTES];

    (void)state;
    assert_int_equal(schemac__wire_put_numeric(bytes, 1230, 2), 12);
    assert_memory_equal(bytes, expected, 12);
}

static void
digits_that_do_not_fit_are_refused(void **state)
{
    char bytes[WIRE_FIXED_BYTES];
    int64_t back;
    int len;

    (void)state;
    len = schemac__wire_put_numeric(bytes, 12345, 3);
    assert_false(schemac__wire_get_numeric(bytes, len, 2, &back)); /* 12.345 */
    len = schemac__wire_put_numeric(bytes, 12340, 3);
    assert_true(schemac__wire_get_numeric(bytes, len, 2, &back)); /* 12.340 */
    assert_int_equal(back, 1234);
    len = schemac__wire_put_numeric(bytes, INT64_MAX, 0);
    assert_false(schemac__wire_get_numeric(bytes, len, 1, &back));
    assert_false(schemac__wire_get_numeric(bytes, len - 1, 0, &back));
    len = schemac__wire_put_numeric(bytes, 1, 0);
    bytes[4] = (char)0xC0; /* NaN */
    assert_false(schemac__wire_get_numeric(bytes, len, 0, &back));
}

static void
a_numeric_is_the_nearest_double(void **state)
{
    static const struct {
        int64_t value;
        int scale;
        double expected;
    } cases[] = {
        { 0, 0, 0.0 },     { 0, 5, 0.0 },
        { 1, 1, 0.1 },     { 35, 1, 3.5 },
        { -25, 2, -0.25 }, { 1, 18, 1e-18 },
        { 10000, 0, 1e4 }, { 123456789, 4, 12345.6789 },
        { -1, 0, -1.0 },   { 1000000, 0, 1e6 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[WIRE_FIXED_BYTES];
        int len = schemac__wire_put_numeric(bytes, cases[i].value, cases[i].scale);
        double back = 77;

        assert_true(schemac__wire_numeric_to_double(bytes, len, &back));
        assert_true(memcmp(&back, &cases[i].expected, sizeof back) == 0);
    }
}

static void
integers_are_refused_where_they_do_not_fit(void **state)
{
    char bytes[8];
    int64_t back = 0;

    (void)state;
    assert_false(schemac__wire_put_integer(bytes, WIRE_INT2, 32768));
    assert_false(schemac__wire_put_integer(bytes, WIRE_INT4, INT64_C(-2147483649)));
    assert_true(schemac__wire_put_integer(bytes, WIRE_INT2, -32768));
    assert_true(schemac__wire_get_integer(bytes, 2, WIRE_INT2, &back));
    assert_int_equal(back, -32768);
    assert_false(schemac__wire_get_integer(bytes, 4, WIRE_DATE, &back));
}

static void
moments_come_back_and_have_ends(void **state)
{
    static const int64_t moments[] = { 0, -1, 946684800000000, INT64_MAX, INT64_MIN };
    static const int32_t days[] = { 0, -719528, 10957, INT32_MAX, INT32_MIN };
    char bytes[8];

    (void)state;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        int64_t back = 77;

        assert_true(schemac__wire_put_timestamp(bytes, moments[i]));
        assert_true(schemac__wire_get_timestamp(bytes, &back));
        assert_int_equal(back, moments[i]);
    }
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        int32_t back = 77;

        assert_true(schemac__wire_put_date(bytes, days[i]));
        assert_true(schemac__wire_get_date(bytes, &back));
        assert_int_equal(back, days[i]);
    }
    assert_false(schemac__wire_put_timestamp(bytes, INT64_MIN + 1));
    assert_false(schemac__wire_put_date(bytes, INT32_MIN + 1));
    schemac__wire_put(bytes, INT64_MAX - 1, 8);
    assert_false(schemac__wire_get_timestamp(bytes, &(int64_t){ 0 }));
}

/* Lengths alone are counted, so that the edge needs no gigabytes. */
static void
values_that_fit_into_a_message(void **state)
{
    const int half = WIRE_MESSAGE_BYTES_MAX / 2;
    int lengths[3] = { half, half - 200, 100 };

    (void)state;
    assert_true(schemac__wire_fits(NULL, 0));
    assert_true(schemac__wire_fits(lengths, 3));
    lengths[2] = 200;
    assert_false(schemac__wire_fits(lengths, 3));
    lengths[2] = 0; /* NULL */
    assert_true(schemac__wire_fits(lengths, 3));
    lengths[0] = lengths[1] = lengths[2] = INT_MAX;
    assert_false(schemac__wire_fits(lengths, 3));
    assert_false(schemac__wire_fits(lengths, 1));
}

/* The head of a message counts, too: of a statement with many values it is long. */
static void
many_values_that_fit_into_a_message(void **state)
{
    enum { COUNT = 1000 };
    static int lengths[COUNT];

    (void)state;
    for (int i = 0; i < COUNT; i++)
        lengths[i] = WIRE_MESSAGE_BYTES_MAX / COUNT - 8;
    assert_true(schemac__wire_fits(lengths, COUNT));
    for (int i = 0; i < COUNT; i++)
        lengths[i] = WIRE_MESSAGE_BYTES_MAX / COUNT;
    assert_false(schemac__wire_fits(lengths, COUNT));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_numeric_comes_back_in_every_scale),
        cmocka_unit_test(a_numeric_has_the_servers_bytes),
        cmocka_unit_test(digits_that_do_not_fit_are_refused),
        cmocka_unit_test(a_numeric_is_the_nearest_double),
        cmocka_unit_test(integers_are_refused_where_they_do_not_fit),
        cmocka_unit_test(moments_come_back_and_have_ends),
        cmocka_unit_test(values_that_fit_into_a_message),
        cmocka_unit_test(many_values_that_fit_into_a_message),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
