/*
 * Which statements take a lock that readers or writers of a table in use queue behind.
 */
#include "lint/script.h"

static bool
drops_old_index(struct script *sc, const struct ast_drop *d, struct slice text)
{
    struct script_words words;

    script_words_read(sc->a, text, &words);
    if (script_says(&words, "concurrently"))
        return false;
    VEC_EACH (i, &d->names.all)
        if (!script_made_index(sc, d->names.all.items[i].name))
            return true;
    return false;
}

/* Those that take SHARE UPDATE EXCLUSIVE or less. */
static bool
lets_rows_pass(const struct ast_alter *action)
{
    return action->kind == ALTER_VALIDATE_CONSTRAINT
           || action->kind == ALTER_COLUMN_STATISTICS
           || action->kind == ALTER_ATTACH_PARTITION || action->kind == ALTER_CLUSTER_ON
           || action->kind == ALTER_WITHOUT_CLUSTER || action->kind == ALTER_SET_OPTIONS
           || action->kind == ALTER_RESET_OPTIONS;
}

static bool
alter_waits(struct script *sc, const struct stmt *stmt)
{
    const struct ast_alter_table *t = stmt->u.alter_table;
    struct script_words words;

    if (t->object == OBJECT_INDEX || script_made_table(sc, &t->name))
        return false;
    script_words_read(sc->a, stmt->text, &words);
    if (script_says(&words, "concurrently"))
        return false;
    VEC_EACH (i, &t->actions)
        if (!lets_rows_pass(t->actions.items[i]))
            return true;
    return false;
}

static bool
refers_to_old(struct script *sc, const struct ast_constraint *k)
{
    return k->kind == CONSTRAINT_FOREIGN_KEY && !script_made_table(sc, &k->ref_table);
}

static bool
create_table_waits(struct script *sc, const struct ast_create_table *t)
{
    if (t->bound != NULL && !script_made_table(sc, &t->parents.all.items[0]))
        return true;
    VEC_EACH (i, &t->constraints)
        if (refers_to_old(sc, t->constraints.items[i]))
            return true;
    VEC_EACH (i, &t->columns)
        VEC_EACH (k, &t->columns.items[i]->constraints)
            if (refers_to_old(sc, t->columns.items[i]->constraints.items[k]))
                return true;
    return false;
}

static bool
drop_waits(struct script *sc, const struct stmt *stmt)
{
    const struct ast_drop *d = stmt->u.drop;

    if (d->object == OBJECT_INDEX)
        return drops_old_index(sc, d, stmt->text);
    if (d->object == OBJECT_VIEW || d->object == OBJECT_MATERIALIZED_VIEW
        || d->object == OBJECT_TRIGGER || d->object == OBJECT_POLICY
        || d->object == OBJECT_RULE)
        return true;
    VEC_EACH (i, &d->names.all)
        if (d->object == OBJECT_TABLE && !script_made_table(sc, &d->names.all.items[i]))
            return true;
    return false;
}

static bool
unparsed_waits(struct script *sc, const struct stmt *stmt)
{
    struct script_words words;
    struct slice verb;

    script_words_read(sc->a, stmt->text, &words);
    verb = script_word(&words, 0);
    if (slice_is(verb, "reindex"))
        return !script_says(&words, "concurrently");
    if (slice_is(verb, "vacuum"))
        return script_says(&words, "full");
    return slice_is(verb, "cluster") || slice_is(verb, "lock")
           || slice_is(verb, "truncate");
}

bool
script_waits(struct script *sc, const struct stmt *stmt)
{
    if (stmt->kind == STMT_ALTER_TABLE)
        return alter_waits(sc, stmt);
    if (stmt->kind == STMT_CREATE_TABLE)
        return create_table_waits(sc, stmt->u.create_table);
    if (stmt->kind == STMT_CREATE_INDEX)
        return !stmt->u.create_index->concurrently
               && !script_made_table(sc, &stmt->u.create_index->table);
    if (stmt->kind == STMT_CREATE_TRIGGER)
        return !script_made_table(sc, &stmt->u.create_trigger->table);
    if (stmt->kind == STMT_CREATE_POLICY || stmt->kind == STMT_ALTER_POLICY)
        return !script_made_table(sc, &stmt->u.policy->table);
    if (stmt->kind == STMT_CREATE_RULE)
        return !script_made_table(sc, &stmt->u.create_rule->table);
    if (stmt->kind == STMT_DROP)
        return drop_waits(sc, stmt);
    if (stmt->kind == STMT_RENAME)
        return stmt->u.rename->object == OBJECT_TABLE
               && !script_made_table(sc, &stmt->u.rename->name);
    return (stmt->kind == STMT_SKIPPED || stmt->kind == STMT_RAW)
           && unparsed_waits(sc, stmt);
}
