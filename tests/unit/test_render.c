/*
 * Diagnostics as documents, parsed back: places as both forms count them, text that is
 * not UTF-8, the rules that SARIF 2.1.0 has for what we use of it, and the order of a
 * report.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/utf8.h"
#include "cli/report.h"

static struct cli c;

static int
begin(void **state)
{
    (void)state;
    c = (struct cli){ 0 };
    session_init(&c.s);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    session_free(&c.s);
    return 0;
}

static uint32_t
source(struct slice name, struct slice text)
{
    return source_add(&c.s.arena, &c.s.sources, name, text);
}

static struct diag *
say(enum diag_code code, struct span span, const char *message)
{
    return diag_add(&c.s.diags, code, span, "%s", message);
}

/* `part`, which stands once in the source. */
static struct span
span_of(uint32_t number, const char *part)
{
    struct slice text = source_get(&c.s.sources, number)->text;
    const char *z = slice_z(&c.s.arena, text);
    size_t at = (size_t)(strstr(z, part) - z);

    return (struct span){ number, (uint32_t)at, (uint32_t)(at + strlen(part)) };
}

static struct diag_list
everything(void)
{
    struct diag_list list = { 0 };

    VEC_EACH (i, &c.s.diags.all)
        VEC_PUSH(&c.s.arena, &list.all, c.s.diags.all.items[i]);
    return list;
}

static json_t *
parsed(const struct text *t)
{
    json_error_t error;
    json_t *root = json_loadb(t->ptr, t->len, JSON_ALLOW_NUL, &error);

    if (root == NULL)
        fail_msg("not JSON: %s", error.text);
    assert_int_equal(t->ptr[t->len - 1], '\n');
    return root;
}

static json_t *
as_json(void)
{
    struct diag_list list = everything();
    struct text t;

    text_init(&t, &c.s.arena);
    assert_true(diag_render_json(&c.s.arena, &c.s.sources, &list, &t));
    return parsed(&t);
}

static json_t *
as_sarif(void)
{
    struct diag_list list = everything();
    struct text t;

    text_init(&t, &c.s.arena);
    assert_true(diag_render_sarif(&c.s.arena, &c.s.sources, &list, "1.2.3", &t));
    return parsed(&t);
}

static const char *
string_at(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    if (s == NULL)
        fail_msg("no string \"%s\"", key);
    return s;
}

static json_int_t
number_at(const json_t *o, const char *key)
{
    if (!json_is_integer(json_object_get(o, key)))
        fail_msg("no number \"%s\"", key);
    return json_integer_value(json_object_get(o, key));
}

/* ---- the rules of SARIF
 * ---------------------------------------------------------------- */

static bool
is_among(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, word) == 0)
            return true;
    return false;
}

/* The schema allows no key but its own anywhere. */
static void
check_keys(json_t *o, const char *const *allowed)
{
    const char *key;
    json_t *value;

    assert_true(json_is_object(o));
    json_object_foreach(o, key, value)
    {
        (void)value;
        if (!is_among(key, allowed))
            fail_msg("the key \"%s\" is not in the schema", key);
    }
}

#define CHECK_KEYS(o, ...) check_keys((o), (const char *const[]){ __VA_ARGS__, NULL })

static void
check_level(const json_t *o)
{
    static const char *const levels[] = { "none", "note", "warning", "error", NULL };

    assert_true(is_among(string_at(o, "level"), levels));
}

static void
check_message(json_t *message)
{
    CHECK_KEYS(message, "text");
    assert_int_not_equal(strlen(string_at(message, "text")), 0);
}

static void
check_region(json_t *region)
{
    json_int_t line = number_at(region, "startLine");
    json_int_t column = number_at(region, "startColumn");

    CHECK_KEYS(region, "startLine", "startColumn", "endLine", "endColumn");
    assert_true(line >= 1);
    assert_true(column >= 1);
    assert_true(number_at(region, "endLine") >= line);
    assert_true(number_at(region, "endColumn") >= 1);
    if (number_at(region, "endLine") == line)
        assert_true(number_at(region, "endColumn") >= column);
}

static void
check_uri(const char *uri)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-._~/%:";

    assert_int_equal(strspn(uri, allowed), strlen(uri));
}

static void
check_location(json_t *location)
{
    json_t *physical = json_object_get(location, "physicalLocation");
    json_t *artifact;

    CHECK_KEYS(location, "id", "message", "physicalLocation");
    if (physical == NULL)
        return;
    CHECK_KEYS(physical, "artifactLocation", "region");
    artifact = json_object_get(physical, "artifactLocation");
    CHECK_KEYS(artifact, "uri");
    check_uri(string_at(artifact, "uri"));
    check_region(json_object_get(physical, "region"));
}

