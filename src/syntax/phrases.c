/*
 * Words that only together mean something, after what stands before and behind them:
 * OPERATOR(schema.+), IS JSON OBJECT, the fields of an interval.
 */
#include <string.h>

#include "grammar/parser.h"
#include "syntax/reader.h"

static int
kind_behind(const struct reader *rd, size_t back)
{
    return rd->at >= rd->begin + back ? rd->tokens->all.items[rd->at - back].kind : T_END;
}

static bool
is_behind(const struct reader *rd, size_t back, const char *word)
{
    return rd->at >= rd->begin + back
           && token_is_word(rd->tokens, &rd->tokens->all.items[rd->at - back], word);
}

/* ---- IS … ---- */

static const char *const tests[] = {
#define TEST(words) words,
#include "syntax/phrases.def"
#undef TEST
};

/* The longest test that begins at token `ahead`; 0: none. */
static size_t
find_test(const struct reader *rd, size_t ahead, struct slice *text)
{
    size_t longest = 0;

    for (size_t i = 0; i < ARRAY_LEN(tests); i++) {
        size_t n = reader_match(rd, ahead, tests[i]);

        if (n > longest) {
            longest = n;
            *text = slice_from(tests[i]);
        }
    }
    return longest;
}

bool
reader_is_test(const struct reader *rd, size_t ahead)
{
    struct slice text;

    return find_test(rd, ahead, &text) > 0;
}

/* ---- OPERATOR(schema.+) ---- */

static bool
is_operator(int kind)
{
    return kind == T_OP || kind == T_NOT_EQUALS || kind == T_LESS_EQUALS
           || kind == T_GREATER_EQUALS
           || (kind < 256 && strchr("+-*/%^<>=?", kind) != NULL && kind != 0);
}

/* What every search path has first is no different when it is written. */
static struct slice
operator_text(struct reader *rd, struct slice schema, struct slice op)
{
    if (slice_is_none(schema) || slice_is(schema, "pg_catalog"))
        return slice_is(op, "!=") ? SLICE("<>") : slice_is(op, "==") ? SLICE("=") : op;
    return slice_format(rd->arena, "OPERATOR(%.*s.%.*s)", SLICE_ARG(schema),
                        SLICE_ARG(op));
}

static size_t
find_operator(struct reader *rd, struct slice *text)
{
    struct slice schema = SLICE_NONE;
    size_t at = 2;

    if (!reader_peek_is(rd, 0, "operator") || reader_peek_kind(rd, 1) != '(')
        return 0;
    if (reader_peek_kind(rd, 3) == '.') {
        schema = token_text(rd->tokens, reader_peek(rd, 2));
        at = 4;
    }
    if (!is_operator(reader_peek_kind(rd, at)) || reader_peek_kind(rd, at + 1) != ')')
        return 0;
    *text = operator_text(rd, schema, token_text(rd->tokens, reader_peek(rd, at)));
    return at + 2;
}

/* ---- intervals ---- */

static const struct {
    const char *unit;
    const char *value;
} units[] = {
#define UNIT(word, value) { word, value },
#include "syntax/phrases.def"
#undef UNIT
};

static bool
find_unit(const struct reader *rd, size_t ahead, struct slice *value)
{
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (reader_peek_is(rd, ahead, units[i].unit)) {
            if (value != NULL)
                *value = slice_from(units[i].value);
            return true;
        }
    return false;
}

/* Tokens of the amount of INTERVAL n SECOND that begins at `ahead`: n, -1, (a + 1). */
static size_t
amount_length(const struct reader *rd, size_t ahead)
{
    size_t sign = reader_peek_kind(rd, ahead) == '-' ? 1 : 0;
    size_t depth = 0;

    if (reader_peek_kind(rd, ahead + sign) != '(')
        return sign + 1;
    for (size_t n = sign;; n++) {
        int kind = reader_peek_kind(rd, ahead + n);

        if (kind == T_END)
            return 0;
        if (kind == '(')
            depth++;
        else if (kind == ')' && --depth == 0)
            return n + 1;
    }
}

static bool
begins_amount(int kind)
{
    return kind == T_NUMBER || kind == T_IDENT || kind == T_PARAM || kind == '-'
           || kind == '(';
}

/* INTERVAL n SECOND of MySQL: its unit is remembered until it comes. */
static bool
begins_interval(struct reader *rd)
{
    size_t n;

    if (!reader_peek_is(rd, 0, "interval") || !begins_amount(reader_peek_kind(rd, 1)))
        return false;
    n = amount_length(rd, 1);
    if (n == 0 || !find_unit(rd, 1 + n, NULL))
        return false;
    rd->interval_unit = rd->at + 1 + n;
    return true;
}

