/*
 * Keywords that mean something else after what follows them: one token of look-ahead is
 * too little for the grammar to tell NOT before IN from any other NOT.
 */
#include "grammar/parser.h"
#include "syntax/reader.h"

static bool
is_name(int kind)
{
    const struct keyword *k;

    if (kind == T_IDENT)
        return true;
    k = keyword_of_token(kind);
    return k != NULL
           && (k->category == KEYWORD_UNRESERVED || k->category == KEYWORD_AS_LABEL
               || k->category == KEYWORD_COLUMN);
}

/* ---- JOIN without a condition ---- */

static bool
ends_from_clause(int kind)
{
    return kind == T_END || kind == T_WHERE || kind == T_GROUP || kind == T_ORDER
           || kind == T_HAVING || kind == T_LIMIT || kind == T_UNION || kind == T_EXCEPT
           || kind == T_INTERSECT || kind == T_WINDOW || kind == T_RETURNING
           || kind == T_SET || kind == ',';
}

#define JOIN_TOKENS_MAX 10000 /* a longer condition counts as one */

/*
 * a JOIN b WHERE …: SQLite and MySQL allow a JOIN without ON.  The conditions that follow
 * belong to the innermost JOIN first, so this one has none when there are too few.
 */
static bool
is_bare_join(const struct reader *rd)
{
    size_t joins = 1;
    size_t depth = 0;

    for (size_t i = 1; i < JOIN_TOKENS_MAX; i++) {
        int kind = reader_peek_kind(rd, i);

        if (kind == '(')
            depth++;
        else if (kind == ')' && depth-- == 0)
            return true;
        else if (depth == 0 && kind == T_JOIN)
            joins++;
        else if (depth == 0 && (kind == T_ON || kind == T_USING) && --joins == 0)
            return false;
        else if (kind == T_END || (depth == 0 && ends_from_clause(kind)))
            return true;
    }
    return false;
}

/* CROSS JOIN and NATURAL JOIN never have a condition. */
static bool
is_join_of_its_own(const struct reader *rd)
{
    int before = reader_kind_before(rd);
    size_t at = rd->at - (rd->at > rd->begin);

    while (before == T_OUTER || before == T_LEFT || before == T_RIGHT || before == T_FULL
           || before == T_INNER) {
        if (at <= rd->begin)
            return false;
        before = rd->tokens->all.items[--at].kind;
    }
    return before == T_CROSS || before == T_NATURAL;
}

/* ---- other keywords ---- */

static bool
followed_by_test(const struct reader *rd)
{
    size_t at = reader_peek_kind(rd, 1) == T_NOT ? 2 : 1;

    switch (reader_peek_kind(rd, at)) {
    case T_NULL:
    case T_TRUE:
    case T_FALSE:
    case T_UNKNOWN:
    case T_DISTINCT:
        return true;
    default:
        return reader_is_test(rd, at);
    }
}

static bool
followed_by_negatable(const struct reader *rd)
{
    switch (reader_peek_kind(rd, 1)) {
    case T_BETWEEN:
    case T_IN:
    case T_LIKE:
    case T_ILIKE:
    case T_SIMILAR:
    case T_GLOB:
    case T_REGEXP:
    case T_MATCH:
        return true;
    default:
        return false;
    }
}

/* MySQL's KEY name (column): not a column called key, as in `key varchar(10)`. */
static bool
begins_inline_key(const struct reader *rd)
{
    int before = reader_kind_before(rd);
    int next = reader_peek_kind(rd, 1);
    size_t open = next == '(' || next == T_USING ? 1 : 2;

    if (rd->mode != READ_CREATE_TABLE && rd->mode != READ_ALTER_TABLE)
        return false;
    if (before != T_UNIQUE && !reader_begins_element(rd))
        return false;
    if (open == 2 && !is_name(reader_peek_kind(rd, 1)))
        return false;
    return reader_peek_kind(rd, open) == T_USING
           || (reader_peek_kind(rd, open) == '('
               && reader_peek_kind(rd, open + 1) != T_NUMBER);
}

static bool
is_action_end(int kind)
{
    return kind == ',' || kind == T_END;
}

static bool
is_alter_position(const struct reader *rd)
{
    int before = reader_kind_before(rd);

    return rd->mode == READ_ALTER_TABLE && rd->depth == 0 && before != T_ADD
           && before != T_COLUMN;
}

static int
rename_on(const struct reader *rd)
{
    int what = reader_peek_kind(rd, 2);

    if (reader_peek_kind(rd, 1) == T_CONFLICT)
        return T_ON_CONFLICT;
    if (reader_peek_kind(rd, 1) == T_UPDATE
        && (what == T_CURRENT_TIMESTAMP || what == T_LOCALTIMESTAMP
            || reader_peek_is(rd, 2, "now")))
        return T_ON_TOUCH;
    return T_ON;
}

static int
rename_if(const struct reader *rd)
{
    int next = reader_peek_kind(rd, 1);

    return next == T_EXISTS || (next == T_NOT && reader_peek_kind(rd, 2) == T_EXISTS)
               ? T_IF_LA
               : T_IF;
}

int
reader_rename(const struct reader *rd, int kind)
{
    int next = reader_peek_kind(rd, 1);

    switch (kind) {
    case T_NOT:
        return followed_by_negatable(rd) ? T_NOT_LA : kind;
    case T_ANY: /* a type of SQLite */
        return next == '(' ? kind : T_IDENT;
    case T_NULLS:
        return next == T_FIRST || next == T_LAST ? T_NULLS_LA : kind;
    case T_WITH:
        return next == T_ORDINALITY ? T_WITH_LA : kind;
    case T_IS:
        return rd->mode == READ_COMMENT || rd->mode == READ_SIGNATURE
                       || followed_by_test(rd)
                   ? kind
                   : T_IS_LA;
    case T_ON:
        return rename_on(rd);
    case T_IF:
        return rename_if(rd);
    case T_KEY:
    case T_INDEX:
        return begins_inline_key(rd) ? T_KEY_LA : kind;
    case T_GENERATED:
        return next == T_ALWAYS || next == T_BY ? T_GENERATED_LA : kind;
    case T_COMMENT:
        return next == T_SCONST ? T_COMMENT_LA : kind;
    case T_NO:
        return next == T_INHERIT ? T_NO_LA : kind;
    case T_PARTITION:
        return rd->mode == READ_CREATE_TABLE && rd->depth == 0 && next == T_OF
                   ? T_PARTITION_LA
                   : kind;
    case T_USING:
        return next == T_INDEX && reader_peek_kind(rd, 2) == T_TABLESPACE ? T_USING_LA
                                                                          : kind;
    case T_JOIN:
        return !is_join_of_its_own(rd) && is_bare_join(rd) ? T_JOIN_BARE : kind;
    case T_FIRST:
        return is_alter_position(rd) && is_action_end(next) ? T_FIRST_LA : kind;
    case T_AFTER:
        return is_alter_position(rd) && is_action_end(reader_peek_kind(rd, 2))
                       && is_name(next)
                   ? T_AFTER_LA
                   : kind;
    default:
        return kind;
    }
}