static void
check_related(const json_t *related)
{
    for (size_t i = 0; i < json_array_size(related); i++) {
        json_t *location = json_array_get(related, i);

        check_location(location);
        check_message(json_object_get(location, "message"));
        for (size_t j = 0; j < i; j++)
            assert_false(json_equal(location, json_array_get(related, j)));
    }
}

static void
check_result(json_t *result, const json_t *rules)
{
    json_t *locations = json_object_get(result, "locations");
    size_t index = (size_t)number_at(result, "ruleIndex");

    CHECK_KEYS(result, "ruleId", "ruleIndex", "level", "message", "locations",
               "relatedLocations");
    check_level(result);
    check_message(json_object_get(result, "message"));
    assert_string_equal(string_at(json_array_get(rules, index), "id"),
                        string_at(result, "ruleId"));
    assert_true(json_is_array(locations));
    for (size_t i = 0; i < json_array_size(locations); i++)
        check_location(json_array_get(locations, i));
    check_related(json_object_get(result, "relatedLocations"));
}

static void
check_rule(json_t *rule)
{
    json_t *configuration = json_object_get(rule, "defaultConfiguration");

    CHECK_KEYS(rule, "id", "name", "shortDescription", "defaultConfiguration");
    assert_int_equal(strlen(string_at(rule, "id")), 5);
    assert_int_not_equal(strlen(string_at(rule, "name")), 0);
    check_message(json_object_get(rule, "shortDescription"));
    CHECK_KEYS(configuration, "level");
    check_level(configuration);
}

/* The only run of a log that keeps the rules. */
static json_t *
checked_run(json_t *log)
{
    json_t *run = json_array_get(json_object_get(log, "runs"), 0);
    json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
    json_t *rules = json_object_get(driver, "rules");
    json_t *results = json_object_get(run, "results");

    CHECK_KEYS(log, "$schema", "version", "runs");
    assert_string_equal(string_at(log, "version"), "2.1.0");
    assert_int_equal(json_array_size(json_object_get(log, "runs")), 1);
    CHECK_KEYS(run, "tool", "columnKind", "results");
    assert_string_equal(string_at(run, "columnKind"), "unicodeCodePoints");
    CHECK_KEYS(driver, "name", "version", "rules");
    assert_string_equal(string_at(driver, "name"), "schemac");
    assert_string_equal(string_at(driver, "version"), "1.2.3");
    assert_int_equal(json_array_size(rules), DIAG_CODE_COUNT);
    for (size_t i = 0; i < json_array_size(rules); i++)
        check_rule(json_array_get(rules, i));
    assert_true(json_is_array(results));
    for (size_t i = 0; i < json_array_size(results); i++)
        check_result(json_array_get(results, i), rules);
    return run;
}

/* ---- places
 * ---------------------------------------------------------------------------- */

static void
check_json_place(size_t line, size_t column, size_t end_line, size_t end_column)
{
    json_t *root = as_json();
    const json_t *d = json_array_get(root, 0);

    assert_int_equal(number_at(d, "line"), line);
    assert_int_equal(number_at(d, "column"), column);
    assert_int_equal(number_at(d, "end_line"), end_line);
    assert_int_equal(number_at(d, "end_column"), end_column);
    json_decref(root);
}

static json_t *
first_location(const json_t *run)
{
    json_t *result = json_array_get(json_object_get(run, "results"), 0);

    return json_object_get(json_array_get(json_object_get(result, "locations"), 0),
                           "physicalLocation");
}

static void
check_sarif_place(size_t line, size_t column, size_t end_line, size_t end_column)
{
    json_t *log = as_sarif();
    const json_t *region = json_object_get(first_location(checked_run(log)), "region");

    assert_int_equal(number_at(region, "startLine"), line);
    assert_int_equal(number_at(region, "startColumn"), column);
    assert_int_equal(number_at(region, "endLine"), end_line);
    assert_int_equal(number_at(region, "endColumn"), end_column);
    json_decref(log);
}

