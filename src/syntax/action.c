/*
 * Which actions of ALTER TABLE and ALTER TYPE the grammar reads, told by their first
 * words.  The others are kept as text.
 */
#include "grammar/parser.h"
#include "syntax/reader.h"

/* Words that begin an action that is kept whole.  Unknown words are left to the grammar,
 * which reports them. */
static const char *const other_words[] = {
    "enable", "disable",   "owner",      "no",        "engine",         "convert",
    "order",  "character", "default",    "partition", "charset",        "depends",
    "lock",   "algorithm", "row_format", "collate",   "auto_increment",
};

static bool
is_one_of(const struct reader *rd, size_t ahead, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (reader_peek_is(rd, ahead, words[i]))
            return true;
    return false;
}

static bool
ends(const struct reader *rd, size_t ahead)
{
    int kind = reader_peek_kind(rd, ahead);

    return kind == T_END || kind == ',' || kind == T_CASCADE || kind == T_RESTRICT;
}

/* ADD PARTITION … */
static bool
is_other_add(const struct reader *rd)
{
    return reader_peek_is(rd, 1, "partition") && reader_peek_kind(rd, 2) == '(';
}

/* DROP PARTITION p. */
static bool
is_other_drop(const struct reader *rd)
{
    return reader_peek_is(rd, 1, "partition") && !ends(rd, 2);
}

/* ALTER c SET INVISIBLE. */
static bool
is_other_set(const struct reader *rd, size_t at)
{
    return reader_peek_kind(rd, at) == T_SET
           && (reader_peek_is(rd, at + 1, "visible")
               || reader_peek_is(rd, at + 1, "invisible"));
}

/* ALTER c SET INVISIBLE, ALTER CONSTRAINT c NOT ENFORCED, ALTER INDEX i INVISIBLE. */
static bool
is_other_alter(const struct reader *rd)
{
    if (is_other_set(rd, reader_peek_kind(rd, 1) == T_COLUMN ? 3 : 2))
        return true;
    if (reader_peek_kind(rd, 1) == T_CONSTRAINT)
        return !reader_peek_is(rd, 3, "deferrable")
               && !reader_peek_is(rd, 4, "deferrable")
               && !reader_peek_is(rd, 3, "initially");
    if (reader_peek_kind(rd, 1) != T_INDEX)
        return false;
    switch (reader_peek_kind(rd, 2)) { /* else a column is called "index" */
    case T_TYPE:
    case T_ADD:
    case T_DROP:
    case T_SET:
        return false;
    default:
        return true;
    }
}

/* ENABLE TRIGGER, DISABLE RULE, …: the grammar reads them. */
static bool
is_enable(const struct reader *rd)
{
    size_t what = 1;

    if (!reader_peek_is(rd, 0, "enable") && !reader_peek_is(rd, 0, "disable"))
        return false;
    if (reader_peek_is(rd, 1, "replica") || reader_peek_is(rd, 1, "always"))
        what = 2;
    return reader_peek_kind(rd, what) == T_TRIGGER || reader_peek_is(rd, what, "rule");
}

static bool
is_row_security(const struct reader *rd, size_t at)
{
    return reader_peek_kind(rd, at) == T_ROW && reader_peek_is(rd, at + 1, "level");
}

static bool
is_other_word(const struct reader *rd)
{
    int kind = reader_peek_kind(rd, 0);

    if (reader_peek_is(rd, 0, "enable") || reader_peek_is(rd, 0, "disable"))
        return !is_row_security(rd, 1) && !is_enable(rd);
    if (kind == T_NO)
        return reader_peek_kind(rd, 1) != T_INHERIT && !reader_peek_is(rd, 1, "force");
    return is_one_of(rd, 0, other_words, ARRAY_LEN(other_words));
}

/*
 * Words that begin an action, and are names everywhere else: 0 for none.  ALTER c RESET
 * is not at its begin.
 */
int
reader_action_word(const struct reader *rd)
{
    static const struct {
        const char *word;
        int kind;
    } words[] = {
        { "attach", T_ATTACH_LA },   { "detach", T_DETACH_LA },   { "reset", T_RESET_LA },
        { "enable", T_ENABLE_LA },   { "disable", T_DISABLE_LA }, { "force", T_FORCE_LA },
        { "cluster", T_CLUSTER_LA }, { "replica", T_REPLICA_LA },
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (reader_peek_is(rd, 0, words[i].word))
            return words[i].kind;
    return 0;
}

static bool
is_other_table_action(const struct reader *rd)
{
    switch (reader_peek_kind(rd, 0)) {
    case T_ADD:
        return is_other_add(rd);
    case T_DROP:
        return is_other_drop(rd);
    case T_ALTER:
        return is_other_alter(rd);
    case T_SET:
        return false;
    default:
        return is_other_word(rd);
    }
}

static bool
is_other_type_action(const struct reader *rd)
{
    if (reader_peek_kind(rd, 0) == T_SET)
        return reader_peek_kind(rd, 1) == '(';
    return reader_peek_is(rd, 0, "owner");
}

bool
reader_is_other_action(const struct reader *rd)
{
    return rd->mode == READ_ALTER_TYPE ? is_other_type_action(rd)
                                       : is_other_table_action(rd);
}
