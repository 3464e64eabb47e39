/*
 * JSON arrays: what is one is read item by item, what is none is refused, and what is
 * written comes back.
 */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/sqlite_json.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How reading ends, and how many items came before that. */
static enum json_step
read_all(const char *text, size_t len, size_t *count)
{
    struct json_reader r;
    struct json_item item;
    enum json_step step;
    /* Exactly as long as the text, so that sanitizers see who reads behind it. */
    char *copy = malloc(len + 1);

    assert_non_null(copy);
    memcpy(copy, text, len);
    *count = 0;
    if (!schemac__json_begin(&r, (struct schemac_text){ copy, len })) {
        free(copy);
        return JSON_BAD;
    }
    while ((step = schemac__json_next(&r, &item)) == JSON_ITEM)
        ++*count;
    free(copy);
    return step;
}

static void
arrays_are_read(void **state)
{
    static const struct {
        const char *text;
        size_t count;
    } good[] = {
        { "[]", 0 },
        { " [ \t\r\n] ", 0 },
        { "[null]", 1 },
        { "[ true , false ]", 2 },
        { "[0,-0,1,-1,10,1.5,-1.25e10,1E+2,1e-2,0.0]", 10 },
        { "[\"\",\" \",\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\",\"\\u0000\"]", 4 },
        { "[\"\\ud83d\\uDE97\",\"\\ue000\",\"\\ud7ff\"]", 3 },
        { "[\"[1,2]\",\"{}\"]", 2 },
        { "[\"\360\237\232\227\",\"\177\"]", 2 },
    };
    size_t count;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_int_equal(read_all(good[i].text, strlen(good[i].text), &count), JSON_END);
        assert_int_equal(count, good[i].count);
    }
}

static void
what_is_no_array_is_refused(void **state)
{
    static const char *const bad[] = {
        "",          " ",          "[",          "]",         "{}",        "1",
        "null",      "\"a\"",      "[,]",        "[1,]",      "[,1]",      "[1 2]",
        "[1,,2]",    "[1]]",       "[1]x",       "[1",        "[1,",       "[\"a]",
        "[\"a",      "[\"\\",      "[\"\\\"]",   "[\"\\a\"]", "[\"\\u\"]", "[\"\\u12\"]",
        "[\"\\u123", "[\"\\u12g4\"]", "[\"\\ud800\"]", "[\"\\ud800x\"]",
        "[\"\\ud800\\n\"]", "[\"\\ud800\\u0041\"]", "[\"\\udc00\"]",
        "[\"\\udbff\\udbff\"]", "[\"\n\"]", "[\"\t\"]", "['a']", "[a]", "[nul]",
        "[nullx]",   "[True]",     "[NaN]",      "[Infinity]", "[-]",      "[+1]",
        "[01]",      "[-01]",      "[.5]",       "[5.]",      "[1e]",      "[1e+]",
        "[0x10]",    "[1_000]",    "[1]\v",      "[/**/1]",   "\357\273\277[1]",
    };
    size_t count;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(read_all(bad[i], strlen(bad[i]), &count), JSON_BAD);
    assert_int_equal(read_all("[\"\0\"]", 5, &count), JSON_BAD);
    assert_int_equal(read_all("[1]\0", 4, &count), JSON_BAD);
    assert_int_equal(read_all("[1,[2]]", 7, &count), JSON_NESTED);
    assert_int_equal(read_all("[{\"a\":1}]", 9, &count), JSON_NESTED);
}

/* Each beginning of a text is read without looking behind it. */
static void
texts_may_end_anywhere(void **state)
{
    static const char text[] =
        "[\"a\\u00e9\\ud83d\\ude97\\n\", -1.25e+10, true, null, 0]";
    size_t count;

    (void)state;
    for (size_t len = 0; len < sizeof text - 1; len++)
        assert_int_equal(read_all(text, len, &count), JSON_BAD);
    assert_int_equal(read_all(text, sizeof text - 1, &count), JSON_END);
    assert_int_equal(count, 5);
}

static void
escapes_become_characters(void **state)
{
    static const char raw[] = "a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u0041\\u00e9\\u20ac"
                              "\\ud83d\\ude97\\uffff\\ud800\\udc00\\udbff\\udfff.";
    static const char expected[] = "a\"\\/\b\f\n\r\t\0A\303\251\342\202\254"
                                   "\360\237\232\227\357\277\277\360\220\200\200"
                                   "\364\217\277\277.";
    char to[sizeof raw];
    size_t len =
        schemac__json_unescape((struct schemac_text){ raw, sizeof raw - 1 }, to);

    (void)state;
    assert_int_equal(len, sizeof expected - 1);
    assert_memory_equal(to, expected, len);
}