static void
test_places(void **state)
{
    static const struct place_case {
        const char *text;
        uint32_t begin, end;
        size_t line, column, end_line, end_column;
    } cases[] = {
        { "one two\n", 4, 7, 1, 5, 1, 8 },
        { "one\ntwo three\nfour\n", 4, 18, 2, 1, 3, 5 }, /* over two lines */
        { "one\r\ntwo\r\n", 5, 8, 2, 1, 2, 4 },          /* CRLF */
        { "one\n", 4, 4, 2, 1, 2, 1 },                   /* behind the last line end */
        { "one", 3, 3, 1, 4, 1, 4 },                     /* behind a line without one */
        { "one\n", 0, 4, 1, 1, 2, 1 },                   /* the line end included */
        { "", 0, 0, 1, 1, 1, 1 },                        /* in an empty file */
        { "\t\tx y", 2, 3, 1, 3, 1, 4 },                 /* a tab is one character */
        { "表ä\xF0\x9F\x98\x80 z", 10, 11, 1, 5, 1, 6 }, /* so is a wide one */
        { "表ä\xF0\x9F\x98\x80", 3, 9, 1, 2, 1, 4 },     /* counted by code point */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct place_case *p = &cases[i];
        uint32_t number;

        begin(NULL);
        number = source(SLICE("a.sql"), slice_from(p->text));
        say(D_SYNTAX, (struct span){ number, p->begin, p->end }, "wrong");
        check_json_place(p->line, p->column, p->end_line, p->end_column);
        check_sarif_place(p->line, p->column, p->end_line, p->end_column);
        end(NULL);
    }
    begin(NULL);
}

static const char every_key[] =
    "[{\"code\": \"S0303\", \"name\": \"no-such-table\", \"severity\": \"error\","
    "  \"message\": \"there is no table \\\"vehicle\\\"\", \"file\": \"a.sql\","
    "  \"line\": 2, \"column\": 3, \"end_line\": 2, \"end_column\": 10,"
    "  \"offset\": 4, \"length\": 7, \"line_text\": \"  vehicle y\","
    "  \"notes\": [{\"message\": \"all 2 of them\", \"file\": null,"
    "    \"line\": null, \"column\": null, \"end_line\": null, \"end_column\": null,"
    "    \"offset\": null, \"length\": null, \"line_text\": null}],"
    "  \"hint\": \"did you mean \\\"vehicles\\\"?\", \"page\": null}]";

static void
test_json_keys_and_values(void **state)
{
    struct span span =
        span_of(source(SLICE("a.sql"), SLICE("x\n  vehicle y\n")), "vehicle");
    struct diag *d = say(D_NO_SUCH_TABLE, span, "there is no table \"vehicle\"");
    json_t *root;
    json_t *expected;

    (void)state;
    diag_note(&c.s.diags, d, SPAN_NONE, "all %d of them", 2);
    diag_hint(&c.s.diags, d, "did you mean \"vehicles\"?");
    root = as_json();
    expected = json_loads(every_key, 0, NULL);
    assert_non_null(expected);
    assert_true(json_equal(root, expected));
    json_decref(expected);
    json_decref(root);
}

/* Notes lead to another file; two equal ones stay two. */
static void
test_notes_in_another_source(void **state)
{
    uint32_t one = source(SLICE("one.sql"), SLICE("create table t"));
    uint32_t two = source(SLICE("two.sql"), SLICE("\ncreate table t"));
    struct diag *d = say(D_DUPLICATE_OBJECT, span_of(two, "t"), "again");
    json_t *root;
    json_t *log;
    json_t *notes;

    (void)state;
    for (size_t i = 0; i < 2; i++)
        diag_note(&c.s.diags, d, span_of(one, "table"), "first here");
    diag_note(&c.s.diags, d, SPAN_NONE, "nowhere");
    root = as_json();
    notes = json_object_get(json_array_get(root, 0), "notes");
    assert_string_equal(string_at(json_array_get(root, 0), "file"), "two.sql");
    assert_string_equal(string_at(json_array_get(notes, 0), "file"), "one.sql");
    assert_int_equal(number_at(json_array_get(notes, 0), "column"), 8);
    json_decref(root);
    log = as_sarif();
    notes =
        json_object_get(json_array_get(json_object_get(checked_run(log), "results"), 0),
                        "relatedLocations");
    assert_int_equal(json_array_size(notes), 3);
    assert_null(json_object_get(json_array_get(notes, 2), "physicalLocation"));
    json_decref(log);
}

