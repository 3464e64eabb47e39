/*
 * Describing a SQLite database: what is printed, in which order, and what is left out.
 */
#define _POSIX_C_SOURCE 200809L

#include "database.h"

#include "describe/describe.h"

/* Describe what the statements make. */
static void
assert_described(const char *made_by, const char *expected)
{
    struct schemac_db *db = must_open(":memory:", 0);
    struct session s;
    struct slice out;
    const char *text;

    session_init(&s);
    ASSERT_OK(db, schemac_exec(db, made_by));
    assert_true(describe_database(&s, db, NULL, &out));
    text = slice_z(&s.arena, out);
    assert_string_equal(text, expected);
    assert_int_equal(s.diags.all.count, 0);
    session_free(&s);
    schemac_close(db);
}

static void
an_empty_database_is_a_head_line(void **state)
{
    (void)state;
    assert_described("", "-- @dialect sqlite\n");
}

static void
kinds_come_in_order_and_objects_by_name(void **state)
{
    (void)state;
    assert_described("CREATE TABLE b (x INTEGER PRIMARY KEY AUTOINCREMENT, y UNIQUE);"
                     "CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; SELECT 2; END;"
                     "CREATE VIEW v AS SELECT * FROM b; CREATE INDEX i ON b (x);"
                     "CREATE TABLE a (x); INSERT INTO b VALUES (1, 2); ANALYZE;"
                     "CREATE TEMP TABLE hidden (x);",
                     "-- @dialect sqlite\n"
                     "\nCREATE TABLE a (x);\n"
                     "\nCREATE TABLE b (x INTEGER PRIMARY KEY AUTOINCREMENT, y UNIQUE);\n"
                     "\nCREATE INDEX i ON b (x);\n"
                     "\nCREATE VIEW v AS SELECT * FROM b;\n"
                     "\nCREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; SELECT 2; "
                     "END;\n");
}

static void
the_history_is_left_out(void **state)
{
    (void)state;
    assert_described(
        "CREATE TABLE schemac_history (id); CREATE TABLE schemac_historyx (a);"
        "CREATE INDEX h ON schemac_history (id); CREATE TABLE sqlitex (a)",
        "-- @dialect sqlite\n"
        "\nCREATE TABLE schemac_historyx (a);\n"
        "\nCREATE TABLE sqlitex (a);\n");
}

static void
shadow_tables_are_left_out(void **state)
{
    (void)state;
    assert_described("CREATE VIRTUAL TABLE f USING fts5(body); CREATE TABLE f_mine (a);",
                     "-- @dialect sqlite\n"
                     "\nCREATE VIRTUAL TABLE f USING fts5(body);\n"
                     "\nCREATE TABLE f_mine (a);\n");
}

static void
views_come_after_those_they_read(void **state)
{
    (void)state;
    assert_described("CREATE VIEW a AS SELECT * FROM [C] JOIN \"b\"; "
                     "CREATE VIEW b AS SELECT 'd' AS x; CREATE VIEW c AS SELECT * FROM d;"
                     "CREATE VIEW d AS SELECT 1 /* reads a and c */;",
                     "-- @dialect sqlite\n"
                     "\nCREATE VIEW d AS SELECT 1 /* reads a and c */;\n"
                     "\nCREATE VIEW c AS SELECT * FROM d;\n"
                     "\nCREATE VIEW b AS SELECT 'd' AS x;\n"
                     "\nCREATE VIEW a AS SELECT * FROM [C] JOIN \"b\";\n");
}

static void
a_circle_of_names_ends(void **state)
{
    (void)state;
    assert_described("CREATE VIEW a AS SELECT 1 AS b; CREATE VIEW b AS SELECT 2 AS a;",
                     "-- @dialect sqlite\n"
                     "\nCREATE VIEW b AS SELECT 2 AS a;\n"
                     "\nCREATE VIEW a AS SELECT 1 AS b;\n");
}

static void
annotations_of_stored_text_are_left_out(void **state)
{
    (void)state;
    assert_described("CREATE TABLE t (a, -- @was old\n b /* @touch */, -- kept @home\n"
                     "c DEFAULT '-- @no', \"-- @d\", `/*@*/` /* kept */);",
                     "-- @dialect sqlite\n"
                     "\nCREATE TABLE t (a, \n b  , -- kept @home\n"
                     "c DEFAULT '-- @no', \"-- @d\", `/*@*/` /* kept */);\n");
}