/* INTERVAL '1-2' YEAR TO MONTH: the fields are part of the type. */
static size_t
find_interval_fields(struct reader *rd, struct slice *text)
{
    static const char *const fields[] = {
#define FIELDS(words) words,
#include "syntax/phrases.def"
#undef FIELDS
    };

    if (kind_behind(rd, 1) != T_SCONST || !is_behind(rd, 2, "interval"))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        size_t n = reader_match(rd, 0, fields[i]);

        if (n > 0) {
            *text = slice_format(rd->arena, "interval %s", fields[i]);
            return n;
        }
    }
    return 0;
}

/* ---- MERGE, SEARCH, TABLESAMPLE ---- */

static const char *const merge_whens[] = {
    "when matched",
    "when not matched",
    "when not matched by source",
    "when not matched by target",
};

static size_t
find_when(const struct reader *rd, struct slice *text)
{
    size_t longest = 0;

    for (size_t i = 0; i < ARRAY_LEN(merge_whens); i++) {
        size_t n = reader_match(rd, 0, merge_whens[i]);

        if (n > longest) {
            longest = n;
            *text = slice_from(merge_whens[i]);
        }
    }
    return longest;
}

static size_t
find_search(const struct reader *rd, struct slice *text)
{
    static const char *const searches[] = { "search depth first by",
                                            "search breadth first by" };
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(searches) && n == 0; i++) {
        *text = slice_from(searches[i]);
        n = reader_match(rd, 0, searches[i]);
    }
    return n;
}

/* Words that are clauses where such tokens follow them; 0: it is none. */
static size_t
find_clause(struct reader *rd, int *kind, struct slice *text)
{
    size_t n = find_search(rd, text);

    if (n > 0) {
        *kind = T_SEARCH_LA;
        return n;
    }
    if (reader_peek_is(rd, 0, "tablesample") && reader_peek_kind(rd, 2) == '(')
        *kind = T_TABLESAMPLE;
    else if (reader_peek_is(rd, 0, "indexed") && reader_peek_kind(rd, 1) == T_BY)
        *kind = T_INDEXED_BY;
    else if (reader_peek_is(rd, 0, "repeatable") && kind_behind(rd, 1) == ')')
        *kind = T_REPEATABLE;
    else if (reader_peek_is(rd, 0, "merge") && reader_peek_kind(rd, 1) == T_INTO)
        *kind = T_MERGE;
    if (*kind == T_MERGE)
        rd->merges = true;
    if (*kind == T_INDEXED_BY)
        return 2;
    return *kind == T_IDENT ? 0 : 1;
}

/* ---- UPDATE ---- */

/* Does a comma or a JOIN stand before the SET: UPDATE a JOIN b ON … SET, of MySQL? */
static bool
updates_many(const struct reader *rd)
{
    size_t depth = 0;

    for (size_t i = 1;; i++) {
        int kind = reader_peek_kind(rd, i);

        if (kind == T_END
            || (depth == 0 && (kind == T_SET || kind == ')' || kind == ';')))
            return false;
        if (depth == 0 && (kind == ',' || kind == T_JOIN))
            return true;
        if (kind == '(')
            depth++;
        else if (kind == ')')
            depth--;
    }
}

/* The UPDATE that begins a statement, in MySQL's forms. */
static size_t
find_update(struct reader *rd, int *kind, struct slice *text)
{
    int before = kind_behind(rd, 1);
    bool ignore = reader_peek_kind(rd, 1) == T_IGNORE && reader_peek_kind(rd, 2) != T_SET;

    if (before != T_END && before != '(' && before != ')')
        return 0;
    if (!updates_many(rd)) {
        *kind = ignore ? T_UPDATE_IGNORE : T_UPDATE;
        *text = SLICE("ignore");
        return ignore ? 2 : 0;
    }
    rd->updates_many = true;
    *kind = T_UPDATE_MANY;
    *text = ignore ? SLICE("ignore") : SLICE_NONE;
    return ignore ? 2 : 1;
}

/* ---- MySQL's words in CREATE and ALTER TABLE ---- */

static const struct {
    const char *words;
    const char *part;
} dropped_parts[] = {
    { "drop primary key", "primary key" },
    { "drop foreign key", "foreign key" },
    { "drop index", "index" },
    { "drop key", "key" },
    { "drop check", "check" },
};

static bool
ends_action(const struct reader *rd, size_t ahead)
{
    int kind = reader_peek_kind(rd, ahead);

    return kind == T_END || kind == ',' || kind == T_CASCADE || kind == T_RESTRICT;
}

