/*
 * What a statement is, by its first words (statements.def), and what is done about it:
 * the grammar reads it, it is kept whole, or it is skipped.
 */
#include "syntax/statement.h"

#include <assert.h>

#include "grammar/parser.h"
#include "syntax/elements.h"

#define PARSED TREAT_PARSED
#define RENAMED TREAT_RENAMED
#define WHOLE TREAT_WHOLE
#define SKIPPED TREAT_SKIPPED
#define NONE TREAT_NONE

struct verb {
    const char *word;
    enum treatment treatment;
    const char *kind;
};

static const struct verb verbs[] = {
#define VERB(word, treatment, kind) { word, treatment, kind },
#include "syntax/statements.def"
#undef VERB
};

enum object_verb { ON_CREATE, ON_ALTER, ON_DROP, ON_COMMENT };
#define OBJECT_VERB_COUNT (ON_COMMENT + 1)

static const char *const object_verbs[] = {
    [ON_CREATE] = "create",
    [ON_ALTER] = "alter",
    [ON_DROP] = "drop",
    [ON_COMMENT] = "comment",
};
static_assert(ARRAY_LEN(object_verbs) == OBJECT_VERB_COUNT, "name every verb");

/* What a statement about an object is called: "table", "alter table", …. */
struct object {
    const char *words;
    const char *kinds[OBJECT_VERB_COUNT];
    enum treatment treatments[OBJECT_VERB_COUNT];
};

static const struct object objects[] = {
#define OBJECT(words, create, alter, drop, comment)                                      \
    { words,                                                                             \
      { words, "alter " words, "drop " words, "comment " words },                        \
      { create, alter, drop, comment } },
#include "syntax/statements.def"
#undef OBJECT
};

/* A statement on its way. */
struct classified {
    enum treatment treatment;
    struct slice kind; /* "insert"; "sequence", "alter sequence" */
    size_t object;     /* index of the first word of the object's kind, 0: none */
    size_t name;       /* index of the token behind it */
    bool is_object;
    enum object_verb verb;
    const struct object *what;
};

/* ---- messages ---- */

#define WORD_SHOWN_MAX 40 /* bytes of a wrong word that a message repeats */

static void
hint_nearest(struct session *s, struct diag *d, struct slice wrong,
             const struct slice *candidates, size_t count)
{
    struct slice near = diag_nearest(wrong, candidates, count);
    struct arena_mark mark = arena_mark(&s->scratch);
    char *upper;

    if (slice_is_none(near))
        return;
    upper = ARENA_ARRAY(&s->scratch, char, near.len);
    for (size_t i = 0; i < near.len; i++)
        upper[i] = (char)(near.ptr[i] >= 'a' ? near.ptr[i] - ('a' - 'A') : near.ptr[i]);
    diag_hint(&s->diags, d, "did you mean %.*s?", (int)near.len, upper);
    arena_reset(&s->scratch, mark);
}

static void
report_verb(const struct scan *c)
{
    struct slice candidates[ARRAY_LEN(verbs) + OBJECT_VERB_COUNT];
    const struct token *first = token_at(c, c->piece.begin);
    struct slice word = token_text(c->t, first);
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        candidates[i] = slice_from(verbs[i].word);
    for (size_t i = 0; i < OBJECT_VERB_COUNT; i++)
        candidates[ARRAY_LEN(verbs) + i] = slice_from(object_verbs[i]);
    d = diag_add(&c->s->diags, D_NOT_A_STATEMENT, token_span(c->t, first),
                 "no statement begins with \"%.*s\"",
                 word.len > WORD_SHOWN_MAX ? WORD_SHOWN_MAX : (int)word.len, word.ptr);
    hint_nearest(c->s, d, word, candidates, ARRAY_LEN(candidates));
}

static const char *const verb_words[] = {
    [ON_CREATE] = "CREATE",
    [ON_ALTER] = "ALTER",
    [ON_DROP] = "DROP",
    [ON_COMMENT] = "COMMENT ON",
};
static_assert(ARRAY_LEN(verb_words) == OBJECT_VERB_COUNT, "show every verb");

