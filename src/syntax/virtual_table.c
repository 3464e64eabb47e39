/*
 * CREATE VIRTUAL TABLE [IF NOT EXISTS] [schema.]name USING module [(argument, …)]
 *
 * SQLite hands the arguments to the module as they stand between the commas, so no
 * grammar could read them: they are cut here, at commas outside of parentheses.
 * [https://www.sqlite.org/lang_createvtab.html]
 */
#include "syntax/scan.h"

#include <string.h>

struct virtual_reading {
    const struct scan *c;
    size_t at;
};

static bool
report_unexpected(const struct virtual_reading *r, const char *wanted)
{
    const struct scan *c = r->c;
    struct diags *to = &c->s->diags;
    const struct token *t = token_at(c, r->at);
    struct slice text = token_text(c->t, t);
    struct span end = token_span(c->t, token_at(c, c->piece.end - 1));

    if (t->kind == T_BROKEN)
        return false; /* the lexer has said so */
    if (r->at < c->piece.end) {
        diag_add(to, D_SYNTAX, token_span(c->t, t), "unexpected \"%.*s\", expected %s",
                 SLICE_ARG(text), wanted);
        return false;
    }
    end.begin = end.end;
    diag_add(to, D_SYNTAX, end, "the statement ends, expected %s", wanted);
    return false;
}

static bool
read_name(struct virtual_reading *r, struct ast_name *out)
{
    const struct token *dot;

    if (kind_at(r->c, r->at) == T_SCONST) {
        out->span = token_span(r->c->t, token_at(r->c, r->at));
        out->name = token_string(r->c->s, r->c->t, token_at(r->c, r->at++));
        return true;
    }
    *out = scan_read_name(r->c, r->at, &r->at);
    dot = r->at > 0 ? token_at(r->c, r->at - 1) : NULL;
    return !slice_is_none(out->name) && dot != NULL && dot->kind != '.'
               ? true
               : report_unexpected(r, "a name");
}

static bool
read_module(struct virtual_reading *r, struct ast_create_virtual *v)
{
    struct ast_name name = { 0 };

    if (kind_at(r->c, r->at) != T_USING)
        return report_unexpected(r, "USING and the name of a module");
    r->at++;
    if (!read_name(r, &name))
        return false;
    v->module = name.name;
    return true;
}

static void
add_argument(struct virtual_reading *r, struct ast_create_virtual *v, uint32_t begin,
             uint32_t end)
{
    struct slice text = slice_trim(slice_sub(r->c->t->text, begin, end));

    if (text.len > 0)
        VEC_PUSH(&r->c->s->arena, &v->arguments, text);
}

/* Needs: '(' at r->at. */
static bool
read_arguments(struct virtual_reading *r, struct ast_create_virtual *v)
{
    uint32_t begin = token_at(r->c, r->at)->end;
    size_t depth = 1;

    for (r->at++; r->at < r->c->piece.end; r->at++) {
        const struct token *t = token_at(r->c, r->at);

        if (t->kind == T_BROKEN)
            return false;
        depth += t->kind == '(';
        depth -= t->kind == ')';
        if (depth == 0 || (depth == 1 && t->kind == ',')) {
            add_argument(r, v, begin, t->begin);
            begin = t->end;
        }
        if (depth == 0) {
            r->at++;
            return true;
        }
    }
    return report_unexpected(r, "\")\"");
}

bool
scan_virtual_table(const struct scan *c, size_t at, struct stmt *stmt)
{
    struct virtual_reading r = { c, scan_skip_if_exists(c, at) };
    struct ast_create_virtual *v = ARENA_NEW(&c->s->arena, struct ast_create_virtual);

    v->if_not_exists = r.at > at;
    stmt->kind = STMT_CREATE_VIRTUAL;
    stmt->u.create_virtual = v;
    if (!read_name(&r, &v->name) || !read_module(&r, v))
        return false;
    if (kind_at(c, r.at) == '(' && !read_arguments(&r, v))
        return false;
    return r.at == c->piece.end || report_unexpected(&r, "the end of the statement");
}
