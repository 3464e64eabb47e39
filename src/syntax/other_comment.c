/*
 * COMMENT ON of what is called by more than a name: OPERATOR +(integer, integer), CAST
 * (a AS b).  What stands between ON and IS is kept as it is written.
 */
#include "syntax/scan.h"

static bool
report_end(const struct scan *c)
{
    const struct token *last = token_at(c, c->piece.end - 1);
    struct diag *d = diag_add(&c->s->diags, D_SYNTAX, token_span(c->t, last),
                              "COMMENT ON … ends with IS and a string, or IS NULL");

    diag_hint(&c->s->diags, d, "a string is written in single quotes");
    return false;
}

bool
scan_comment(const struct scan *c, struct slice kind, size_t name, struct stmt *stmt)
{
    struct ast_comment *ast = ARENA_NEW(&c->s->arena, struct ast_comment);
    size_t end = c->piece.end;
    size_t on = c->piece.begin + 2; /* COMMENT ON */

    if (end < name + 2 || kind_at(c, end - 2) != T_IS
        || (kind_at(c, end - 1) != T_SCONST && kind_at(c, end - 1) != T_NULL))
        return report_end(c);
    ast->object = OBJECT_OTHER;
    ast->kind = slice_sub(kind, sizeof "comment " - 1, kind.len);
    ast->on = slice_sub(c->t->text, token_at(c, on)->begin, token_at(c, end - 3)->end);
    if (slice_is(ast->kind, "role"))
        ast->name = scan_read_name(c, name, &name);
    else
        ast->name.span = token_span(c->t, token_at(c, name));
    if (kind_at(c, end - 1) == T_SCONST)
        ast->text = token_string(c->s, c->t, token_at(c, end - 1));
    stmt->kind = STMT_COMMENT;
    stmt->u.comment = ast;
    return true;
}