static void
report_object(const struct scan *c, enum object_verb verb, size_t at)
{
    struct slice candidates[ARRAY_LEN(objects)];
    const struct token *token = token_at(c, at < c->piece.end ? at : c->piece.end - 1);
    struct slice word = token_text(c->t, token);
    size_t count = 0;
    struct diag *d;

    if (token->kind == T_BROKEN)
        return;
    for (size_t i = 0; i < ARRAY_LEN(objects); i++)
        if (objects[i].treatments[verb] != TREAT_NONE)
            candidates[count++] = slice_from(objects[i].words);
    if (at >= c->piece.end) {
        diag_add(&c->s->diags, D_SYNTAX, token_span(c->t, token),
                 "the statement ends too early");
        return;
    }
    d = diag_add(&c->s->diags, D_SYNTAX, token_span(c->t, token),
                 "%s has no kind of object \"%.*s\"", verb_words[verb],
                 word.len > WORD_SHOWN_MAX ? WORD_SHOWN_MAX : (int)word.len, word.ptr);
    hint_nearest(c->s, d, word, candidates, count);
}

/* ---- classification ---- */

/* How many tokens from `at` on are the words of `what`; 0 when they are not. */
static size_t
match_words(const struct scan *c, size_t at, struct slice what)
{
    size_t n = 0;

    while (what.len > 0) {
        size_t len = 0;

        while (len < what.len && what.ptr[len] != ' ')
            len++;
        if (!slice_equal_fold(token_text(c->t, token_at(c, at + n)),
                              slice_sub(what, 0, len)))
            return 0;
        n++;
        what = slice_sub(what, len + 1, what.len);
    }
    return n;
}

/* Words between CREATE and what is created that say how, not what. */
static bool
says_how(const struct scan *c, size_t at)
{
    static const char *const how[] = { "or",         "replace", "temp",      "temporary",
                                       "global",     "local",   "unlogged",  "unique",
                                       "constraint", "trusted", "procedural" };

    for (size_t i = 0; i < ARRAY_LEN(how); i++)
        if (word_at(c, at, how[i]))
            return true;
    return false;
}

/* ALGORITHM = x DEFINER = user@host SQL SECURITY y, of MySQL: count of tokens. */
static size_t
definer_length(const struct tokens *t, size_t at)
{
    const struct token *items = t->all.items;
    size_t begin = at;

    for (;;) {
        if (token_is_word(t, &items[at], "sql")
            && token_is_word(t, &items[at + 1], "security"))
            at += 3;
        else if ((token_is_word(t, &items[at], "algorithm")
                  || token_is_word(t, &items[at], "definer"))
                 && items[at + 1].kind == '=')
            at += 3;
        else
            break;
        if (items[at].kind == '(' && items[at + 1].kind == ')') /* CURRENT_USER() */
            at += 2;
        if (items[at].kind == T_OP && token_is_word(t, &items[at], "@"))
            at += 2;
        else if (items[at].kind == T_PARAM)
            at++;
    }
    return at - begin;
}

static const struct object *
find_object(const struct scan *c, enum object_verb verb, size_t at, size_t *words)
{
    struct slice first = token_text(c->t, token_at(c, at));
    char letter = (char)(first.len == 0 ? 0 : first.ptr[0] | 0x20);
    const struct object *found = NULL;

    *words = 0;
    for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
        size_t n;

        if (objects[i].words[0] != letter || objects[i].treatments[verb] == TREAT_NONE)
            continue;
        n = match_words(c, at, slice_from(objects[i].words));

        if (n > *words) {
            *words = n;
            found = &objects[i];
        }
    }
    return found;
}

