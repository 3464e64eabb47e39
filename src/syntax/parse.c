/*
 * The doors: a source, a lone expression, a lone type.
 */
#include "syntax/parse.h"

#include "grammar/parser.h"
#include "syntax/remark.h"
#include "syntax/statement.h"

/* ---- sections ---- */

struct parsing {
    struct session *s;
    struct tokens tokens;
    struct remarks remarks;
    struct placed_list statements;
    size_t mark;                 /* the next remark that begins or ends a section */
    struct ast_section *section; /* open, or NULL */
    struct ast *ast;
};

static void
skip_annotations(struct parsing *p)
{
    while (p->mark < p->remarks.all.count
           && p->remarks.all.items[p->mark].kind == REMARK_ANNOTATION)
        p->mark++;
}

/* Where the next section begins or ends; statements end there, too. */
static uint32_t
next_limit(const struct parsing *p)
{
    return p->mark < p->remarks.all.count ? p->remarks.all.items[p->mark].comment->begin
                                          : UINT32_MAX;
}

static void
report_unclosed(struct parsing *p)
{
    struct diag *d;

    if (p->section == NULL)
        return;
    d = diag_add(&p->s->diags, D_SECTION_UNCLOSED, p->section->span,
                 "this section does not end");
    diag_hint(&p->s->diags, d, "close it with a line \"-- @end\"");
}

static void
open_section(struct parsing *p, const struct remark *r)
{
    struct ast_section *section = ARENA_NEW(&p->s->arena, struct ast_section);

    report_unclosed(p);
    section->kind = r->section;
    section->dialect = r->dialect;
    section->title = r->title;
    section->span = r->span;
    VEC_PUSH(&p->s->arena, &p->ast->sections, section);
    p->section = section;
}

static void
close_section(struct parsing *p, const struct remark *r)
{
    if (p->section == NULL) {
        diag_add(&p->s->diags, D_SECTION_UNCLOSED, r->span,
                 "there is no section that this could end");
        return;
    }
    p->section->span = span_join(p->section->span, r->span);
    p->section = NULL;
}

/* Take the marks of sections that stand before byte `at`. */
static void
pass_marks(struct parsing *p, uint32_t at)
{
    skip_annotations(p);
    while (next_limit(p) < at) {
        const struct remark *r = &p->remarks.all.items[p->mark++];

        if (r->kind == REMARK_SECTION)
            open_section(p, r);
        else
            close_section(p, r);
        skip_annotations(p);
    }
}

/* ---- statements ---- */

static void
keep_statement(struct parsing *p, struct stmt *stmt)
{
    if (p->section != NULL)
        VEC_PUSH(&p->s->arena, &p->section->statements, stmt);
    else
        VEC_PUSH(&p->s->arena, &p->ast->statements, stmt);
}

/* Whatever is named in a statement with a mistake may be declared by it. */
static void
remember_unread(struct parsing *p, struct piece piece)
{
    for (size_t i = piece.begin; i < piece.end; i++) {
        const struct token *t = &p->tokens.all.items[i];

        if (t->kind == T_IDENT || keyword_of_token(t->kind) != NULL)
            session_add_unread(p->s, token_name(p->s, &p->tokens, t));
    }
}

/* Annotations belong to one of the elements, or to what stands before them. */
static void
place_elements(struct parsing *p, const struct ast_create_schema *schema)
{
    struct placed *whole = &p->statements.all.items[p->statements.all.count - 1];

    if (schema->elements.count > 0)
        whole->span = schema->head;
    VEC_EACH (i, &schema->elements) {
        struct stmt *element = schema->elements.items[i];
        struct placed placed = { element, element->span };

        VEC_PUSH(&p->s->arena, &p->statements.all, placed);
    }
}

static struct slice
made_type(const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_DOMAIN)
        return stmt->u.create_domain->name.name;
    if (stmt->kind == STMT_CREATE_ENUM)
        return stmt->u.create_enum->name.name;
    if (stmt->kind == STMT_CREATE_COMPOSITE)
        return stmt->u.create_composite->name.name;
    if (stmt->kind == STMT_CREATE_RANGE)
        return stmt->u.create_range->name.name;
    return SLICE_NONE;
}