static void
test_no_place(void **state)
{
    json_t *root;
    json_t *log;
    json_t *result;

    (void)state;
    diag_hint(&c.s.diags, say(D_FILE, SPAN_NONE, "cannot read x"), "is it there?");
    root = as_json();
    assert_true(json_is_null(json_object_get(json_array_get(root, 0), "file")));
    assert_true(json_is_null(json_object_get(json_array_get(root, 0), "end_column")));
    json_decref(root);
    log = as_sarif();
    result = json_array_get(json_object_get(checked_run(log), "results"), 0);
    assert_int_equal(json_array_size(json_object_get(result, "locations")), 0);
    assert_string_equal(string_at(json_object_get(result, "message"), "text"),
                        "cannot read x\nhint: is it there?");
    json_decref(log);
}

static void
test_nothing_to_say(void **state)
{
    json_t *root = as_json();
    json_t *log = as_sarif();

    (void)state;
    assert_true(json_is_array(root));
    assert_int_equal(json_array_size(root), 0);
    assert_int_equal(json_array_size(json_object_get(checked_run(log), "results")), 0);
    json_decref(root);
    json_decref(log);
}

/* ---- text that is not clean
 * ------------------------------------------------------------ */

#define REPLACED "\xEF\xBF\xBD"

static void
test_bytes_that_are_not_utf8(void **state)
{
    uint32_t number = source(SLICE("Zo\xEB.sql"), SLICE("Zo\xEB \0 x"));
    json_t *root;
    json_t *log;
    json_t *line;

    (void)state;
    say(D_BAD_UTF8, (struct span){ number, 2, 3 }, "the byte \xEB\x80 here");
    root = as_json();
    assert_string_equal(string_at(json_array_get(root, 0), "message"),
                        "the byte " REPLACED REPLACED " here");
    assert_string_equal(string_at(json_array_get(root, 0), "file"), "Zo" REPLACED ".sql");
    line = json_object_get(json_array_get(root, 0), "line_text");
    assert_int_equal(json_string_length(line), sizeof("Zo" REPLACED " 0 x") - 1);
    json_decref(root);
    log = as_sarif();
    assert_string_equal(
        string_at(json_object_get(first_location(checked_run(log)), "artifactLocation"),
                  "uri"),
        "Zo%EB.sql");
    json_decref(log);
}