static bool
classify_object(const struct scan *c, enum object_verb verb, struct classified *out)
{
    size_t at = c->piece.begin + 1;
    size_t words;

    while (verb != ON_COMMENT && says_how(c, at))
        at++;
    if (verb == ON_CREATE)
        at += definer_length(c->t, at);
    if (verb == ON_COMMENT && kind_at(c, at) == T_ON)
        at++;
    out->what = find_object(c, verb, at, &words);
    if (out->what == NULL) {
        report_object(c, verb, at);
        return false;
    }
    out->treatment = out->what->treatments[verb];
    out->is_object = true;
    out->verb = verb;
    out->name = at + words;
    out->kind = slice_from(out->what->kinds[verb]);
    return true;
}

static bool
classify(const struct scan *c, struct classified *out)
{
    size_t first = c->piece.begin;

    *out = (struct classified){ .name = first + 1 };
    if (kind_at(c, first) == T_CLIENT_COMMAND) {
        out->treatment = TREAT_SKIPPED;
        return true;
    }
    if (kind_at(c, first) == '(') {
        out->treatment = TREAT_PARSED;
        return true;
    }
    for (size_t i = 0; i < OBJECT_VERB_COUNT; i++)
        if (word_at(c, first, object_verbs[i]))
            return classify_object(c, (enum object_verb)i, out);
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (word_at(c, first, verbs[i].word)) {
            out->treatment = verbs[i].treatment;
            out->kind = slice_from(verbs[i].kind);
            return true;
        }
    if (kind_at(c, first) != T_BROKEN)
        report_verb(c);
    return false;
}

/* ---- names in statements that are kept whole ---- */

static bool
is_name_token(const struct token *t)
{
    const struct keyword *k = keyword_of_token(t->kind);

    return t->kind == T_IDENT || (k != NULL && k->category != KEYWORD_RESERVED);
}

/* [schema.]name at token `at`; *next is behind it. */
struct ast_name
scan_read_name(const struct scan *c, size_t at, size_t *next)
{
    struct ast_name n = { 0 };

    while (is_name_token(token_at(c, at))) {
        n.schema = n.name;
        n.name = token_name(c->s, c->t, token_at(c, at));
        n.span = span_join(n.span, token_span(c->t, token_at(c, at)));
        at++;
        if (kind_at(c, at) != '.')
            break;
        at++;
    }
    *next = at;
    return n;
}

size_t
scan_skip_if_exists(const struct scan *c, size_t at)
{
    static const int words[] = { T_CONCURRENTLY, T_IF, T_NOT, T_EXISTS, T_ONLY };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (kind_at(c, at) == words[i] && kind_at(c, at + 1) != '(')
            at++;
    return at;
}

/* What kind of definition stands on a table, and the word before its name. */
static const struct {
    const char *kind;
    int before;
} on_table[] = {
    { "trigger", T_ON },        { "policy", T_ON },        { "rule", T_TO },
    { "fulltext index", T_ON }, { "spatial index", T_ON },
    { "alter trigger", T_ON },  { "alter policy", T_ON },  { "drop rule", T_ON },
};

static struct ast_name
find_table(const struct scan *c, struct slice kind, size_t at)
{
    size_t next;

    for (size_t i = 0; i < ARRAY_LEN(on_table); i++)
        for (size_t k = at; slice_is(kind, on_table[i].kind) && k < c->piece.end; k++)
            if (kind_at(c, k) == on_table[i].before)
                return scan_read_name(c, k + 1, &next);
    return (struct ast_name){ 0 };
}

/* ALTER … OWNER TO r */
static bool
says_owner(const struct scan *c, const struct classified *how)
{
    size_t end = c->piece.end;

    return how->is_object && how->verb == ON_ALTER && end >= how->name + 3
           && word_at(c, end - 3, "owner") && kind_at(c, end - 2) == T_TO;
}

static void
build_raw(const struct scan *c, const struct classified *how, struct stmt *stmt)
{
    struct ast_raw *raw = ARENA_NEW(&c->s->arena, struct ast_raw);
    size_t next = how->name;

    raw->kind = how->kind;
    raw->is_owner = says_owner(c, how);
    if (how->is_object) {
        raw->name = scan_read_name(c, scan_skip_if_exists(c, how->name), &next);
        raw->table = find_table(c, how->kind, next);
    }
    stmt->kind = STMT_RAW;
    stmt->u.raw = raw;
}

