/*
 * A source from a string, and its trees as text: (kind "text" flags parens type args…),
 * the tag of expr.def first, - for an argument that is not there.
 */
#ifndef SCHEMAC_TESTS_PARSED_H
#define SCHEMAC_TESTS_PARSED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/sqlw.h"
#include "syntax/parse.h"

#if defined(__GNUC__)
#define MAYBE_UNUSED __attribute__((__unused__))
#else
#define MAYBE_UNUSED
#endif

struct parsed {
    struct session s;
    struct ast *ast;
    uint32_t source;
    bool good;
};

MAYBE_UNUSED static void
parsed_open(struct parsed *p, const char *text, size_t bytes)
{
    struct slice all = { text, bytes };

    session_init(&p->s);
    p->source = source_add(&p->s.arena, &p->s.sources, SLICE("t.sql"), all);
    p->good = parse_source(&p->s, p->source, &p->ast);
}

MAYBE_UNUSED static void
parsed_close(struct parsed *p)
{
    session_free(&p->s);
}

/* "S0101 1:8 message | hint" for each diagnostic, one per line. */
MAYBE_UNUSED static const char *
parsed_errors(struct parsed *p)
{
    struct text out;

    text_init(&out, &p->s.arena);
    VEC_EACH (i, &p->s.diags.all) {
        const struct diag *d = p->s.diags.all.items[i];
        struct place at = source_place(&p->s.arena, &p->s.sources, d->span);

        text_addf(&out, "%s%s %zu:%zu %.*s", i == 0 ? "" : "\n", diag_info(d->code)->code,
                  at.line, at.column, SLICE_ARG(d->message));
        if (!slice_is_none(d->hint))
            text_addf(&out, " | %.*s", SLICE_ARG(d->hint));
    }
    return slice_z(&p->s.arena, text_slice(&out));
}

MAYBE_UNUSED static void
dump(struct text *out, const struct expr *e)
{
    if (e == NULL) {
        text_addc(out, '-');
        return;
    }
    text_addf(out, "(%s", expr_tag(e->kind));
    if (!slice_is_none(e->text))
        text_addf(out, " '%.*s'", SLICE_ARG(e->text));
    if ((e->flags & ~(uint32_t)EXPR_PARENS_BITS) != 0)
        text_addf(out, " #%x", (unsigned)(e->flags & ~(uint32_t)EXPR_PARENS_BITS));
    if (expr_opened(e) + expr_closed(e) > 0)
        text_addf(out, " %u<>%u", (unsigned)expr_opened(e), (unsigned)expr_closed(e));
    if (e->type != NULL) {
        text_addc(out, ' ');
        type_print(e->type, out);
    }
    for (size_t i = 0; i < e->arg_count; i++) {
        text_addc(out, ' ');
        dump(out, e->args[i]);
    }
    text_addc(out, ')');
}

#endif
