/*
 * Which words of a declaration are keywords that fmt writes in capitals.  Reserved words
 * are always; the others are names as well, so they are keywords where they stand in one
 * of the phrases below, at the head of a statement, or alone outside of parentheses
 * where no name is due.
 */
#include "syntax/format.h"

#include "grammar/parser.h"

/* "#" is a number. */
#define PHRASE_WORDS_MAX 5

static const char *const phrases[][PHRASE_WORDS_MAX] = {
    { "if", "not", "exists" },
    { "if", "exists" },
    { "is", "null" },
    { "is", "not", "null" },
    { "is", "distinct", "from" },
    { "is", "not", "distinct", "from" },
    { "nulls", "not", "distinct" },
    { "nulls", "first" },
    { "nulls", "last" },
    { "on", "delete", "cascade" },
    { "on", "delete", "restrict" },
    { "on", "delete", "no", "action" },
    { "on", "delete", "set", "null" },
    { "on", "delete", "set", "default" },
    { "on", "update", "cascade" },
    { "on", "update", "restrict" },
    { "on", "update", "no", "action" },
    { "on", "update", "set", "null" },
    { "on", "update", "set", "default" },
    { "on", "conflict", "replace" },
    { "on", "conflict", "ignore" },
    { "on", "conflict", "fail" },
    { "on", "conflict", "abort" },
    { "on", "conflict", "rollback" },
    { "generated", "by", "default" },
    { "generated", "always" },
    { "start", "with" },
    { "start", "#" },
    { "increment", "by" },
    { "increment", "#" },
    { "minvalue", "#" },
    { "maxvalue", "#" },
    { "no", "minvalue" },
    { "no", "maxvalue" },
    { "no", "cycle" },
    { "cache", "#" },
    { "restart", "with" },
    { "owned", "by", "none" },
    { "owned", "by" },
    { "owner", "to" },
    { "using", "index", "tablespace" },
    { "using", "index" },
    { "without", "rowid", ",", "strict" },
    { "without", "rowid" },
    { ")", "strict" },
    { "inherits", "(" },
    { "including", "all" },
    { "including", "comments" },
    { "including", "compression" },
    { "including", "constraints" },
    { "including", "defaults" },
    { "including", "generated" },
    { "including", "identity" },
    { "including", "indexes" },
    { "including", "statistics" },
    { "including", "storage" },
    { "excluding", "all" },
    { "excluding", "comments" },
    { "excluding", "compression" },
    { "excluding", "constraints" },
    { "excluding", "defaults" },
    { "excluding", "generated" },
    { "excluding", "identity" },
    { "excluding", "indexes" },
    { "excluding", "statistics" },
    { "excluding", "storage" },
    { "attach", "partition" },
    { "detach", "partition" },
    { "enable", "row", "level", "security" },
    { "disable", "row", "level", "security" },
    { "no", "force", "row", "level", "security" },
    { "force", "row", "level", "security" },
    { "enable", "trigger" },
    { "disable", "trigger" },
    { "replica", "identity" },
    { "cluster", "on" },
    { "set", "statistics" },
    { "set", "storage" },
    { "set", "compression" },
    { "set", "logged" },
    { "set", "unlogged" },
    { "set", "schema" },
    { "set", "tablespace" },
    { "add", "value" },
    { "rename", "value" },
    { "add", "attribute" },
    { "alter", "attribute" },
    { "drop", "attribute" },
    { "rename", "attribute" },
    { "validate", "constraint" },
    { "with", "grant", "option" },
    { "grant", "option", "for" },
};

/* What may stand between the verb of a statement and the name of its object. */
static const char *const head_words[] = {
    "or",    "replace", "unique",   "index",  "concurrently", "table",     "type",
    "view",  "domain",  "sequence", "schema", "extension",    "unlogged",  "temp",
    "on",    "only",    "column",   "role",   "temporary",    "trigger",   "policy",
    "rule",  "function", "procedure", "routine", "aggregate", "materialized",
};

/* Behind these stands a name, which may be spelt like a keyword. */
static const char *const before_names[] = {
    "references", "constraint", "collate", "table", "exists",     "index", "view", "type",
    "column",     "add",        "drop",    "alter", "rename",     "to",    "on",   "into",
    "schema",     "extension",  "only",    "using", "tablespace", "key",   "from",
};

static bool
is_word(const struct tokens *t, size_t i, const char *word)
{
    return i < t->all.count && token_is_word(t, &t->all.items[i], word);
}

static bool
is_one_of(const struct tokens *t, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (is_word(t, i, words[k]))
            return true;
    return false;
}

static bool
matches(const struct tokens *t, size_t i, const char *word)
{
    if (word[0] == '#')
        return i < t->all.count && t->all.items[i].kind == T_NUMBER;
    if (word[0] == '(' || word[0] == ')' || word[0] == ',')
        return i < t->all.count && t->all.items[i].kind == word[0];
    return is_word(t, i, word);
}

size_t
format_phrase_length(const struct tokens *t, size_t i)
{
    for (size_t k = 0; k < ARRAY_LEN(phrases); k++) {
        size_t n = 0;

        while (n < PHRASE_WORDS_MAX && phrases[k][n] != NULL
               && matches(t, i + n, phrases[k][n]))
            n++;
        if (n == PHRASE_WORDS_MAX || phrases[k][n] == NULL)
            return n;
    }
    return 0;
}

bool
format_is_word(const struct token *t)
{
    return t->kind == T_IDENT || keyword_of_token(t->kind) != NULL;
}

size_t
format_head_length(const struct tokens *t, size_t begin)
{
    size_t n = 1;

    while (is_one_of(t, begin + n, head_words, ARRAY_LEN(head_words))
           && begin + n + 1 < t->all.count
           && format_is_word(&t->all.items[begin + n + 1]))
        n++;
    return n;
}

/* WITH of "timestamp with time zone": the words of a type keep their spelling. */
static bool
is_with_of_type(const struct tokens *t, size_t i)
{
    return (is_word(t, i, "with") || is_word(t, i, "without"))
           && is_word(t, i + 1, "time") && is_word(t, i + 2, "zone");
}

static bool
is_dotted(const struct tokens *t, size_t i)
{
    return (i + 1 < t->all.count && t->all.items[i + 1].kind == '.')
           || (i > 0 && t->all.items[i - 1].kind == '.');
}

bool
format_is_keyword(const struct tokens *t, size_t i, bool in_parens, bool is_name)
{
    const struct keyword *k = keyword_find(token_text(t, &t->all.items[i]));

    if (k == NULL || is_dotted(t, i) || is_with_of_type(t, i))
        return false;
    if (k->category == KEYWORD_RESERVED)
        return true;
    return !in_parens && !is_name
           && !(i > 0 && is_one_of(t, i - 1, before_names, ARRAY_LEN(before_names)));
}
