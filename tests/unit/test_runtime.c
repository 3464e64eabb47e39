/*
 * The runtime's handles, statements and transactions on SQLite.
 */
#define _POSIX_C_SOURCE 200809L

#include "database.h"

#include <sys/stat.h>

static enum schemac_status
try_open(const char *url, unsigned flags, const char *message)
{
    struct schemac_db *db;
    enum schemac_status status = schemac_open_with(url, flags, &db);

    assert_non_null(db);
    assert_int_equal(schemac_error(db)->status, status);
    ASSERT_MESSAGE(db, message);
    assert_int_equal(schemac_exec(db, "SELECT 1"), SCHEMAC_MISUSE);
    schemac_close(db);
    return status;
}

static void
write_file(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void
what_cannot_be_opened_is_told_apart(void **state)
{
    const struct test_place *p = *state;

    assert_int_equal(try_open(p->path, SCHEMAC_OPEN_EXISTING, "there is no database"),
                     SCHEMAC_NOT_FOUND);
    assert_int_equal(try_open(p->path, SCHEMAC_OPEN_READ_ONLY, "there is no database"),
                     SCHEMAC_NOT_FOUND);
    assert_int_equal(access(p->path, F_OK), -1);
    assert_int_equal(try_open(p->folder, 0, "is a folder"), SCHEMAC_NOT_A_DATABASE);
    assert_int_equal(try_open("/no/such/folder/x.db", 0, "No such file"),
                     SCHEMAC_CONNECTION);
    assert_int_equal(try_open("", 0, "empty"), SCHEMAC_MISUSE);
    assert_int_equal(try_open("sqlite:", 0, "empty"), SCHEMAC_MISUSE);
    assert_int_equal(try_open(NULL, 0, "wrong arguments"), SCHEMAC_MISUSE);
    assert_int_equal(try_open(p->path, 1u << 20, "wrong arguments"), SCHEMAC_MISUSE);
    assert_int_equal(try_open("mysql://root@localhost/x", 0, "a database is "),
                     SCHEMAC_MISUSE);
    assert_int_equal(try_open("postgresql://u:secret@127.0.0.1:1/x", 0, "refused"),
                     SCHEMAC_CONNECTION);
    assert_int_equal(try_open("host=127.0.0.1 port=1", 0, "refused"), SCHEMAC_CONNECTION);
    assert_int_equal(try_open("keepalives=0 host=127.0.0.1 port=1", 0, "refused"),
                     SCHEMAC_CONNECTION);
    assert_int_equal(try_open("no/such=file", SCHEMAC_OPEN_EXISTING, "\"no/such=file\""),
                     SCHEMAC_NOT_FOUND);
    assert_int_equal(try_open("such.a=file", SCHEMAC_OPEN_EXISTING, "\"such.a=file\""),
                     SCHEMAC_NOT_FOUND);
    assert_int_equal(schemac_open(p->path, NULL), SCHEMAC_MISUSE);
}

static void
a_password_is_not_repeated(void **state)
{
    struct schemac_db *db;

    (void)state;
    assert_int_equal(schemac_open("postgresql://u:secret@127.0.0.1:1/x", &db),
                     SCHEMAC_CONNECTION);
    assert_null(strstr(schemac_error(db)->message, "secret"));
    schemac_close(db);
    /* what stands behind the first '@' or '/' is taken for a host, which is told */
    assert_int_equal(schemac_open("postgresql://u:a/secret@h/x", &db), SCHEMAC_MISUSE);
    assert_null(strstr(schemac_error(db)->message, "secret"));
    schemac_close(db);
    assert_int_equal(schemac_open("mysql://u:secret@h/x", &db), SCHEMAC_MISUSE);
    assert_null(strstr(schemac_error(db)->message, "secret"));
    schemac_close(db);
}

static void
a_file_of_something_else_is_not_a_database(void **state)
{
    const struct test_place *p = *state;
    char bytes[8192];

    memset(bytes, 'x', sizeof bytes);
    write_file(p->path, bytes, sizeof bytes);
    assert_int_equal(try_open(p->path, 0, "encrypted or damaged"),
                     SCHEMAC_NOT_A_DATABASE);
}

static void
a_damaged_file_is_not_a_database(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    char bytes[4096];
    FILE *f;

    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a); INSERT INTO t VALUES (1)"));
    schemac_close(db);
    f = fopen(p->path, "r+b");
    assert_non_null(f);
    memset(bytes, 0xA5, sizeof bytes);
    assert_int_equal(fseek(f, 100, SEEK_SET), 0); /* behind the header */
    assert_int_equal(fwrite(bytes, 1, 1000, f), 1000);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(try_open(p->path, 0, "damaged"), SCHEMAC_NOT_A_DATABASE);
}

