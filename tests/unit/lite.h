/*
 * For unit tests of the SQLite dialect: text to catalogs, catalogs to databases in
 * memory, and back.
 */
#ifndef TESTS_UNIT_LITE_H
#define TESTS_UNIT_LITE_H

#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "model/print.h"
#include "plan/plan.h"
#include "resolve/resolve.h"
#include "syntax/parse.h"

/* ---- sessions and catalogs ---- */

static struct session s;

static inline int
open_session(void **state)
{
    (void)state;
    session_init(&s);
    return 0;
}

static inline int
close_session(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static inline void
print_diagnostics(enum diag_severity least)
{
    struct text out;

    text_init(&out, &s.arena);
    VEC_EACH (i, &s.diags.all)
        if (diag_info(s.diags.all.items[i]->code)->severity >= least)
            diag_render_text(&s.arena, &s.sources, s.diags.all.items[i], false, &out);
    print_message("%.*s", SLICE_ARG(text_slice(&out)));
}

static inline struct catalog *
resolve_text(struct slice sql)
{
    uint32_t source = source_add(&s.arena, &s.sources, SLICE("test.sql"), sql);
    struct ast *ast;
    const struct ast *asts[1];
    struct resolve_input in = { .asts = asts, .count = 1 };
    struct catalog *out = NULL;
    bool ok = parse_source(&s, source, &ast);

    asts[0] = ast;
    if (!ok || !resolve_catalog(&s, &in, &out)) {
        print_diagnostics(DIAG_WARNING);
        print_message("%.*s\n", SLICE_ARG(sql));
        fail_msg("the text does not resolve");
    }
    return out;
}

static inline struct catalog *
lower_text(const char *sql)
{
    struct catalog *out;

    if (!dialect_sqlite.lower(&s, resolve_text(slice_from(sql)), &out)) {
        print_diagnostics(DIAG_WARNING);
        fail_msg("the catalog cannot be lowered: %s", sql);
    }
    return out;
}

/* ---- databases ---- */

static inline sqlite3 *
open_database(void)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    return db;
}

static inline void
run(sqlite3 *db, struct slice sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, slice_z(&s.arena, sql), NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %.*s", message, SLICE_ARG(sql));
}

static inline bool
accepts(sqlite3 *db, struct slice sql)
{
    return sqlite3_exec(db, slice_z(&s.arena, sql), NULL, NULL, NULL) == SQLITE_OK;
}

/* All rows of a query: columns with '|', rows with ';'. */
static inline const char *
ask(sqlite3 *db, struct slice sql)
{
    sqlite3_stmt *stmt;
    struct text out;
    int status;

    text_init(&out, &s.arena);
    if (sqlite3_prepare_v2(db, sql.ptr, (int)sql.len, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %.*s", sqlite3_errmsg(db), SLICE_ARG(sql));
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (out.len > 0)
            text_addc(&out, ';');
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *value = (const char *)sqlite3_column_text(stmt, i);

            text_addf(&out, "%s%s", i > 0 ? "|" : "", value == NULL ? "NULL" : value);
        }
    }
    if (status != SQLITE_DONE)
        fail_msg("%s: %.*s", sqlite3_errmsg(db), SLICE_ARG(sql));
    sqlite3_finalize(stmt);
    return out.len == 0 ? "" : slice_z(&s.arena, text_slice(&out));
}

static inline void
create(sqlite3 *db, const struct catalog *c)
{
    struct plan_request request = { .dialect = &dialect_sqlite, .to = c };
    struct plan *plan;

    assert_true(plan_make(&s, &request, &plan));
    VEC_EACH (i, &plan->steps)
        VEC_EACH (j, &plan->steps.items[i].action->sql)
            run(db, plan->steps.items[i].action->sql.items[j]);
}

/* The database as declarations, as describe gives them. */
static inline struct slice
describe(sqlite3 *db)
{
    const char *sql = ask(
        db, SLICE("SELECT group_concat(sql || ';', char(10)) FROM (SELECT sql FROM "
                  "sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
                  "ORDER BY type = 'trigger', type = 'view', type = 'index', rowid)"));

    return slice_format(&s.arena, "-- @dialect sqlite\n%s\n",
                        strcmp(sql, "NULL") == 0 ? "" : sql);
}

static inline void
assert_no_changes(const struct catalog *from, const struct catalog *to)
{
    struct changes changes;
    size_t count = 0;

    diff_catalogs(&s, NULL, from, to, &changes);
    VEC_EACH (i, &changes.all) {
        struct slice title = change_title(&s.arena, &changes.all.items[i]);

        if (changes.all.items[i].kind == CHANGE_COLUMN_ORDER
            || changes.all.items[i].kind == CHANGE_INITIAL_ROWS)
            continue;
        print_message("  differs: %.*s\n", SLICE_ARG(title));
        count++;
    }
    if (count == 0)
        return;
    {
        struct text a;
        struct text b;

        text_init(&a, &s.arena);
        text_init(&b, &s.arena);
        catalog_print(&s, from, &a);
        catalog_print(&s, to, &b);
        print_message("--- from\n%.*s--- to\n%.*s", SLICE_ARG(text_slice(&a)),
                      SLICE_ARG(text_slice(&b)));
    }
    fail_msg("the catalogs differ");
}

#endif
