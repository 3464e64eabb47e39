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

/* What an older server does not have is not asked of it; src/include/catalog of each. */
static const struct {
    const char *query;
    const char *words;
    int first, last; /* of the servers that are asked so */
} said[] = {
    { "33-operators.sql", "THEN c.collcollate END", 14, 14 },
    { "33-operators.sql", "c.colliculocale", 15, 16 },
    { "33-operators.sql", "c.colllocale", 17, 18 },
    { "33-operators.sql", "c.collicurules", 16, 18 },
    { "43-constraints.sql", "WHEN true THEN", 14, 17 },
    { "43-constraints.sql", "NOT k.conenforced", 18, 18 },
    { "64-publications.sql", "pg_publication_namespace", 15, 18 },
    { "64-publications.sql", "r.prattrs", 15, 18 },
    { "64-publications.sql", "r.prqual", 15, 18 },
    { "64-publications.sql", "p.pubgencols", 18, 18 },
    { "71-grants.sql", "acldefault('n', n.nspowner) ||", 14, 14 },
    { "71-grants.sql", "pg_database_owner", 15, 18 },
    { "90-the-rest.sql", "k.contype = 'n'", 18, 18 },
};

static void
queries_know_the_version(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        for (int v = 14; v <= 18; v++)
            assert_says(said[i].query, v * 10000 + 2, said[i].words,
                        said[i].first <= v && v <= said[i].last);
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
