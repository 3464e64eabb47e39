/*
 * What became of each statement: who decides it says so, and where nobody does it is what
 * statements of that kind do.
 */
#include "resolve/account.h"

#include <assert.h>

/* What a statement does that makes nothing new. */
static const enum fate usual_fates[] = {
    [STMT_CREATE_TABLE] = FATE_THERE, /* IF NOT EXISTS, or a view that is replaced */
    [STMT_CREATE_VIEW] = FATE_THERE,
    [STMT_CREATE_INDEX] = FATE_THERE,
    [STMT_CREATE_ENUM] = FATE_THERE,
    [STMT_CREATE_EXTENSION] = FATE_THERE,
    [STMT_CREATE_SCHEMA] = FATE_THERE,
    [STMT_CREATE_TRIGGER] = FATE_THERE,
    [STMT_CREATE_DOMAIN] = FATE_THERE,
    [STMT_CREATE_COMPOSITE] = FATE_THERE,
    [STMT_CREATE_RANGE] = FATE_THERE,
    [STMT_CREATE_SEQUENCE] = FATE_THERE,
    [STMT_CREATE_VIRTUAL] = FATE_THERE,
    [STMT_CREATE_STATISTICS] = FATE_THERE,
    [STMT_ROLE] = FATE_ALTERED,
    [STMT_CREATE_ROUTINE] = FATE_ALTERED, /* OR REPLACE */
    [STMT_CREATE_RULE] = FATE_ALTERED,
    [STMT_CREATE_POLICY] = FATE_ALTERED,
    [STMT_ALTER_TABLE] = FATE_ALTERED,
    [STMT_ALTER_TYPE] = FATE_ALTERED,
    [STMT_ALTER_OBJECT] = FATE_ALTERED,
    [STMT_ALTER_ROUTINE] = FATE_ALTERED,
    [STMT_ALTER_POLICY] = FATE_ALTERED,
    [STMT_RENAME] = FATE_ALTERED,
    [STMT_RENAME_ON] = FATE_ALTERED,
    [STMT_GRANT] = FATE_ALTERED,
    [STMT_RAW] = FATE_ALTERED, /* OWNER TO */
    [STMT_DROP] = FATE_DROPPED,
    [STMT_DROP_ROUTINE] = FATE_DROPPED,
    [STMT_COMMENT] = FATE_COMMENT,
    [STMT_QUERY] = FATE_SKIPPED,
    [STMT_SKIPPED] = FATE_SKIPPED,
};

static_assert(ARRAY_LEN(usual_fates) == STMT_SKIPPED + 1, "account for every statement");

void
account_begin(struct build *b, const struct stmt *stmt)
{
    b->at_hand = (struct at_hand){ .fate = usual_fates[stmt->kind],
                                   .errors = b->s->diags.error_count };
}

void
account_say(struct build *b, enum fate fate)
{
    if (b->at_hand.is_said)
        return;
    b->at_hand.fate = fate;
    b->at_hand.is_said = true;
}

void
account_end(struct build *b)
{
    bool refused = b->s->diags.error_count != b->at_hand.errors;

    b->out->account.counts[refused ? FATE_REFUSED : b->at_hand.fate]++;
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
