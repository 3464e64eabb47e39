/*
 * Catalogs from SQL text, for tests of what comes behind resolve.  Include after
 * cmocka.h.
 */
#ifndef SCHEMAC_TESTS_DECLARED_H
#define SCHEMAC_TESTS_DECLARED_H

#include "resolve/resolve.h"
#include "syntax/parse.h"

static void
print_diags(struct session *s)
{
    struct text out;

    text_init(&out, &s->arena);
    VEC_EACH (i, &s->diags.all)
        diag_render_text(&s->arena, &s->sources, s->diags.all.items[i], false, &out);
    if (out.len > 0)
        print_message("%.*s\n", SLICE_ARG(text_slice(&out)));
}

/* The catalog that `sql` declares as `version`; the test fails where it has errors. */
static struct catalog *
declare_version(struct session *s, const char *version, const char *sql)
{
    struct ast *ast = NULL;
    const struct ast *asts[1];
    struct resolve_input in = { .asts = asts, .count = 1 };
    struct catalog *out = NULL;
    struct slice name = slice_from(version == NULL ? "test.sql" : version);
    bool good;

    in.name = SLICE("test");
    in.version = slice_from(version);
    good =
        parse_source(s, source_add(&s->arena, &s->sources, name, slice_from(sql)), &ast);
    asts[0] = ast;
    good = good && resolve_catalog(s, &in, &out);
    if (!good)
        print_diags(s);
    assert_true(good);
    return out;
}

static inline struct catalog *
declare(struct session *s, const char *sql)
{
    return declare_version(s, NULL, sql);
}

#endif