static void
remember_type(struct session *s, const struct stmt *stmt)
{
    struct slice name = made_type(stmt);

    if (!slice_is_none(name) && type_word_is_free(name))
        session_add_type(s, name);
}

static void
parse_piece(struct parsing *p, struct piece piece)
{
    const struct token *tokens = p->tokens.all.items;
    struct placed placed = {
        .stmt = statement_parse(p->s, &p->tokens, piece),
        .span = span_join(token_span(&p->tokens, &tokens[piece.begin]),
                          token_span(&p->tokens, &tokens[piece.end - 1])),
    };

    VEC_PUSH(&p->s->arena, &p->statements.all, placed);
    if (placed.stmt != NULL && placed.stmt->kind == STMT_CREATE_SCHEMA)
        place_elements(p, placed.stmt->u.create_schema);
    p->ast->statement_count++;
    if (placed.stmt == NULL) {
        remember_unread(p, piece);
        return;
    }
    remember_type(p->s, placed.stmt);
    keep_statement(p, placed.stmt);
}

/* The statements that end among the tokens, from `at` on; what follows them. */
static size_t
parse_part(struct parsing *p, size_t at)
{
    const struct token *tokens = p->tokens.all.items;

    while (tokens[at].kind != T_END) {
        struct piece piece;
        size_t next;

        pass_marks(p, tokens[at].begin);
        piece = statement_cut(p->s, &p->tokens, at, next_limit(p), &next);
        if (next == at)
            break;
        if (piece.begin < piece.end)
            parse_piece(p, piece);
        at = next;
    }
    return at;
}

/* The last token that was read stays: the lexer asks what a '[' stands behind. */
static void
parse_statements(struct parsing *p, struct span all)
{
    struct lexer *lexer = lex_begin(p->s, &p->s->scratch, all, &p->tokens);
    size_t at = 0;
    bool more;

    do {
        size_t kept = at > 0 ? 1 : 0;

        more = lex_part(lexer, at - kept);
        remarks_read(p->s, &p->tokens, &p->remarks);
        at = parse_part(p, kept);
    } while (more);
    pass_marks(p, UINT32_MAX);
    report_unclosed(p);
}

bool
parse_source(struct session *s, uint32_t source, struct ast **out)
{
    struct parsing p = { .s = s, .ast = ARENA_NEW(&s->arena, struct ast) };
    struct arena_mark mark = arena_mark(&s->scratch);
    size_t errors_before = s->diags.error_count;
    struct slice text = source_get(&s->sources, source)->text;
    struct span all = { source, 0, (uint32_t)text.len };

    p.ast->source = source;
    *out = p.ast;
    if (text_check(s, all)) {
        parse_statements(&p, all);
        remarks_attach(s, &p.tokens, &p.remarks, &p.statements, p.ast);
    }
    arena_reset(&s->scratch, mark);
    return s->diags.error_count == errors_before;
}

/* ---- pieces ---- */

/* Run the grammar over all of `span`; false after reporting an error. */
static bool
parse_lone(struct session *s, struct span span, int start, struct reader *rd)
{
    struct tokens *tokens = ARENA_NEW(&s->scratch, struct tokens);
    size_t errors_before = s->diags.error_count;

    lex_span(s, &s->scratch, span, tokens);
    *rd = (struct reader){ .s = s,
                           .arena = &s->arena,
                           .scratch = &s->scratch,
                           .tokens = tokens,
                           .end = tokens->all.count - 1,
                           .start = start };
    return sql_parse(rd) == 0 && !rd->failed && s->diags.error_count == errors_before;
}

const struct expr *
parse_expr(struct session *s, struct span span)
{
    struct arena_mark mark = arena_mark(&s->scratch);
    struct reader rd;
    bool good = parse_lone(s, span, T_START_EXPR, &rd);

    arena_reset(&s->scratch, mark);
    return good ? rd.expr : NULL;
}

const struct type *
parse_type(struct session *s, struct span span)
{
    struct arena_mark mark = arena_mark(&s->scratch);
    struct reader rd;
    bool good = parse_lone(s, span, T_START_TYPE, &rd);

    arena_reset(&s->scratch, mark);
    return good ? rd.type : NULL;
}