static void
build_whole_trigger(const struct scan *c, const struct classified *how, struct stmt *stmt)
{
    struct ast_create_trigger *t = ARENA_NEW(&c->s->arena, struct ast_create_trigger);
    size_t next;

    t->is_whole = true;
    t->name = scan_read_name(c, scan_skip_if_exists(c, how->name), &next);
    t->table = find_table(c, SLICE("trigger"), next);
    stmt->kind = STMT_CREATE_TRIGGER;
    stmt->u.create_trigger = t;
}

/* ---- forms of modelled statements that are not modelled ---- */

size_t
scan_skip_parens(const struct scan *c, size_t at)
{
    size_t depth = 0;

    for (; at < c->piece.end; at++) {
        if (kind_at(c, at) == '(')
            depth++;
        else if (kind_at(c, at) == ')' && --depth == 0)
            return at + 1;
    }
    return at;
}

/* PARTITION BY HASH (a) PARTITIONS 4, … RANGE COLUMNS (a) (PARTITION p …): MySQL's. */
static bool
is_mysql_partitioning(const struct scan *c, size_t at)
{
    size_t end;

    if (kind_at(c, at) != T_PARTITION || kind_at(c, at + 1) != T_BY)
        return false;
    if (kind_at(c, at + 3) != '(')
        return true;
    end = scan_skip_parens(c, at + 3);
    return word_at(c, at + 2, "key") || kind_at(c, end) == '('
           || word_at(c, end, "partitions") || word_at(c, end, "subpartition");
}

/* MySQL's CREATE TABLE t LIKE u, t (…) SELECT …; AS EXECUTE; partitions of MySQL. */
static bool
is_other_table(const struct scan *c, size_t name)
{
    size_t at;

    name = scan_skip_if_exists(c, name);
    scan_read_name(c, name, &at);
    if (kind_at(c, name) == T_SCONST)
        at = name + 1;
    if (kind_at(c, at) == T_LIKE)
        return true;
    if (kind_at(c, at) == '(')
        at = scan_skip_parens(c, at);
    for (; at < c->piece.end && kind_at(c, at) != T_AS; at++) {
        if (kind_at(c, at) == T_SELECT || is_mysql_partitioning(c, at))
            return true;
        if (kind_at(c, at) == T_PARTITION && kind_at(c, at + 1) == T_BY)
            at = scan_skip_parens(c, at + 3) - 1; /* a SELECT in its key is a mistake */
    }
    return word_at(c, at + 1, "execute");
}

/* Base types, and types that are only announced, are made of functions: kept whole. */
static bool
is_base_type(const struct scan *c, size_t name)
{
    size_t at;

    scan_read_name(c, name, &at);
    return kind_at(c, at) != T_AS;
}

/* ALTER TABLE ALL IN TABLESPACE t …: about no table in particular. */
static bool
is_about_all(const struct scan *c, const struct classified *how)
{
    return how->verb == ON_ALTER && kind_at(c, how->name) == T_ALL
           && kind_at(c, how->name + 1) == T_IN;
}

static bool
renames(const struct scan *c, size_t name)
{
    for (size_t i = name; i + 1 < c->piece.end; i++)
        if (kind_at(c, i) == T_RENAME && kind_at(c, i + 1) == T_TO)
            return true;
    return false;
}

/* SELECT … INTO t creates a table: the index of INTO, 0 for none.  Behind FROM there is
 * none, and inside of parentheses it is another query's. */
