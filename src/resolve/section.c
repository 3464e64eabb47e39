/*
 * Sections: @migrate, @rollback and @verify of this version.  Their statements are the
 * user's SQL, kept as written; what would make the database differ from what is declared
 * is refused.
 */
#include "resolve/build.h"

static bool
is_transaction_word(struct slice text)
{
    static const char *const words[] = { "begin",     "commit",  "rollback", "start",
                                         "savepoint", "release", "end",      "abort" };
    size_t n = 0;

    while (n < text.len && ((text.ptr[n] | 0x20) >= 'a' && (text.ptr[n] | 0x20) <= 'z'))
        n++;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (slice_is_fold(slice_sub(text, 0, n), words[i]))
            return true;
    return false;
}

/* Why the statement cannot stand in a section; NULL: it can. */
static const char *
why_not(const struct ast_section *section, const struct stmt *stmt)
{
    if (section->kind == SECTION_VERIFY)
        return stmt->kind == STMT_QUERY && expr_is_query(stmt->u.query->query)
                       && stmt->u.query->query->kind != QUERY_INSERT
                       && stmt->u.query->query->kind != QUERY_UPDATE
                       && stmt->u.query->query->kind != QUERY_DELETE
                       && stmt->u.query->query->kind != QUERY_MERGE
                   ? NULL
                   : "@verify holds a query that must be true";
    if (stmt->kind == STMT_SKIPPED && is_transaction_word(stmt->text))
        return "the whole version runs in one transaction already";
    if (stmt->kind == STMT_ALTER_TABLE || stmt->kind == STMT_ALTER_TYPE
        || stmt->kind == STMT_RENAME || stmt->kind == STMT_CREATE_ENUM
        || (stmt->kind == STMT_CREATE_TABLE && !stmt->u.create_table->temporary)
        || (stmt->kind == STMT_CREATE_VIEW && !stmt->u.create_view->temporary))
        return "the structure is declared outside sections";
    return NULL;
}

static void
take_section(struct build *b, const struct resolve_input *in,
             const struct ast_section *ast)
{
    struct section *section = ARENA_NEW(b->a, struct section);

    section->kind = ast->kind;
    section->dialect = ast->dialect;
    section->title = ast->title;
    section->span = ast->span;
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];
        const char *why = why_not(ast, stmt);

        if (why != NULL)
            diag_add(&b->s->diags, D_SECTION_STATEMENT, stmt->span, "%s", why);
        else if (stmt->kind != STMT_SKIPPED)
            VEC_PUSH(b->a, &section->statements, stmt->text);
    }
    section_read(b, in, ast, section);
    VEC_PUSH(b->a, &b->out->sections, section);
}

void
sections_take(struct build *b, const struct resolve_input *in, const struct ast *ast)
{
    VEC_EACH (i, &ast->sections)
        take_section(b, in, ast->sections.items[i]);
}
