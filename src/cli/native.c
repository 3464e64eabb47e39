#include "cli/native.h"

/* Only statements that declare are tried: nothing is read, attached or inserted. */
static const char *const declaring_words[] = { "create", "alter", "drop" };

static bool
declares(const struct stmt *stmt)
{
    for (size_t i = 0; i < ARRAY_LEN(declaring_words); i++) {
        struct slice word = slice_from(declaring_words[i]);

        if (stmt->text.len > word.len
            && slice_equal_fold(slice_sub(stmt->text, 0, word.len), word))
            return true;
    }
    return false;
}

static bool
sqlite_takes(struct cli *c, struct schemac_db *db, const struct ast *ast)
{
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];

        if (declares(stmt)
            && schemac_exec(db, slice_z(&c->s.arena, stmt->text)) != SCHEMAC_OK)
            return false;
    }
    return true;
}

static bool
is_declaration(const struct ast *ast)
{
    return !slice_is_none(ast->schema) || !slice_is_none(ast->extends)
           || !slice_is_none(ast->dialect) || ast->asks_lowering;
}

bool
files_are_bare(const struct ast *const *asts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_declaration(asts[i]))
            return false;
    return true;
}

static bool
needs_sqlite(const struct stmt *stmt)
{
    const struct ast_create_table *t = stmt->u.create_table;

    /* Parents, another type or a query tell the types of columns, too. */
    if (stmt->kind != STMT_CREATE_TABLE || t->parents.all.count > 0 || t->query != NULL
        || !slice_is_none(t->of_type.name))
        return false;
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->type == NULL)
            return true;
    return false;
}

bool
files_need_sqlite(const struct ast *const *asts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        VEC_EACH (j, &asts[i]->statements)
            if (needs_sqlite(asts[i]->statements.items[j]))
                return true;
    return false;
}

bool
native_to_sqlite(struct cli *c, const struct ast *const *asts, size_t count)
{
    struct schemac_db *db = NULL;
    /* Migrations drop tables and create them again while others refer to them. */
    bool native = schemac_open("sqlite::memory:", &db) == SCHEMAC_OK
                  && schemac_exec(db, "PRAGMA foreign_keys = OFF") == SCHEMAC_OK;

    for (size_t i = 0; native && i < count; i++)
        native = sqlite_takes(c, db, asts[i]);
    schemac_close(db);
    return native;
}