static size_t
find_select_into(const struct scan *c)
{
    size_t depth = 0;

    if (!word_at(c, c->piece.begin, "select"))
        return 0;
    for (size_t i = c->piece.begin + 1; i < c->piece.end; i++) {
        int kind = kind_at(c, i);

        if (kind == '(')
            depth++;
        else if (kind == ')' && depth > 0)
            depth--;
        else if (depth == 0 && kind == T_FROM)
            return 0;
        else if (depth == 0 && kind == T_INTO)
            return i;
    }
    return 0;
}

/* Kept whole like CREATE TABLE … AS. */
static void
take_select_into(const struct scan *c, size_t into, struct classified *how)
{
    static const char *const words[] = { "global", "local",    "temporary",
                                         "temp",   "unlogged", "table" };

    how->treatment = TREAT_WHOLE;
    how->kind = SLICE("table");
    how->is_object = true;
    how->verb = ON_CREATE;
    how->name = into + 1;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (word_at(c, how->name, words[i]))
            how->name++;
}

/* ALTER EXTENSION e ADD TABLE t: about who brought it to the server. */
static bool
changes_members(const struct scan *c, size_t name)
{
    size_t at;

    scan_read_name(c, name, &at);
    return kind_at(c, at) == T_ADD || kind_at(c, at) == T_DROP;
}

/* ON FOREIGN SERVER s, LARGE OBJECT 1, PARAMETER p: rare, and of the server. */
static bool
is_other_grant(const struct scan *c)
{
    for (size_t i = c->piece.begin + 1; i < c->piece.end; i++)
        if (kind_at(c, i) == T_ON)
            return kind_at(c, i + 1) == T_FOREIGN
                   || (word_at(c, i + 1, "large") && word_at(c, i + 2, "object"))
                   || (word_at(c, i + 1, "parameter") && kind_at(c, i + 2) == T_IDENT);
    return false;
}

static bool
is_kept_whole(const struct scan *c, const struct classified *how)
{
    bool create = how->is_object && how->verb == ON_CREATE;

    if (says_owner(c, how) && !slice_ends(how->kind, " table")
        && !slice_ends(how->kind, " type"))
        return true;
    if (slice_is(how->kind, "grant") || slice_is(how->kind, "revoke"))
        return is_other_grant(c);
    if (slice_is(how->kind, "alter extension") && changes_members(c, how->name))
        return true;
    if (how->treatment == TREAT_WHOLE || (how->is_object && is_about_all(c, how)))
        return true;
    if (how->treatment == TREAT_RENAMED)
        return !renames(c, how->name);
    if (create && slice_is(how->kind, "table"))
        return is_other_table(c, how->name);
    if (create && slice_is(how->kind, "type"))
        return is_base_type(c, how->name);
    return how->is_object && scan_is_other_code(c, how->kind, how->name);
}

/* ---- the grammar ---- */

/* Statements that have keywords of their own (words.c). */
static const struct {
    const char *word;
    enum reader_mode mode;
} word_modes[] = {
    { "function", READ_ROUTINE },  { "procedure", READ_ROUTINE },
    { "aggregate", READ_ROUTINE }, { "routine", READ_ROUTINE },
    { "rule", READ_RULE },
};

static bool
comments_on_routine(const struct classified *how)
{
    return slice_is(how->kind, "comment function")
           || slice_is(how->kind, "comment procedure")
           || slice_is(how->kind, "comment routine")
           || slice_is(how->kind, "comment aggregate");
}

static enum reader_mode
mode_of(const struct classified *how)
{
    static const enum reader_mode modes[] = {
        [ON_CREATE] = READ_PLAIN,
        [ON_ALTER] = READ_PLAIN,
        [ON_DROP] = READ_DROP,
        [ON_COMMENT] = READ_COMMENT,
    };

    if (slice_is(how->kind, "grant") || slice_is(how->kind, "revoke"))
        return READ_SIGNATURE;
    if (!how->is_object)
        return READ_PLAIN;
    if (slice_is(how->kind, "table"))
        return READ_CREATE_TABLE;
    if (slice_is(how->kind, "alter table") || slice_is(how->kind, "alter index")
        || slice_is(how->kind, "alter view")
        || slice_is(how->kind, "alter materialized view"))
        return READ_ALTER_TABLE;
    if (slice_is(how->kind, "alter type"))
        return READ_ALTER_TYPE;
    if (comments_on_routine(how))
        return READ_SIGNATURE;
    if (slice_is(how->kind, "trigger"))
        return READ_TRIGGER;
    for (size_t i = 0; i < ARRAY_LEN(word_modes); i++)
        if (how->verb != ON_COMMENT
            && slice_is(slice_from(how->what->words), word_modes[i].word))
            return word_modes[i].mode;
    return modes[how->verb];
}

