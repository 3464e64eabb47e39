/*
 * SQL text through parse_source and resolve_catalog, for the tests of resolve.
 */
#ifndef TESTS_UNIT_RESOLVING_H
#define TESTS_UNIT_RESOLVING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/print.h"
#include "resolve/resolve.h"
#include "syntax/parse.h"

static struct session s;

static inline int
begin(void **state)
{
    (void)state;
    session_init(&s);
    return 0;
}

static inline int
end(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static inline void
show_diagnostics(void)
{
    VEC_EACH (i, &s.diags.all) {
        struct text out;

        text_init(&out, &s.arena);
        diag_render_text(&s.arena, &s.sources, s.diags.all.items[i], false, &out);
        print_error("%.*s", SLICE_ARG(text_slice(&out)));
    }
}

static inline struct catalog *
resolve_on(const struct catalog *base, const char *sql)
{
    struct slice text = slice_copy(&s.arena, slice_from(sql));
    uint32_t source = source_add(&s.arena, &s.sources, SLICE("test.sql"), text);
    struct ast *ast;
    struct catalog *c = NULL;
    const struct ast *asts[1];
    struct resolve_input in = { .base = base, .asts = asts, .count = 1 };

    if (!parse_source(&s, source, &ast)) {
        show_diagnostics();
        fail_msg("not parsed: %s", sql);
    }
    asts[0] = ast;
    resolve_catalog(&s, &in, &c);
    assert_non_null(c);
    return c;
}

static inline struct catalog *
resolve_good_on(const struct catalog *base, const char *sql)
{
    struct catalog *c = resolve_on(base, sql);

    if (s.diags.error_count > 0) {
        show_diagnostics();
        fail_msg("refused: %s", sql);
    }
    return c;
}

static inline struct catalog *
good(const char *sql)
{
    return resolve_good_on(NULL, sql);
}

#define T "CREATE TABLE t (id integer PRIMARY KEY, name text, amount numeric(10, 2));\n"
#define COLOR "CREATE TYPE color AS ENUM ('red', 'green');\n"

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