static void
a_file_that_may_not_be_read_says_so(void **state)
{
    const struct test_place *p = *state;

    const uid_t me = geteuid();

    write_file(p->path, "", 0);
    assert_int_equal(chmod(p->path, 0), 0);
    if (me == 0) /* the superuser may read anything */
        assert_int_equal(seteuid(65534), 0);
    assert_int_equal(try_open(p->path, 0, "ermission denied"), SCHEMAC_CONNECTION);
    if (me == 0)
        assert_int_equal(seteuid(me), 0);
}

static void
an_open_handle_has_its_settings(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_TEXT(db, "PRAGMA journal_mode", "wal");
    assert_int_equal(ask(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(ask(db, "PRAGMA busy_timeout"), 5000);
    assert_string_equal(schemac_dialect(db), "sqlite");
    assert_non_null(schemac_native(db));
    ASSERT_OK(db, schemac_busy_timeout(db, 7));
    assert_int_equal(ask(db, "PRAGMA busy_timeout"), 7);
    assert_int_equal(schemac_busy_timeout(db, -1), SCHEMAC_MISUSE);
    schemac_close(db);
}

static void
the_journal_can_be_kept(void **state)
{
    const struct test_place *p = *state;
    char url[200];
    struct schemac_db *db;

    snprintf(url, sizeof url, "sqlite:%s", p->path);
    db = must_open(url, SCHEMAC_OPEN_KEEP_JOURNAL);
    ASSERT_TEXT(db, "PRAGMA journal_mode", "delete");
    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a)"));
    schemac_close(db);
    db = must_open(url, SCHEMAC_OPEN_READ_ONLY);
    ASSERT_TEXT(db, "PRAGMA journal_mode", "delete");
    ASSERT_STATUS(db, schemac_exec(db, "INSERT INTO t VALUES (1)"), SCHEMAC_READ_ONLY);
    schemac_close(db);
}

static void
a_lock_is_busy(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *one = must_open(p->path, 0);
    struct schemac_db *two = must_open(p->path, 0);

    ASSERT_OK(two, schemac_busy_timeout(two, 20));
    ASSERT_OK(one, schemac_begin(one));
    ASSERT_STATUS(two, schemac_begin(two), SCHEMAC_BUSY);
    ASSERT_OK(one, schemac_rollback(one));
    ASSERT_OK(two, schemac_begin(two));
    schemac_close(two); /* which rolls back */
    ASSERT_OK(one, schemac_begin(one));
    schemac_close(one);
}

static void
writing_upon_an_old_snapshot_is_a_retry(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *one = must_open(p->path, 0);
    struct schemac_db *two = must_open(p->path, 0);

    ASSERT_OK(one, schemac_exec(one, "CREATE TABLE t (a)"));
    ASSERT_OK(two, schemac_exec(two, "BEGIN"));
    assert_int_equal(ask(two, "SELECT count(*) FROM t"), 0);
    ASSERT_OK(one, schemac_exec(one, "INSERT INTO t VALUES (1)"));
    ASSERT_STATUS(two, schemac_exec(two, "INSERT INTO t VALUES (2)"), SCHEMAC_RETRY);
    assert_string_equal(schemac_error(two)->code, "SQLITE_BUSY_SNAPSHOT");
    schemac_close(one);
    schemac_close(two);
}

/* ---- errors ---- */

struct mapped {
    const char *sql;
    enum schemac_status status;
    const char *code;
    const char *table;
    const char *column;
    const char *constraint;
};

static const struct mapped mapped[] = {
    { "INSERT INTO k VALUES (1, 'x', 1)", SCHEMAC_UNIQUE, "SQLITE_CONSTRAINT_PRIMARYKEY",
      "k", "id", "" },
    { "INSERT INTO k VALUES (2, 'a', 1)", SCHEMAC_UNIQUE, "SQLITE_CONSTRAINT_UNIQUE", "k",
      "name, n", "" },
    { "INSERT INTO e VALUES ('X')", SCHEMAC_UNIQUE, "SQLITE_CONSTRAINT_UNIQUE", "", "",
      "e_lower" },
    { "INSERT INTO k VALUES (2, NULL, 1)", SCHEMAC_NOT_NULL, "SQLITE_CONSTRAINT_NOTNULL",
      "k", "name", "" },
    { "INSERT INTO k VALUES (2, 'b', -1)", SCHEMAC_CHECK, "SQLITE_CONSTRAINT_CHECK", "",
      "", "n_positive" },
    { "INSERT INTO f VALUES (77)", SCHEMAC_FOREIGN_KEY, "SQLITE_CONSTRAINT_FOREIGNKEY",
      "", "", "" },
    { "INSERT INTO s VALUES ('x')", SCHEMAC_CHECK, "SQLITE_CONSTRAINT_DATATYPE", "s", "a",
      "" },
    { "DELETE FROM s", SCHEMAC_CHECK, "SQLITE_CONSTRAINT_TRIGGER", "", "", "" },
    { "INSERT INTO nowhere VALUES (1)", SCHEMAC_ERROR, "SQLITE_ERROR", "", "", "" },
    { "CREATE TABLE k (a)", SCHEMAC_ERROR, "SQLITE_ERROR", "", "", "" },
    { "SELEC", SCHEMAC_ERROR, "SQLITE_ERROR", "", "", "" },
};

static const char mapped_schema[] =
    "CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INT,"
    "  UNIQUE (name, n), CONSTRAINT n_positive CHECK (n > 0));"
    "CREATE TABLE e (a TEXT); CREATE UNIQUE INDEX e_lower ON e (lower(a));"
    "CREATE TABLE f (id INT REFERENCES k (id));"
    "CREATE TABLE s (a INTEGER) STRICT;"
    "CREATE TRIGGER s_keep BEFORE DELETE ON s BEGIN SELECT RAISE(ABORT, 'kept'); END;"
    "INSERT INTO k VALUES (1, 'a', 1); INSERT INTO e VALUES ('x');"
    "INSERT INTO s VALUES (1);";

static void
errors_have_a_meaning_and_names(void **state)
{
    struct schemac_db *db = must_open("sqlite::memory:", 0);

    (void)state;
    ASSERT_OK(db, schemac_exec(db, mapped_schema));
    for (size_t i = 0; i < sizeof mapped / sizeof *mapped; i++) {
        const struct schemac_error_info *e = schemac_error(db);

        ASSERT_STATUS(db, schemac_exec(db, mapped[i].sql), mapped[i].status);
        assert_int_equal(e->status, mapped[i].status);
        assert_string_equal(e->code, mapped[i].code);
        assert_string_equal(e->table, mapped[i].table);
        assert_string_equal(e->column, mapped[i].column);
        assert_string_equal(e->constraint, mapped[i].constraint);
        assert_true(e->message[0] != '\0');
    }
    schemac_close(db);
}

/* A name of 6,000 bytes is cut, and not in the middle of its two-byte characters. */
static void
long_names_are_cut_at_a_character(void **state)
{
    struct schemac_db *db = must_open("sqlite::memory:", 0);
    static char name[6001];
    static char sql[13000];
    const struct schemac_error_info *e = schemac_error(db);

    (void)state;
    for (size_t i = 0; i < sizeof name - 1; i++)
        name[i] = (i % 2 == 0) ? '\xC3' : '\xA4';
    snprintf(sql, sizeof sql, "CREATE TABLE x%s (%s INT NOT NULL)", name, name);
    ASSERT_OK(db, schemac_exec(db, sql));
    snprintf(sql, sizeof sql, "INSERT INTO x%s VALUES (NULL)", name);
    ASSERT_STATUS(db, schemac_exec(db, sql), SCHEMAC_NOT_NULL);
    assert_int_equal(strlen(e->table), 127);
    assert_int_equal((unsigned char)e->table[126], 0xA4);
    assert_int_equal(strlen(e->column), 254);
    assert_int_equal((unsigned char)e->message[strlen(e->message) - 1], 0xA4);
    schemac_close(db);
}

/* However the cut falls, no character is halved: two, three and four bytes. */
static void
messages_are_cut_at_a_character(void **state)
{
    static const char *const characters[] = { "a", "ä", "€", "😀" };
    struct schemac_db *db = must_open("sqlite::memory:", 0);
    static char sql[9000];

    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        size_t width = strlen(characters[i]);

        for (size_t shift = 0; shift < width; shift++) {
            size_t used = (size_t)snprintf(sql, sizeof sql, "SELECT * FROM \"%.*s",
                                           (int)shift, "xxx");
            size_t len;

            while (used + width + 2 < sizeof sql)
                used +=
                    (size_t)snprintf(sql + used, sizeof sql - used, "%s", characters[i]);
            snprintf(sql + used, sizeof sql - used, "\"");
            ASSERT_STATUS(db, schemac_exec(db, sql), SCHEMAC_ERROR);
            len = strlen(schemac_error(db)->message);
            assert_true(len > 4095 - width && len <= 4095);
            assert_string_equal(schemac_error(db)->message + len - width, characters[i]);
        }
    }
    schemac_close(db);
}