static size_t
find_actions(const struct scan *c, const struct classified *how)
{
    size_t next;

    if (!how->is_object)
        return 0;
    scan_read_name(c, scan_skip_if_exists(c, how->name), &next);
    return kind_at(c, next) == '*' ? next + 1 : next;
}

/* Statements whose first words are read here, so that they need be no keywords. */
static const struct {
    const char *kind;
    int start;
} doors[] = {
    { "alter domain", T_START_ALTER },
    { "alter sequence", T_START_ALTER },
    { "alter schema", T_START_ALTER },
    { "alter extension", T_START_ALTER },
    { "statistics", T_START_STATISTICS },
    { "alter statistics", T_START_ALTER },
    { "drop statistics", T_START_DROP },
    { "comment statistics", T_START_COMMENT },
    { "grant", T_START_GRANT },
    { "revoke", T_START_REVOKE },
    { "comment function", T_START_COMMENT_ROUTINE },
    { "comment procedure", T_START_COMMENT_ROUTINE },
    { "comment routine", T_START_COMMENT_ROUTINE },
    { "comment aggregate", T_START_COMMENT_ROUTINE },
    { "comment rule", T_START_COMMENT },
    { "comment collation", T_START_COMMENT },
    { "comment foreign table", T_START_COMMENT },
    { "comment server", T_START_COMMENT },
    { "comment foreign data wrapper", T_START_COMMENT },
    { "comment publication", T_START_COMMENT },
    { "comment event trigger", T_START_COMMENT },
    { "comment language", T_START_COMMENT },
    { "comment text search configuration", T_START_COMMENT },
    { "comment text search dictionary", T_START_COMMENT },
};

static void
find_door(const struct classified *how, struct reader *rd)
{
    for (size_t i = 0; i < ARRAY_LEN(doors); i++)
        if (slice_is(how->kind, doors[i].kind)) {
            rd->start = doors[i].start;
            rd->at = how->name;
            if (how->is_object)
                rd->object = slice_from(how->what->words);
        }
}

/* Who a view of MySQL runs as is an affair of the server, as an owner is. */
static size_t
skip_definer(const struct scan *c)
{
    size_t at = c->piece.begin + 1;
    size_t n;

    while (kind_at(c, at) == T_OR || kind_at(c, at) == T_REPLACE)
        at++;
    n = kind_at(c, c->piece.begin) == T_CREATE ? definer_length(c->t, at) : 0;
    if (n == 0)
        return 0;
    diag_add(&c->s->diags, D_OWNER,
             span_join(token_span(c->t, token_at(c, at)),
                       token_span(c->t, token_at(c, at + n - 1))),
             "who it belongs to and runs as is not kept: it is no part of a schema");
    return n;
}

/*
 * Nearly all statements are right: they are read by the quick parser.  One that is not is
 * read again from its begin, by the parser that knows what was expected.
 */
