/*
 * What became of each statement, told by what it left behind: an error, an object, or
 * neither.
 */
#include "resolve/account.h"

/* A definition whose text is all that is known of it is kept whole. */
static enum fate
fate_of_object(const struct object *o)
{
    switch (o->role) {
    case ROLE_TABLE:
        return FATE_TABLE;
    case ROLE_VIEW:
        return FATE_VIEW;
    case ROLE_INDEX:
        return FATE_INDEX;
    case ROLE_ENUM:
        return FATE_TYPE;
    case ROLE_DEFINITION:
        return o->u.definition->detail == DETAIL_NONE ? FATE_WHOLE : FATE_DEFINITION;
    }
    return FATE_WHOLE;
}

/* A table brings its indexes after it: the first object is what was declared. */
static enum fate
fate_of_new(const struct build *b, const struct account_mark *before, enum fate none)
{
    for (size_t i = before->objects; i < b->objects.count; i++)
        if (!b->objects.items[i]->dropped)
            return fate_of_object(b->objects.items[i]);
    return none;
}

/* ALTER TABLE … SET (…) and its like leave their text. */
static bool
left_text(const struct build *b, const struct account_mark *before)
{
    for (size_t i = before->objects; i < b->objects.count; i++)
        if (b->objects.items[i]->role == ROLE_DEFINITION
            && b->objects.items[i]->u.definition->detail == DETAIL_NONE)
            return true;
    return false;
}

static enum fate
fate_of(const struct build *b, const struct stmt *stmt, const struct account_mark *before)
{
    switch (stmt->kind) {
    case STMT_CREATE_TABLE:
        return fate_of_new(b, before,
                           stmt->u.create_table->temporary ? FATE_SKIPPED : FATE_THERE);
    case STMT_CREATE_VIEW:
        return fate_of_new(b, before,
                           stmt->u.create_view->temporary ? FATE_SKIPPED : FATE_THERE);
    case STMT_CREATE_INDEX:
    case STMT_CREATE_ENUM:
    case STMT_CREATE_EXTENSION:
    case STMT_CREATE_SCHEMA:
    case STMT_CREATE_TRIGGER:
    case STMT_CREATE_DOMAIN:
    case STMT_CREATE_COMPOSITE:
    case STMT_CREATE_RANGE:
    case STMT_CREATE_SEQUENCE:
    case STMT_CREATE_VIRTUAL:
    case STMT_CREATE_STATISTICS:
        return fate_of_new(b, before, FATE_THERE);
    case STMT_CREATE_ROUTINE: /* OR REPLACE */
    case STMT_CREATE_RULE:
    case STMT_CREATE_POLICY:
        return fate_of_new(b, before, FATE_ALTERED);
    case STMT_ALTER_ROUTINE:
    case STMT_ALTER_POLICY:
    case STMT_RENAME_ON:
        return FATE_ALTERED;
    case STMT_DROP_ROUTINE:
        return FATE_DROPPED;
    case STMT_RAW:
        return fate_of_new(b, before, FATE_ALTERED);
    case STMT_ALTER_TABLE:
    case STMT_ALTER_TYPE:
    case STMT_ALTER_OBJECT:
    case STMT_GRANT:
    case STMT_RENAME:
        return left_text(b, before) ? FATE_WHOLE : FATE_ALTERED;
    case STMT_DROP:
        return FATE_DROPPED;
    case STMT_COMMENT:
        return left_text(b, before) ? FATE_WHOLE : FATE_COMMENT;
    case STMT_QUERY:
        return b->rows.count > before->rows ? FATE_ROWS : FATE_SKIPPED;
    case STMT_SKIPPED:
        return FATE_SKIPPED;
    }
    return FATE_SKIPPED;
}

struct account_mark
account_mark(const struct build *b)
{
    return (struct account_mark){ b->objects.count, b->rows.count,
                                  b->s->diags.error_count };
}

void
account_statement(struct build *b, const struct stmt *stmt,
                  const struct account_mark *before)
{
    bool refused = b->s->diags.error_count != before->errors;

    b->out->account.counts[refused ? FATE_REFUSED : fate_of(b, stmt, before)]++;
}

void
account_skipped(struct build *b)
{
    b->out->account.counts[FATE_SKIPPED]++;
}

void
account_source(struct build *b, const struct ast *ast)
{
    struct account *a = &b->out->account;
    size_t in_sections = 0;

    VEC_EACH (i, &ast->sections)
        in_sections += ast->sections.items[i]->statements.count;
    a->statements += ast->statement_count;
    a->counts[FATE_SECTION] += in_sections;
    a->counts[FATE_REFUSED] += ast->statement_count - ast->statements.count - in_sections;
}