static void
every_status_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i <= SCHEMAC_ERROR; i++)
        assert_true(schemac_status_name((enum schemac_status)i)[0] >= 'A');
    assert_string_equal(schemac_status_name(SCHEMAC_STALE_SCHEMA), "STALE_SCHEMA");
    assert_string_equal(schemac_status_name((enum schemac_status)999), "unknown status");
    assert_int_equal(schemac_error(NULL)->status, SCHEMAC_NO_MEMORY);
}

/* ---- statements ---- */

static struct schemac_stmt *
must_prepare(struct schemac_db *db, const char *sql)
{
    struct schemac_stmt *stmt;

    ASSERT_OK(db, schemac_prepare(db, sql, &stmt));
    return stmt;
}

static void
values_come_back_as_they_went(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);
    struct schemac_stmt *stmt = must_prepare(db, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7");
    const struct schemac_text with_nul = { "a\0b", 3 };
    const struct schemac_bytes no_bytes = { "", 0 };

    (void)state;
    ASSERT_OK(db, schemac_bind_int64(stmt, 1, INT64_MIN));
    ASSERT_OK(db, schemac_bind_double(stmt, 2, 0.1));
    ASSERT_OK(db, schemac_bind_text(stmt, 3, with_nul));
    ASSERT_OK(db, schemac_bind_text(stmt, 4, schemac_text("")));
    ASSERT_OK(db, schemac_bind_text(stmt, 5, schemac_text(NULL)));
    ASSERT_OK(db, schemac_bind_bytes(stmt, 6, no_bytes));
    ASSERT_OK(db, schemac_bind_null(stmt, 7));
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_ROW);
    assert_int_equal(schemac_column_count(stmt), 7);
    assert_string_equal(schemac_column_name(stmt, 0), "?1");
    assert_true(schemac_column_int64(stmt, 0) == INT64_MIN);
    assert_true(schemac_column_double(stmt, 1) == 0.1);
    assert_int_equal(schemac_column_text(stmt, 2).len, 3);
    assert_memory_equal(schemac_column_text(stmt, 2).ptr, "a\0b", 3);
    assert_non_null(schemac_column_text(stmt, 3).ptr);
    assert_int_equal(schemac_column_text(stmt, 3).len, 0);
    assert_null(schemac_column_text(stmt, 4).ptr);
    assert_true(schemac_column_is_null(stmt, 4));
    assert_non_null(schemac_column_bytes(stmt, 5).ptr);
    assert_int_equal(schemac_column_bytes(stmt, 5).len, 0);
    assert_null(schemac_column_bytes(stmt, 6).ptr);
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_DONE);
    assert_int_equal(schemac_bind_null(stmt, 8), SCHEMAC_MISUSE);
    schemac_finalize(stmt);
    schemac_close(db);
}