/* DROP INDEX i, but not the column of DROP index. */
static size_t
find_dropped_part(const struct reader *rd, struct slice *text)
{
    for (size_t i = 0; i < ARRAY_LEN(dropped_parts); i++) {
        size_t n = reader_match(rd, 0, dropped_parts[i].words);

        if (n > 0 && (n == 3 || !ends_action(rd, n))) {
            *text = slice_from(dropped_parts[i].part);
            return n;
        }
    }
    return 0;
}

/* FULLTEXT KEY k (c), FULLTEXT (c), FULLTEXT k (c). */
static size_t
find_fulltext(const struct reader *rd, struct slice *text)
{
    int next = reader_peek_kind(rd, 1);

    *text = reader_peek_is(rd, 0, "fulltext") ? SLICE("fulltext") : SLICE("spatial");
    if (!reader_peek_is(rd, 0, "fulltext") && !reader_peek_is(rd, 0, "spatial"))
        return 0;
    if (next == T_KEY || next == T_INDEX)
        return 2;
    return next == '(' || (next == T_IDENT && reader_peek_kind(rd, 2) == '(') ? 1 : 0;
}

static bool
begins_element(const struct reader *rd)
{
    int before = kind_behind(rd, 1);

    return (rd->mode == READ_CREATE_TABLE && rd->depth == 1
            && (before == '(' || before == ','))
           || (rd->mode == READ_ALTER_TABLE && rd->depth == 0 && before == T_ADD);
}

static bool
begins_action(const struct reader *rd)
{
    return rd->mode == READ_ALTER_TABLE && reader_begins_action(rd);
}

/* a int KEY: the primary key. */
static bool
is_key_of_column(const struct reader *rd)
{
    int before = kind_behind(rd, 1);
    int next = reader_peek_kind(rd, 1);

    if (rd->mode != READ_CREATE_TABLE || rd->depth != 1 || begins_element(rd))
        return false;
    return before != T_PRIMARY && before != T_FOREIGN && before != T_UNIQUE
           && (next == ',' || next == ')');
}

static size_t
find_mysql_word(struct reader *rd, int *kind, struct slice *text)
{
    size_t n = 0;

    if (begins_element(rd) && (n = find_fulltext(rd, text)) > 0) {
        *kind = T_FULLTEXT;
    } else if (begins_action(rd) && *kind == T_DROP
               && (n = find_dropped_part(rd, text)) > 0) {
        *kind = T_DROP_PART;
    } else if (begins_action(rd) && *kind == T_RENAME
               && (reader_peek_kind(rd, 1) == T_INDEX || reader_peek_kind(rd, 1) == T_KEY)
               && reader_peek_kind(rd, 2) != T_TO) {
        n = 2;
        *kind = T_RENAME_INDEX;
    } else if (begins_action(rd) && *kind == T_RENAME && ends_action(rd, 2)) {
        n = 1;
        *kind = T_RENAME_BARE;
    } else if (begins_action(rd) && reader_peek_is(rd, 0, "modify")) {
        n = 1;
        *kind = T_MODIFY;
    } else if (begins_action(rd) && reader_peek_is(rd, 0, "change")) {
        n = 1;
        *kind = T_CHANGE;
    } else if (*kind == T_KEY && is_key_of_column(rd)) {
        n = 1;
        *kind = T_KEY_ALONE;
    } else if (rd->at == rd->begin && *kind == T_RENAME
               && reader_peek_kind(rd, 1) == T_TABLE) {
        n = 2;
        *kind = T_RENAME_TABLE;
    } else if (rd->mode == READ_CREATE_TABLE && rd->depth == 1 && !begins_element(rd)
               && (reader_peek_is(rd, 0, "invisible") || reader_peek_is(rd, 0, "visible"))
               && (ends_action(rd, 1) || reader_peek_kind(rd, 1) == ')')) {
        n = 1;
        *kind = T_INVISIBLE;
    }
    return n;
}

/* ---- NOT NULL ---- */

static bool
ends_operand(int kind)
{
    return kind == T_IDENT || kind == T_NUMBER || kind == T_SCONST || kind == ')'
           || kind == ']' || kind == T_PARAM;
}

/*
 * SQLite's `a NOT NULL`, which is a IS NOT NULL.  Where a column or a domain is declared,
 * it is a constraint.
 */
static bool
is_not_null_operator(const struct reader *rd)
{
    bool declares = rd->mode == READ_CREATE_TABLE || rd->mode == READ_ALTER_TABLE;

    if (reader_peek_kind(rd, 1) != T_NULL || !ends_operand(kind_behind(rd, 1)))
        return false;
    if (declares)
        return rd->depth > 1;
    return rd->depth > 0 || rd->tokens->all.items[rd->begin + 1].kind != T_DOMAIN;
}

