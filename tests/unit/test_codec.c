/*
 * Values and their text: exact both ways, and refused where they would not be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/schemac_row.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DAY INT64_C(86400000000)

static void
decimals(void **state)
{
    static const struct {
        const char *text;
        int scale;
        int64_t value;
        const char *written; /* NULL: as `text` */
    } cases[] = {
        { "12.30", 2, 1230, NULL },
        { "12.3", 2, 1230, "12.30" },
        { "12", 2, 1200, "12.00" },
        { "12.", 2, 1200, "12.00" },
        { ".5", 2, 50, "0.50" },
        { "+7", 0, 7, "7" },
        { "-0.05", 2, -5, NULL },
        { "-0", 2, 0, "0.00" },
        { "0.0500", 2, 5, "0.05" },
        { "9223372036854775807", 0, INT64_MAX, NULL },
        { "-9223372036854775808", 0, INT64_MIN, NULL },
        { "-9.223372036854775808", 18, INT64_MIN, NULL },
        { "0.000000000000000001", 18, 1, NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[SCHEMAC_DECIMAL_TEXT_BYTES];
        int64_t value = 77;
        size_t length;

        assert_true(schemac_decimal_from_text(schemac_text(cases[i].text), cases[i].scale,
                                              &value));
        assert_int_equal(value, cases[i].value);
        length = schemac_decimal_to_text(value, cases[i].scale, text);
        assert_int_equal(length, strlen(text));
        assert_string_equal(text,
                            cases[i].written == NULL ? cases[i].text : cases[i].written);
    }
}

static void
decimals_that_are_none(void **state)
{
    static const char *const texts[] = {
        "",
        ".",
        "-",
        "1.234",
        "1,2",
        "1e3",
        " 1",
        "1 ",
        "--1",
        "1.2.3",
        "1.2.3.4",
        "0.001x",
        "x",
        "0x10",
        "1-.2",
        "92233720368547758.08",
        "-92233720368547758.09",
        "999999999999999999999",
    };
    char text[SCHEMAC_DECIMAL_TEXT_BYTES];
    int64_t value = 77;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (schemac_decimal_from_text(schemac_text(texts[i]), 2, &value))
            fail_msg("%s is taken", texts[i]);
    assert_false(schemac_decimal_from_text(schemac_text(NULL), 2, &value));
    assert_false(schemac_decimal_from_text(schemac_text("1"), 19, &value));
    assert_false(schemac_decimal_from_text(schemac_text("1"), -1, &value));
    assert_int_equal(value, 77);
    assert_int_equal(schemac_decimal_to_text(1, 19, text), 0);
    assert_string_equal(text, "");
}

