/*
 * The SQL words of the enumerations in expr/kinds.h, which all engines spell alike.
 */
#include "expr/kinds.h"

#include <assert.h>

#include "base/vec.h"

static const char *const constraint_words[] = {
    [CONSTRAINT_PRIMARY_KEY] = "PRIMARY KEY",
    [CONSTRAINT_UNIQUE] = "UNIQUE",
    [CONSTRAINT_CHECK] = "CHECK",
    [CONSTRAINT_FOREIGN_KEY] = "FOREIGN KEY",
    [CONSTRAINT_EXCLUDE] = "EXCLUDE",
};
static_assert(ARRAY_LEN(constraint_words) == CONSTRAINT_KIND_COUNT, "name every kind");

static const char *const action_words[] = {
    [FK_NO_ACTION] = "NO ACTION",     [FK_RESTRICT] = "RESTRICT",
    [FK_CASCADE] = "CASCADE",         [FK_SET_NULL] = "SET NULL",
    [FK_SET_DEFAULT] = "SET DEFAULT",
};
static_assert(ARRAY_LEN(action_words) == FK_SET_DEFAULT + 1, "name every action");

static const char *const match_words[] = {
    [FK_MATCH_SIMPLE] = "MATCH SIMPLE",
    [FK_MATCH_FULL] = "MATCH FULL",
    [FK_MATCH_PARTIAL] = "MATCH PARTIAL",
};
static_assert(ARRAY_LEN(match_words) == FK_MATCH_PARTIAL + 1, "name every match");

static const char *const deferrals[] = {
    [DEFERRAL_NONE] = "NOT DEFERRABLE",
    [DEFERRAL_IMMEDIATE] = "DEFERRABLE INITIALLY IMMEDIATE",
    [DEFERRAL_DEFERRED] = "DEFERRABLE INITIALLY DEFERRED",
};
static_assert(ARRAY_LEN(deferrals) == DEFERRAL_DEFERRED + 1, "name every deferral");

static const char *const nulls_words[] = {
    [NULLS_DEFAULT] = "",
    [NULLS_FIRST] = "NULLS FIRST",
    [NULLS_LAST] = "NULLS LAST",
};
static_assert(ARRAY_LEN(nulls_words) == NULLS_LAST + 1, "name every order");

static const char *const routine_words[] = {
    [ROUTINE_FUNCTION] = "function",
    [ROUTINE_PROCEDURE] = "procedure",
    [ROUTINE_AGGREGATE] = "aggregate",
    [ROUTINE_ANY] = "routine",
};
static_assert(ARRAY_LEN(routine_words) == ROUTINE_ANY + 1, "name every kind");

static const char *const section_words[] = {
    [SECTION_MIGRATE] = "migrate",
    [SECTION_ROLLBACK] = "rollback",
    [SECTION_VERIFY] = "verify",
};
static_assert(ARRAY_LEN(section_words) == SECTION_VERIFY + 1, "name every section");

const char *
constraint_kind_words(enum constraint_kind kind)
{
    return constraint_words[kind];
}

const char *
fk_action_words(enum fk_action action)
{
    return action_words[action];
}

const char *
fk_match_words(enum fk_match match)
{
    return match_words[match];
}

const char *
deferral_words(enum deferral deferral)
{
    return deferrals[deferral];
}

const char *
nulls_order_words(enum nulls_order nulls)
{
    return nulls_words[nulls];
}

const char *
routine_kind_word(enum routine_kind kind)
{
    return routine_words[kind];
}

const char *
partition_strategy_words(enum partition_strategy strategy)
{
    static const char *const words[] = {
        [PARTITION_RANGE] = "RANGE",
        [PARTITION_LIST] = "LIST",
        [PARTITION_HASH] = "HASH",
    };
    static_assert(ARRAY_LEN(words) == PARTITION_STRATEGY_COUNT, "name every strategy");

    return words[strategy];
}

const char *
section_kind_word(enum section_kind kind)
{
    return section_words[kind];
}

static const char *const power_words[] = {
    "SUPERUSER", "CREATEDB", "CREATEROLE", "INHERIT", "LOGIN", "REPLICATION", "BYPASSRLS",
};
static_assert(ARRAY_LEN(power_words) == POWER_COUNT, "name every power");

const char *
role_power_word(unsigned number)
{
    assert(number < POWER_COUNT);
    return power_words[number];
}
