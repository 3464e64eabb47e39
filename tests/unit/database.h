/*
 * For unit tests with real database files: a folder of its own for each test, and short
 * ways to ask a database something.
 */
#ifndef TESTS_UNIT_DATABASE_H
#define TESTS_UNIT_DATABASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "runtime/schemac.h"

struct test_place {
    char folder[128];
    char path[160]; /* of the database: folder/test.db */
};

static inline int
place_setup(void **state)
{
    struct test_place *p = calloc(1, sizeof *p);
    const char *tmp = getenv("TMPDIR");

    assert_non_null(p);
    snprintf(p->folder, sizeof p->folder, "%.80s/schemac-unit-XXXXXX",
             tmp == NULL ? "/tmp" : tmp);
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/test.db", p->folder);
    *state = p;
    return 0;
}

static inline int
place_teardown(void **state)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    struct test_place *p = *state;
    char path[192];

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s%s", p->path, endings[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(p->folder), 0);
    free(p);
    return 0;
}

/* The failure's own words appear in the test's output. */
#define ASSERT_STATUS(db, call, expected)                                                \
    do {                                                                                 \
        enum schemac_status status_ = (call);                                            \
        if (status_ != (expected))                                                       \
            print_error("%s: %s\n", schemac_status_name(status_),                        \
                        schemac_error(db)->message);                                     \
        assert_int_equal(status_, (expected));                                           \
    } while (0)

#define ASSERT_OK(db, call) ASSERT_STATUS(db, call, SCHEMAC_OK)

/* Does the message of the last failure hold the text? */
#define ASSERT_MESSAGE(db, part)                                                         \
    do {                                                                                 \
        if (strstr(schemac_error(db)->message, (part)) == NULL)                          \
            fail_msg("\"%s\" is not in: %s", (part), schemac_error(db)->message);        \
    } while (0)

static inline struct schemac_db *
must_open(const char *path, unsigned flags)
{
    struct schemac_db *db;

    ASSERT_OK(db, schemac_open_with(path, flags, &db));
    return db;
}

static inline int64_t
ask(struct schemac_db *db, const char *sql)
{
    struct schemac_stmt *stmt;
    int64_t value;

    ASSERT_OK(db, schemac_prepare(db, sql, &stmt));
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_ROW);
    value = schemac_column_int64(stmt, 0);
    schemac_finalize(stmt);
    return value;
}

/* Free the result. */
static inline char *
ask_text(struct schemac_db *db, const char *sql)
{
    struct schemac_stmt *stmt;
    struct schemac_text text;
    char *copy;

    ASSERT_OK(db, schemac_prepare(db, sql, &stmt));
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_ROW);
    text = schemac_column_text(stmt, 0);
    copy = calloc(1, text.len + 1);
    assert_non_null(copy);
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    schemac_finalize(stmt);
    return copy;
}

#define ASSERT_TEXT(db, sql, expected)                                                   \
    do {                                                                                 \
        char *text_ = ask_text((db), (sql));                                             \
        assert_string_equal(text_, (expected));                                          \
        free(text_);                                                                     \
    } while (0)

#endif