static void
dates(void **state)
{
    static const struct {
        const char *text;
        int32_t days;
    } cases[] = {
        { "1970-01-01", 0 },       { "1969-12-31", -1 },      { "2000-02-29", 11016 },
        { "2024-12-31", 20088 },   { "0000-01-01", -719528 }, { "0000-03-01", -719468 },
        { "9999-12-31", 2932896 }, { "1900-02-28", -25509 },  { "1900-03-01", -25508 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[SCHEMAC_DATE_TEXT_BYTES];
        int32_t days = 77;

        assert_true(schemac_date_from_text(schemac_text(cases[i].text), &days));
        assert_int_equal(days, cases[i].days);
        assert_int_equal(schemac_date_to_text(days, text), 10);
        assert_string_equal(text, cases[i].text);
    }
}

static void
every_day_there_and_back(void **state)
{
    char text[SCHEMAC_DATE_TEXT_BYTES];
    char before[SCHEMAC_DATE_TEXT_BYTES] = "";
    int32_t back;

    (void)state;
    for (int32_t days = -719528; days <= 2932896; days++) {
        assert_int_equal(schemac_date_to_text(days, text), 10);
        assert_true(strcmp(before, text) < 0);
        assert_true(schemac_date_from_text(schemac_text(text), &back));
        assert_int_equal(back, days);
        memcpy(before, text, sizeof text);
    }
    assert_int_equal(schemac_date_to_text(-719529, text), 0);
    assert_int_equal(schemac_date_to_text(2932897, text), 0);
    assert_int_equal(schemac_date_to_text(INT32_MIN, text), 0);
    assert_int_equal(schemac_date_to_text(INT32_MAX, text), 0);
}

static void
dates_that_are_none(void **state)
{
    static const char *const texts[] = {
        "",           "2024",       "2024-1-1",    "2024-13-01", "2024-00-01",
        "2023-02-29", "1900-02-29", "2024-04-31",  "2024-12-32", "2024-12-00",
        "20241231",   "2024/12/31", "2024-12-31 ", "-024-12-31", "12024-12-31",
    };
    int32_t days = 77;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (schemac_date_from_text(schemac_text(texts[i]), &days))
            fail_msg("%s is taken", texts[i]);
    assert_int_equal(days, 77);
}

static void
times(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        { "00:00:00", 0 },
        { "00:00:00.000001", 1 },
        { "23:59:59.999999", DAY - 1 },
        { "24:00:00", DAY },
        { "12:34:56.5", INT64_C(45296500000) },
    };
    static const char *const wrong[] = { "24:00:00.000001",  "25:00:00", "12:60:00",
                                         "12:00:60",         "12:00",    "12:00:00.",
                                         "12:00:00.1234567", "1:00:00",  "" };
    char text[SCHEMAC_TIME_TEXT_BYTES];
    int64_t value = 77;

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(schemac_time_from_text(schemac_text(wrong[i]), &value));
    assert_int_equal(value, 77);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(schemac_time_from_text(schemac_text(cases[i].text), &value));
        assert_int_equal(value, cases[i].value);
        assert_int_equal(schemac_time_to_text(value, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    assert_int_equal(schemac_time_to_text(-1, text), 0);
    assert_int_equal(schemac_time_to_text(DAY + 1, text), 0);
}

static void
timestamps(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
        const char *written;
    } cases[] = {
        { "1970-01-01 00:00:00", 0, NULL },
        { "1969-12-31 23:59:59.999999", -1, NULL },
        { "2024-12-31 23:59:59.5", INT64_C(1735689599500000), NULL },
        { "2024-12-31T23:59:59Z", INT64_C(1735689599000000), "2024-12-31 23:59:59" },
        { "0000-01-01 00:00:00", -719528 * DAY, NULL },
        { "9999-12-31 23:59:59.999999", 2932897 * DAY - 1, NULL },
    };
    static const char *const wrong[] = {
        "2024-12-31",           "2024-12-31 24:00:00",
        "2024-12-31  23:00:00", "2024-12-31 23:00:00+01",
        "2024-12-31 23:00",     "2024-12-31 23:00:00ZZ",
    };
    char text[SCHEMAC_TIMESTAMP_TEXT_BYTES];
    int64_t value = 77;

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(schemac_timestamp_from_text(schemac_text(wrong[i]), &value));
    assert_int_equal(value, 77);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(schemac_timestamp_from_text(schemac_text(cases[i].text), &value));
        assert_int_equal(value, cases[i].value);
        schemac_timestamp_to_text(value, text);
        assert_string_equal(text,
                            cases[i].written == NULL ? cases[i].text : cases[i].written);
    }
    assert_int_equal(schemac_timestamp_to_text(INT64_MIN, text), 0);
    assert_int_equal(schemac_timestamp_to_text(INT64_MAX, text), 0);
    assert_true(schemac_timestamp_now() > INT64_C(1700000000000000));
}

static void
uuids(void **state)
{
    static const char *const wrong[] = {
        "",
        "00112233-4455-6677-8899-aabbccddeef",
        "00112233-4455-6677-8899-aabbccddeeff0",
        "00112233-4455-6677-8899-aabbccddeefg",
        "001122334455-6677-8899-aabbccddeeff-",
        "{0112233-4455-6677-8899-aabbccddeeff",
    };
    struct schemac_uuid uuid;
    char text[SCHEMAC_UUID_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(schemac_uuid_from_text(schemac_text(wrong[i]), &uuid));
    assert_true(schemac_uuid_from_text(
        schemac_text("00112233-4455-6677-8899-AABBCCDDEEFF"), &uuid));
    assert_int_equal(uuid.bytes[0], 0x00);
    assert_int_equal(uuid.bytes[15], 0xFF);
    assert_int_equal(schemac_uuid_to_text(&uuid, text), 36);
    assert_string_equal(text, "00112233-4455-6677-8899-aabbccddeeff");
}

static void
an_arena(void **state)
{
    struct schemac_arena arena = { 0 };
    char *first = schemac_arena_alloc(&arena, 1);
    char *second = schemac_arena_alloc(&arena, 1);

    (void)state;
    assert_non_null(first);
    assert_int_equal((uintptr_t)second % 16, 0);
    assert_ptr_not_equal(first, second);
    memset(schemac_arena_alloc(&arena, 100000), 1, 100000);
    assert_null(schemac_arena_alloc(&arena, SIZE_MAX));
    assert_null(schemac_arena_alloc(&arena, SIZE_MAX - 100));
    assert_non_null(schemac_arena_alloc(&arena, 0));
    schemac_arena_reset(&arena);
    assert_non_null(schemac_arena_alloc(&arena, 10));
    schemac_arena_free(&arena);
    schemac_arena_free(&arena);
    assert_null(arena.newest);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals),
        cmocka_unit_test(decimals_that_are_none),
        cmocka_unit_test(dates),
        cmocka_unit_test(every_day_there_and_back),
        cmocka_unit_test(dates_that_are_none),
        cmocka_unit_test(times),
        cmocka_unit_test(timestamps),
        cmocka_unit_test(uuids),
        cmocka_unit_test(an_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