/* Every byte, and what is no UTF-8, as text has it. */
static void
strings_come_back(void **state)
{
    char bytes[256];
    char text[256 * 6 + 2];
    char back[sizeof text];
    struct json_writer counter = { .to = NULL };
    struct json_writer w = { .to = text };
    struct json_reader r;
    struct json_item item;

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(unsigned char)i;
    schemac__json_put(&counter, "[", 1);
    schemac__json_put_string(&counter, bytes, sizeof bytes);
    schemac__json_put(&counter, "]", 1);
    assert_true(counter.len <= sizeof text);
    schemac__json_put(&w, "[", 1);
    schemac__json_put_string(&w, bytes, sizeof bytes);
    schemac__json_put(&w, "]", 1);
    assert_int_equal(w.len, counter.len);
    assert_true(schemac__json_begin(&r, (struct schemac_text){ text, w.len }));
    assert_int_equal(schemac__json_next(&r, &item), JSON_ITEM);
    assert_int_equal(schemac__json_unescape(item.raw, back), sizeof bytes);
    assert_memory_equal(back, bytes, sizeof bytes);
    assert_int_equal(schemac__json_next(&r, &item), JSON_END);
}

static void
integers_are_exact(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } cases[] = {
        { "0", true, 0 },
        { "-0", true, 0 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9007199254740993", true, INT64_C(9007199254740993) },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999999", false, 0 },
        { "1.0", false, 0 },
        { "1e2", false, 0 },
    };
    int64_t v;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(schemac__json_int64(schemac_text(cases[i].text), &v),
                         cases[i].ok);
        if (cases[i].ok)
            assert_true(v == cases[i].value);
    }
}

static void
check_double(double v)
{
    char text[JSON_NUMBER_BYTES];
    size_t len = schemac__json_number(v, false, text);
    double back;

    assert_int_equal(len, strlen(text));
    assert_null(strchr(text, ','));
    assert_true(schemac__json_double((struct schemac_text){ text, len }, &back));
    assert_memory_equal(&back, &v, sizeof v);
}

static void
check_float(float v)
{
    char text[JSON_NUMBER_BYTES];
    size_t len = schemac__json_number((double)v, true, text);
    double back;
    float narrow;

    assert_true(schemac__json_double((struct schemac_text){ text, len }, &back));
    narrow = (float)back;
    assert_memory_equal(&narrow, &v, sizeof v);
}

static void
check_numbers(void)
{
    static const double edges[] = { 0.0,     -0.0,  0.1,  1.0 / 3,  1e22, 1e23, 5e-324,
                                    DBL_MIN, 1e-10, 1e15, DBL_MAX, 12345678.9 };
    uint64_t state = 88172645463325252U;

    for (size_t i = 0; i < COUNT(edges); i++) {
        check_double(edges[i]);
        check_double(-edges[i]);
    }
    for (int i = 0; i < 20000; i++) {
        uint32_t half;
        double v;
        float f;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        memcpy(&v, &state, sizeof v);
        half = (uint32_t)state;
        memcpy(&f, &half, sizeof f);
        if (isfinite(v))
            check_double(v);
        if (isfinite(f))
            check_float(f);
    }
}

static void
numbers_come_back(void **state)
{
    char text[JSON_NUMBER_BYTES];

    (void)state;
    check_numbers();
    (void)schemac__json_number(0.1, false, text);
    assert_string_equal(text, "0.1");
    (void)schemac__json_number((double)0.1F, true, text);
    assert_string_equal(text, "0.1");
    (void)schemac__json_number(100, false, text);
    assert_string_equal(text, "100");
}

/* Where numbers have a decimal comma. */
static void
no_locale_changes_numbers(void **state)
{
    static const char *const names[] = { "de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ps_AF" };

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        if (setlocale(LC_NUMERIC, names[i]) != NULL)
            check_numbers();
    (void)setlocale(LC_NUMERIC, "C");
}

static void
long_numbers_are_read(void **state)
{
    char text[3000];
    double v;

    (void)state;
    memset(text, '9', sizeof text);
    assert_false(schemac__json_double((struct schemac_text){ text, 400 }, &v));
    text[1] = '.';
    assert_true(schemac__json_double((struct schemac_text){ text, sizeof text }, &v));
    assert_true(v == 10.0);
    memset(text, '0', 2000);
    text[1] = '.';
    memcpy(text + 2000, "1e2000", 6);
    assert_true(schemac__json_double((struct schemac_text){ text, 2006 }, &v));
    assert_true(v == 10.0);
    assert_false(schemac__json_double(schemac_text("1e999999999999999999"), &v));
    assert_true(schemac__json_double(schemac_text("1e-999999999999999999"), &v));
    assert_true(v == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_are_read),
        cmocka_unit_test(what_is_no_array_is_refused),
        cmocka_unit_test(texts_may_end_anywhere),
        cmocka_unit_test(escapes_become_characters),
        cmocka_unit_test(strings_come_back),
        cmocka_unit_test(integers_are_exact),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(no_locale_changes_numbers),
        cmocka_unit_test(long_numbers_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