static void
a_failed_statement_can_be_used_again(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);
    struct schemac_stmt *stmt;

    (void)state;
    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a INT UNIQUE)"));
    stmt = must_prepare(db, "INSERT INTO t VALUES (?1)");
    ASSERT_OK(db, schemac_bind_int64(stmt, 1, 5));
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_DONE);
    assert_int_equal(schemac_changes(db), 1);
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_UNIQUE);
    ASSERT_OK(db, schemac_bind_int64(stmt, 1, 6));
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_DONE);
    ASSERT_OK(db, schemac_reset(stmt));
    assert_int_equal(ask(db, "SELECT count(*) FROM t"), 2);
    schemac_close(db); /* and finalizes stmt */
}

static void
one_statement_is_prepared(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);
    struct schemac_stmt *stmt;

    (void)state;
    ASSERT_STATUS(db, schemac_prepare(db, "SELECT 1; SELECT 2", &stmt), SCHEMAC_MISUSE);
    assert_null(stmt);
    ASSERT_STATUS(db, schemac_prepare(db, "SELECT 1; nonsense", &stmt), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_prepare(db, " -- nothing", &stmt), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_prepare(db, NULL, &stmt), SCHEMAC_MISUSE);
    assert_int_equal(schemac_prepare(db, "SELECT 1", NULL), SCHEMAC_MISUSE);
    schemac_finalize(must_prepare(db, "SELECT 1 ; ; -- and a comment\n ;"));
    schemac_finalize(NULL);
    assert_int_equal(schemac_step(NULL), SCHEMAC_MISUSE);
    assert_int_equal(schemac_exec(NULL, "SELECT 1"), SCHEMAC_MISUSE);
    assert_true(schemac_column_is_null(NULL, 0));
    schemac_close(db);
    schemac_close(NULL);
}