static void
test_repair(void **state)
{
    static const char *const cases[][2] = {
        { "", "" },
        { "a\xC3\xA4\xE8\xA1\xA8\xF0\x9F\x98\x80",
          "a\xC3\xA4\xE8\xA1\xA8\xF0\x9F\x98\x80" },
        { "\xC0\xAF", REPLACED REPLACED },                           /* overlong */
        { "\xED\xA0\x80", REPLACED REPLACED REPLACED },              /* a surrogate */
        { "\xF4\x90\x80\x80", REPLACED REPLACED REPLACED REPLACED }, /* above 10FFFF */
        { "a\xE8\xA1", "a" REPLACED REPLACED },                      /* cut off */
        { "\xC3(\xC3\xA4", REPLACED "(\xC3\xA4" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct slice repaired = utf8_repair(&c.s.arena, slice_from(cases[i][0]));

        assert_string_equal(slice_z(&c.s.arena, repaired), cases[i][1]);
    }
}

static void
test_uris(void **state)
{
    static const char *const cases[][2] = {
        { "schemas/lot/1.0.0.sql", "schemas/lot/1.0.0.sql" },
        { "../a b.sql", "../a%20b.sql" },
        { "/srv/a.sql", "file:///srv/a.sql" },
        { "<stdin>", "%3Cstdin%3E" },
        { "sqlite:app.db", "sqlite%3Aapp.db" },
        { "50%#?.sql", "50%25%23%3F.sql" },
        { "ä.sql", "%C3%A4.sql" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        json_t *log;
        json_t *place;

        begin(NULL);
        say(D_SYNTAX, span_of(source(slice_from(cases[i][0]), SLICE("x")), "x"), "wrong");
        log = as_sarif();
        place = json_object_get(first_location(checked_run(log)), "artifactLocation");
        assert_string_equal(string_at(place, "uri"), cases[i][1]);
        json_decref(log);
        end(NULL);
    }
    begin(NULL);
}

/* Of a file that is one line, not each diagnostic repeats the file. */
static void
test_long_line_is_left_out(void **state)
{
    static const size_t lengths[] = { 1000, 1001 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        struct text t;
        json_t *root;
        json_t *line;

        begin(NULL);
        text_init(&t, &c.s.arena);
        text_repeat(&t, 'x', lengths[i]);
        say(D_SYNTAX, (struct span){ source(SLICE("a.sql"), text_slice(&t)), 5, 6 }, "");
        root = as_json();
        line = json_object_get(json_array_get(root, 0), "line_text");
        assert_true(lengths[i] > 1000 ? json_is_null(line) : json_is_string(line));
        json_decref(root);
        end(NULL);
    }
    begin(NULL);
}

/* ---- memory
 * ---------------------------------------------------------------------------- */

static size_t allocations_left;

static void *
allocate(size_t size)
{
    return allocations_left == 0 ? NULL : (allocations_left--, malloc(size));
}

static bool
renders_with(size_t allocations, bool sarif)
{
    struct diag_list list = everything();
    struct text t;
    bool done;

    text_init(&t, &c.s.arena);
    allocations_left = allocations;
    json_set_alloc_funcs(allocate, free);
    done = sarif ? diag_render_sarif(&c.s.arena, &c.s.sources, &list, "1.2.3", &t)
                 : diag_render_json(&c.s.arena, &c.s.sources, &list, &t);
    json_set_alloc_funcs(malloc, free);
    if (done)
        json_decref(parsed(&t));
    return done;
}

/* Whichever allocation fails, half a document is never taken for a whole one. */
static void
test_memory_runs_out(void **state)
{
    struct span span = span_of(source(SLICE("a.sql"), SLICE("x y")), "y");
    struct diag *d = say(D_SYNTAX, span, "wrong");

    (void)state;
    diag_note(&c.s.diags, d, span, "here");
    diag_hint(&c.s.diags, d, "y?");
    for (int sarif = 0; sarif <= 1; sarif++) {
        size_t n = 0;

        while (!renders_with(n, sarif == 1))
            n++;
        assert_true(n > 20);
    }
}

/* ---- the report
 * ------------------------------------------------------------------------ */

static void
check_order(const char *expected)
{
    struct diag_list list = report_list(&c);
    struct text t;

    text_init(&t, &c.s.arena);
    VEC_EACH (i, &list.all)
        text_addf(&t, "%s%.*s", i == 0 ? "" : " ", SLICE_ARG(list.all.items[i]->message));
    assert_string_equal(slice_z(&c.s.arena, text_slice(&t)), expected);
}

static void
test_order(void **state)
{
    uint32_t one = source(SLICE("z.sql"), SLICE("0123456789"));
    uint32_t two = source(SLICE("a.sql"), SLICE("0123456789"));

    (void)state;
    say(D_FILE, SPAN_NONE, "nowhere");
    say(D_NO_SUCH_COLUMN, (struct span){ two, 1, 2 }, "two-1");
    say(D_NO_SUCH_COLUMN, (struct span){ one, 7, 8 }, "one-7");
    say(D_SYNTAX, (struct span){ one, 3, 9 }, "one-3");
    say(D_RAW_STATEMENT, (struct span){ one, 3, 4 }, "one-3-note");
    say(D_HAZARD, (struct span){ one, 0, 0 }, "one-0-warning");
    say(D_USAGE, SPAN_NONE, "nowhere-2");
    check_order("one-0-warning one-3 one-7 two-1 nowhere nowhere-2");
    c.o.verbose = "verbose";
    check_order("one-0-warning one-3 one-3-note one-7 two-1 nowhere nowhere-2");
    c.o.verbose = NULL;
    c.o.quiet = "quiet";
    check_order("one-3 one-7 two-1 nowhere nowhere-2");
}

static void
test_dropped_errors_are_told(void **state)
{
    uint32_t number = source(SLICE("a.sql"), SLICE("x"));
    struct diag_list list;

    (void)state;
    for (size_t i = 0; i < DIAG_ERRORS_MAX + 3; i++)
        diag_add(&c.s.diags, D_SYNTAX, (struct span){ number, 0, 1 }, "wrong %zu", i);
    list = report_list(&c);
    assert_int_equal(list.all.count, DIAG_ERRORS_MAX + 1);
    assert_int_equal(list.all.items[DIAG_ERRORS_MAX]->code, D_MORE_ERRORS);
    assert_true(slice_is(list.all.items[DIAG_ERRORS_MAX]->message,
                         "3 more errors are not shown"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_places),
        TEST(test_json_keys_and_values),
        TEST(test_notes_in_another_source),
        TEST(test_no_place),
        TEST(test_nothing_to_say),
        TEST(test_bytes_that_are_not_utf8),
        TEST(test_repair),
        TEST(test_uris),
        TEST(test_long_line_is_left_out),
        TEST(test_memory_runs_out),
        TEST(test_order),
        TEST(test_dropped_errors_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
