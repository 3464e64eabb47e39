/*
 * Of describing PostgreSQL, what needs no server: the queries of each version, and how a
 * connection string is shown.
 */
#include "parsed.h"

#include <string.h>

#include "describe/postgres.h"

static const int versions[] = { 140000, 150000, 160000, 170000, 180000 };

static void
no_mark_is_left_in_a_query_of_any_version(void **state)
{
    struct session s;

    (void)state;
    session_init(&s);
    assert_true(postgres_queries_count >= 30 && postgres_queries_count <= 45);
    for (size_t v = 0; v < ARRAY_LEN(versions); v++)
        for (size_t i = 0; i < postgres_queries_count; i++)
            assert_null(strchr(postgres_query(&s.arena, i, versions[v]), '@'));
    session_free(&s);
}

static void
assert_says(const char *name, int version, const char *words, bool expected)
{
    struct session s;

    session_init(&s);
    assert_int_equal(strstr(postgres_query_named(&s.arena, name, version), words) != NULL,
                     expected);
    session_free(&s);
}

/* What an older server does not have is not asked of it. */
static void
queries_know_the_version(void **state)
{
    (void)state;
    assert_says("64-publications.sql", 140000, "pg_publication_namespace", false);
    assert_says("64-publications.sql", 150000, "pg_publication_namespace", true);
    assert_says("64-publications.sql", 140000, "prqual", false);
    assert_says("33-operators.sql", 140000, "colliculocale", false);
    assert_says("33-operators.sql", 150000, "c.colliculocale", true);
    assert_says("33-operators.sql", 160000, "c.collicurules", true);
    assert_says("33-operators.sql", 170000, "c.colllocale", true);
    assert_says("33-operators.sql", 170000, "colliculocale", false);
    assert_says("71-grants.sql", 140000, "=UC/", true);
    assert_says("71-grants.sql", 150000, "pg_database_owner", true);
}

static const struct {
    const char *url;
    const char *shown;
} strings[] = {
    { "postgresql://h/d", "postgresql://h/d" },
    { "postgresql:///d?host=/tmp&user=u", "postgresql:///d?host=/tmp&user=u" },
    { "service=s dbname=d", "service=s dbname=d" },
    { "postgresql://u:secret@h:1/d", "user=u dbname=d host=h port=1" },
    { "postgres://u:se%40cret@h/d", "user=u dbname=d host=h" },
    { "host=h password='se cret' user=u", "user=u host=h" },
    { "postgresql://h/d?password=secret", "dbname=d host=h" },
    { "password=secret", "the default database" },
    /* two halves of a password, or what libpq does not take */
    { "postgresql://u:se@cret@h/d", "PostgreSQL" },
    { "postgresql://u:se/cret@h/d", "PostgreSQL" },
    { "postgresql://u:%zz@h/d", "PostgreSQL" },
    { "host=h password=se cret", "PostgreSQL" },
    { "host=h secret=1", "PostgreSQL" },
};

static void
a_string_is_shown_without_secrets(void **state)
{
    struct session s;

    (void)state;
    session_init(&s);
    for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
        struct slice shown = describe_shown_url(&s.arena, strings[i].url);

        assert_string_equal(slice_z(&s.arena, shown), strings[i].shown);
    }
    session_free(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_mark_is_left_in_a_query_of_any_version),
        cmocka_unit_test(queries_know_the_version),
        cmocka_unit_test(a_string_is_shown_without_secrets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