static void
statements_are_finalized_in_any_order(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);
    struct schemac_stmt *a = must_prepare(db, "SELECT 1");
    struct schemac_stmt *b = must_prepare(db, "SELECT 2");
    struct schemac_stmt *c = must_prepare(db, "SELECT 3");

    (void)state;
    schemac_finalize(b);
    schemac_finalize(a);
    b = must_prepare(db, "SELECT 4");
    schemac_finalize(c);
    ASSERT_STATUS(db, schemac_step(b), SCHEMAC_ROW);
    schemac_close(db);
}

/* ---- transactions ---- */

static void
transactions_nest(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);

    (void)state;
    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a)"));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_OK(db, schemac_exec(db, "INSERT INTO t VALUES (1)"));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_OK(db, schemac_exec(db, "INSERT INTO t VALUES (2)"));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_OK(db, schemac_exec(db, "INSERT INTO t VALUES (3)"));
    ASSERT_OK(db, schemac_commit(db));
    ASSERT_OK(db, schemac_rollback(db));
    assert_int_equal(ask(db, "SELECT count(*) FROM t"), 1);
    ASSERT_OK(db, schemac_commit(db));
    ASSERT_STATUS(db, schemac_commit(db), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_rollback(db), SCHEMAC_MISUSE);
    assert_int_equal(ask(db, "SELECT count(*) FROM t"), 1);
    schemac_close(db);
}

static void
a_begin_inside_the_applications_own_transaction_is_a_savepoint(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);

    (void)state;
    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a); BEGIN"));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_OK(db, schemac_exec(db, "INSERT INTO t VALUES (1)"));
    ASSERT_OK(db, schemac_rollback(db));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_OK(db, schemac_exec(db, "INSERT INTO t VALUES (2)"));
    ASSERT_OK(db, schemac_commit(db));
    ASSERT_OK(db, schemac_exec(db, "ROLLBACK"));
    assert_int_equal(ask(db, "SELECT count(*) FROM t"), 0);
    schemac_close(db);
}

static void
a_transaction_that_the_engine_ended_is_told(void **state)
{
    struct schemac_db *db = must_open(":memory:", 0);

    (void)state;
    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a INT UNIQUE ON CONFLICT ROLLBACK);"
                                   "INSERT INTO t VALUES (1)"));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_STATUS(db, schemac_exec(db, "INSERT INTO t VALUES (1)"), SCHEMAC_UNIQUE);
    ASSERT_STATUS(db, schemac_begin(db), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_commit(db), SCHEMAC_ERROR);
    ASSERT_OK(db, schemac_rollback(db));
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_OK(db, schemac_commit(db));
    schemac_close(db);
}

static void
a_full_disk_is_full(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE t (a); PRAGMA max_page_count = 4"));
    ASSERT_STATUS(db, schemac_exec(db, "INSERT INTO t VALUES (zeroblob(100000))"),
                  SCHEMAC_FULL);
    assert_int_equal(ask(db, "SELECT count(*) FROM t"), 0);
    schemac_close(db);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_cannot_be_opened_is_told_apart),
        TEST(a_password_is_not_repeated),
        TEST(a_file_of_something_else_is_not_a_database),
        TEST(a_damaged_file_is_not_a_database),
        TEST(a_file_that_may_not_be_read_says_so),
        TEST(an_open_handle_has_its_settings),
        TEST(the_journal_can_be_kept),
        TEST(a_lock_is_busy),
        TEST(writing_upon_an_old_snapshot_is_a_retry),
        TEST(errors_have_a_meaning_and_names),
        TEST(long_names_are_cut_at_a_character),
        TEST(messages_are_cut_at_a_character),
        TEST(every_status_has_a_name),
        TEST(values_come_back_as_they_went),
        TEST(a_failed_statement_can_be_used_again),
        TEST(one_statement_is_prepared),
        TEST(statements_are_finalized_in_any_order),
        TEST(transactions_nest),
        TEST(a_begin_inside_the_applications_own_transaction_is_a_savepoint),
        TEST(a_transaction_that_the_engine_ended_is_told),
        TEST(a_full_disk_is_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
