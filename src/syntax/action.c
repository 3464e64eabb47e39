/*
 * Which actions of ALTER TABLE and ALTER TYPE the grammar reads, told by their first
 * words.  The others are kept as text.
 */
#include "grammar/parser.h"
#include "syntax/reader.h"

/* Words that begin an action that is kept whole.  Unknown words are left to the grammar,
 * which reports them. */
static const char *const other_words[] = {
    "enable",  "disable",   "force",     "owner",      "cluster",
    "replica", "no",        "inherit",   "attach",     "detach",
    "reset",   "engine",    "convert",   "order",      "of",
    "not",     "character", "default",   "partition",  "charset",
    "depends", "lock",      "algorithm", "row_format", "auto_increment",
    "collate",
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

/* ALTER c SET STATISTICS …, ALTER CONSTRAINT …, ALTER c RESTART. */
static bool
is_other_alter(const struct reader *rd)
{
    size_t verb = reader_peek_kind(rd, 1) == T_COLUMN ? 3 : 2;
    int what = reader_peek_kind(rd, verb + 1);

    switch (reader_peek_kind(rd, verb)) {
    case T_TYPE:
    case T_ADD:
    case T_DROP:
        return reader_peek_kind(rd, 1) == T_CONSTRAINT;
    case T_SET:
        return what != T_DATA && what != T_DEFAULT && what != T_NOT;
    default:
        return reader_peek_is(rd, verb, "reset") || reader_peek_is(rd, verb, "restart")
               || reader_peek_kind(rd, 1) == T_CONSTRAINT
               || reader_peek_kind(rd, 1) == T_INDEX;
    }
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
        return reader_peek_kind(rd, 1) != T_SCHEMA;
    default:
        return is_one_of(rd, 0, other_words, ARRAY_LEN(other_words));
    }
}

static bool
is_other_type_action(const struct reader *rd)
{
    int next = reader_peek_kind(rd, 1);

    switch (reader_peek_kind(rd, 0)) {
    case T_ADD:
        return reader_peek_is(rd, 1, "attribute");
    case T_RENAME:
        return next != T_VALUE && next != T_TO;
    case T_DROP:
    case T_ALTER:
    case T_SET:
        return true;
    default:
        return reader_peek_is(rd, 0, "owner");
    }
}

bool
reader_is_other_action(const struct reader *rd)
{
    return rd->mode == READ_ALTER_TYPE ? is_other_type_action(rd)
                                       : is_other_table_action(rd);
}