static bool
run_grammar(const struct scan *c, const struct classified *how, struct stmt *stmt)
{
    struct reader begin = { .s = c->s,
                            .arena = &c->s->arena,
                            .scratch = &c->s->scratch,
                            .tokens = c->t,
                            .begin = c->piece.begin,
                            .at = c->piece.begin,
                            .end = c->piece.end,
                            .start = T_START_STATEMENT,
                            .mode = mode_of(how),
                            .name = how->name,
                            .actions = find_actions(c, how),
                            .skipped = skip_definer(c),
                            .stmt = stmt };
    const struct diag_mark mark = diag_mark(&c->s->diags);
    const struct stmt empty = *stmt;
    struct reader rd;

    find_door(how, &begin);
    rd = begin;
    rd.quick = true;
    if (sql_quick_parse(&rd) == 0)
        return !rd.failed;
    diag_rewind(&c->s->diags, mark);
    *stmt = empty;
    rd = begin;
    return sql_parse(&rd) == 0 && !rd.failed;
}

/* A token that the lexer has reported: what is kept whole would be wrong with it. */
static bool
has_broken(const struct scan *c)
{
    for (size_t i = c->piece.begin; i < c->piece.end; i++)
        if (kind_at(c, i) == T_BROKEN)
            return true;
    return false;
}

/* CREATE SCHEMA s CREATE TABLE t …: the grammar reads one at a time. */
static bool
fill_schema(const struct scan *c, const struct classified *how, struct stmt *stmt)
{
    struct scan head = *c;

    head.piece.end = elements_begin(c, how->name);
    return run_grammar(&head, how, stmt)
           && (head.piece.end == c->piece.end || elements_read(c, head.piece.end, stmt));
}

static bool
fill(const struct scan *c, struct stmt *stmt)
{
    struct classified how;
    size_t into = find_select_into(c);

    if (!classify(c, &how))
        return false;
    if (into > 0)
        take_select_into(c, into, &how);
    if (how.treatment == TREAT_SKIPPED) {
        stmt->kind = STMT_SKIPPED;
        return true;
    }
    if (how.is_object && slice_is(how.kind, "schema"))
        return fill_schema(c, &how, stmt);
    if (how.is_object && slice_is(how.kind, "virtual table"))
        return scan_virtual_table(c, how.name, stmt);
    if (!is_kept_whole(c, &how))
        return run_grammar(c, &how, stmt);
    if (slice_is(how.kind, "trigger"))
        build_whole_trigger(c, &how, stmt);
    else
        build_raw(c, &how, stmt);
    return !has_broken(c);
}

/* The first comment that begins at or behind byte `at`. */
static size_t
first_comment(const struct tokens *t, uint32_t at)
{
    size_t low = 0;
    size_t high = t->comments.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (t->comments.items[middle].begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The text without the marks of conditional comments, whose other halves may stand before
 * and behind it. */
static struct slice
text_without_conditions(struct session *s, const struct tokens *t, struct span span)
{
    struct text out;
    uint32_t at = span.begin;

    text_init(&out, &s->arena);
    for (size_t i = first_comment(t, at);
         i < t->comments.count && t->comments.items[i].begin < span.end; i++) {
        const struct comment *c = &t->comments.items[i];
        struct slice text = slice_sub(t->text, c->begin, c->end);

        if (!slice_starts(text, "/*!") && !slice_is(text, "*/"))
            continue;
        text_add(&out, slice_sub(t->text, at, c->begin));
        at = c->end;
        if (text.len > 2 && at < span.end && t->text.ptr[at] == ' ')
            at++; /* the one behind an opening */
    }
    text_add(&out, slice_sub(t->text, at, span.end));
    return text_slice(&out);
}

struct stmt *
statement_parse(struct session *s, const struct tokens *t, struct piece piece)
{
    struct arena_mark mark = arena_mark(&s->scratch);
    struct scan c = { s, t, piece };
    struct stmt *stmt = ARENA_NEW(&s->arena, struct stmt);
    bool good;

    stmt->span = span_join(token_span(t, &t->all.items[piece.begin]),
                           token_span(t, &t->all.items[piece.end - 1]));
    stmt->text = t->has_conditions ? text_without_conditions(s, t, stmt->span)
                                   : slice_sub(t->text, stmt->span.begin, stmt->span.end);
    good = fill(&c, stmt);
    arena_reset(&s->scratch, mark);
    return good ? stmt : NULL;
}