static void
a_comment_at_the_end_does_not_swallow_the_semicolon(void **state)
{
    (void)state;
    assert_described("CREATE VIEW v AS SELECT 1 -- one\n;",
                     "-- @dialect sqlite\n"
                     "\nCREATE VIEW v AS SELECT 1 -- one\n;\n");
}

/* A chain that is deeper than we recurse is printed whole all the same. */
static void
many_views_on_views(void **state)
{
    enum { VIEWS = 1500 };
    struct schemac_db *db = must_open(":memory:", 0);
    struct session s;
    struct slice out;
    char sql[100];
    size_t count = 0;

    (void)state;
    session_init(&s);
    ASSERT_OK(db, schemac_begin(db));
    for (int i = 0; i < VIEWS; i++) {
        snprintf(sql, sizeof sql, "CREATE VIEW v%05d AS SELECT * FROM v%05d", i, i + 1);
        ASSERT_OK(db, schemac_exec(db, sql));
    }
    ASSERT_OK(db, schemac_commit(db));
    assert_true(describe_database(&s, db, NULL, &out));
    for (size_t i = 0; i < out.len; i++)
        count += out.ptr[i] == ';';
    assert_int_equal(count, VIEWS);
    session_free(&s);
    schemac_close(db);
}

static void
a_database_that_cannot_be_read_is_reported(void **state)
{
    struct session s;
    struct schemac_db *db;
    struct slice out;

    (void)state;
    session_init(&s);
    assert_int_equal(schemac_open("mysql://h/x", &db), SCHEMAC_MISUSE);
    assert_false(describe_database(&s, db, NULL, &out));
    assert_true(slice_is_none(out));
    assert_int_equal(s.diags.error_count, 1);
    assert_int_equal(s.diags.all.items[0]->code, D_DATABASE);
    schemac_close(db);
    session_free(&s);
}

static void
a_locked_database_is_reported(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    struct schemac_db *other = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    struct session s;
    struct slice out;

    session_init(&s);
    ASSERT_OK(db, schemac_busy_timeout(db, 10));
    ASSERT_OK(other, schemac_exec(other, "BEGIN EXCLUSIVE; CREATE TABLE t (a)"));
    assert_false(describe_database(&s, db, NULL, &out));
    assert_int_equal(s.diags.error_count, 1);
    assert_true(slice_ends(s.diags.all.items[0]->message, "database is locked"));
    schemac_close(other);
    schemac_close(db);
    session_free(&s);
}

static void
damage_behind_the_first_page_is_reported(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    char bytes[4096];
    struct session s;
    struct slice out;
    char sql[300];
    FILE *f;

    ASSERT_OK(db, schemac_begin(db));
    for (int i = 0; i < 100; i++) {
        snprintf(sql, sizeof sql, "CREATE TABLE t%d (a%0200d)", i, i);
        ASSERT_OK(db, schemac_exec(db, sql));
    }
    ASSERT_OK(db, schemac_commit(db));
    schemac_close(db);
    f = fopen(p->path, "r+b");
    assert_non_null(f);
    memset(bytes, 0xA5, sizeof bytes);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    for (long at = ftell(f) - 4096; at > 4096 * 50; at -= 4096) {
        assert_int_equal(fseek(f, at, SEEK_SET), 0);
        assert_int_equal(fwrite(bytes, 1, sizeof bytes, f), sizeof bytes);
    }
    assert_int_equal(fclose(f), 0);
    session_init(&s);
    if (schemac_open(p->path, &db) == SCHEMAC_OK) {
        assert_false(describe_database(&s, db, NULL, &out));
        assert_int_equal(s.diags.all.items[0]->code, D_DATABASE);
    } else {
        assert_int_equal(schemac_error(db)->status, SCHEMAC_NOT_A_DATABASE);
    }
    schemac_close(db);
    session_free(&s);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_database_is_a_head_line),
        TEST(kinds_come_in_order_and_objects_by_name),
        TEST(the_history_is_left_out),
        TEST(shadow_tables_are_left_out),
        TEST(views_come_after_those_they_read),
        TEST(a_circle_of_names_ends),
        TEST(annotations_of_stored_text_are_left_out),
        TEST(a_comment_at_the_end_does_not_swallow_the_semicolon),
        TEST(many_views_on_views),
        TEST(a_database_that_cannot_be_read_is_reported),
        TEST(a_locked_database_is_reported),
        TEST(damage_behind_the_first_page_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