/* What begins with a keyword. */
static size_t
find_keyword_phrase(struct reader *rd, int *kind, struct slice *text)
{
    size_t n = 0;

    if (*kind == T_NOT && reader_peek_is(rd, 1, "indexed")
        && kind_behind(rd, 1) != T_WHERE) {
        *kind = T_NOT_INDEXED;
        return 2;
    }
    if (*kind == T_NOT && is_not_null_operator(rd)) {
        *kind = T_NOT_NULL;
        return 2;
    }
    if (*kind == T_ON && reader_match(rd, 0, "on duplicate key update") > 0) {
        *kind = T_ON_DUPLICATE;
        rd->updates_duplicates = true;
        return 4;
    }
    if (*kind == T_VALUES && rd->updates_duplicates) {
        *kind = T_VALUES_LA;
        return 1;
    }
    if (*kind == T_UPDATE)
        return find_update(rd, kind, text);
    if (*kind == T_SET && rd->updates_many && rd->depth == 0) {
        *kind = T_SET_LA;
        return 1;
    }
    if (*kind == T_WHEN && rd->merges) {
        n = find_when(rd, text);
        *kind = n > 0 ? T_WHEN_LA : T_WHEN;
    }
    return n;
}

/* What begins with a word that is no keyword. */
static size_t
find_word_phrase(struct reader *rd, int *kind, struct slice *text)
{
    size_t n;

    if (begins_interval(rd)) {
        *kind = T_INTERVAL_LA;
        return 1;
    }
    n = find_operator(rd, text);
    if (n > 0) {
        *kind = T_OP;
        return n;
    }
    n = find_interval_fields(rd, text);
    if (n > 0) {
        *kind = T_INTERVAL_FIELDS;
        return n;
    }
    return find_clause(rd, kind, text);
}

/* ---- AT TIME ZONE and others that always mean the same ---- */

/* ALTER c SET GENERATED …, SET START …: about the numbers of an identity. */
static bool
sets_numbers(const struct reader *rd)
{
    static const char *const words[] = { "generated", "start", "increment", "minvalue",
                                         "maxvalue",  "cache", "cycle",     "no",
                                         "sequence",  "restart" };

    if (rd->mode != READ_ALTER_TABLE || rd->depth > 0 || reader_begins_action(rd))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (reader_peek_is(rd, 1, words[i]))
            return true;
    return false;
}

static size_t
find_joined_words(const struct reader *rd, int *kind)
{
    bool zone = reader_peek_is(rd, 1, "time") && reader_peek_is(rd, 2, "zone");

    if (*kind == T_WITH && zone)
        *kind = T_WITH_TIME_ZONE;
    else if (*kind == T_WITHOUT && zone)
        *kind = T_WITHOUT_TIME_ZONE;
    else if (*kind == T_IDENT && zone && reader_peek_is(rd, 0, "at"))
        *kind = T_AT_TIME_ZONE;
    else
        zone = false;
    if (zone)
        return 3;
    if (*kind == T_SET && sets_numbers(rd)) {
        *kind = T_SET_NUMBERS;
        return 1;
    }
    if (*kind == T_NO && reader_begins_action(rd) && reader_peek_is(rd, 1, "force")) {
        *kind = T_NO_FORCE_LA;
        return 2;
    }
    if (*kind == T_IDENT && reader_peek_kind(rd, 1) == T_SET
        && reader_peek_is(rd, 0, "character")) {
        *kind = T_CHARACTER_SET;
        return 2;
    }
    return 0;
}

/* ---- all of them ---- */

size_t
reader_find_phrase(struct reader *rd, int *kind, struct slice *text)
{
    int before = kind_behind(rd, 1);
    size_t n = find_joined_words(rd, kind);

    if (n > 0)
        return n;

    if (before == T_IS || (before == T_NOT && kind_behind(rd, 2) == T_IS))
        n = find_test(rd, 0, text);
    if (n > 0) {
        *kind = T_IDENT;
        return n;
    }
    if (rd->interval_unit != 0 && rd->interval_unit == rd->at) {
        rd->interval_unit = 0;
        (void)find_unit(rd, 0, text);
        *kind = T_INTERVAL_UNIT;
        return 1;
    }
    n = find_mysql_word(rd, kind, text);
    if (n > 0)
        return n;
    return *kind == T_IDENT ? find_word_phrase(rd, kind, text)
                            : find_keyword_phrase(rd, kind, text);
}
