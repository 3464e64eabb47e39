/*
 * What is done about a statement: the grammar reads it, it is kept whole, or it is
 * skipped.
 */
#include "syntax/statement.h"

#include "grammar/parser.h"
#include "syntax/elements.h"

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
scan_skip_name(const struct scan *c, size_t at)
{
    while (is_name_token(token_at(c, at))) {
        at++;
        if (kind_at(c, at) != '.')
            break;
        at++;
    }
    return at;
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
    enum object_verb verb;
    enum about about;
    int before;
} on_table[] = {
    { ON_CREATE, ABOUT_TRIGGER, T_ON }, { ON_CREATE, ABOUT_POLICY, T_ON },
    { ON_CREATE, ABOUT_RULE, T_TO },    { ON_ALTER, ABOUT_TRIGGER, T_ON },
    { ON_ALTER, ABOUT_POLICY, T_ON },   { ON_DROP, ABOUT_RULE, T_ON },
};

/* The name behind the first token of the kind `before`. */
static struct ast_name
find_name_behind(const struct scan *c, int before, size_t at)
{
    size_t next;

    for (; at < c->piece.end; at++)
        if (kind_at(c, at) == before)
            return scan_read_name(c, at + 1, &next);
    return (struct ast_name){ 0 };
}

static struct ast_name
find_table(const struct scan *c, const struct classified *how, size_t at)
{
    for (size_t i = 0; i < ARRAY_LEN(on_table); i++)
        if (is_about(how, on_table[i].verb, on_table[i].about))
            return find_name_behind(c, on_table[i].before, at);
    return (struct ast_name){ 0 };
}

/* CREATE EVENT TRIGGER t … EXECUTE FUNCTION f() */
static struct ast_name
find_called(const struct scan *c, const struct classified *how)
{
    size_t next;

    if (is_about(how, ON_CREATE, ABOUT_EVENT_TRIGGER))
        for (size_t i = how->name; i + 2 < c->piece.end; i++)
            if (word_at(c, i, "execute")
                && (word_at(c, i + 1, "function") || word_at(c, i + 1, "procedure")))
                return scan_read_name(c, i + 2, &next);
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
        if (is_about(how, ON_CREATE, ABOUT_OPERATOR))
            raw->name = (struct ast_name){ 0 }; /* s.+ is no name of ours */
        raw->table = find_table(c, how, next);
        raw->function = find_called(c, how);
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
    t->or_replace = word_at(c, c->piece.begin + 1, "or");
    t->if_not_exists = scan_skip_if_exists(c, how->name) != how->name;
    t->name = scan_read_name(c, scan_skip_if_exists(c, how->name), &next);
    t->table = find_table(c, how, next);
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
    at = scan_skip_name(c, name);
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
    return kind_at(c, scan_skip_name(c, name)) != T_AS;
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
    bool selects = kind_at(c, c->piece.begin) == T_SELECT;
    size_t depth = 0;

    if (!selects && kind_at(c, c->piece.begin) != T_WITH)
        return 0;
    for (size_t i = c->piece.begin + 1; i < c->piece.end; i++) {
        int kind = kind_at(c, i);

        if (kind == '(')
            depth++;
        else if (kind == ')' && depth > 0)
            depth--;
        else if (depth == 0 && kind == T_SELECT)
            selects = true;
        else if (depth == 0 && kind == T_FROM)
            return 0;
        else if (depth == 0 && kind == T_INTO)
            return selects ? i : 0;
    }
    return 0;
}

/* TEMPORARY, UNLOGGED and TABLE between INTO and the name. */
static size_t
skip_table_words(const struct scan *c, size_t at, struct ast_create_table *t)
{
    static const char *const words[] = { "global", "local",    "temporary",
                                         "temp",   "unlogged", "table" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!word_at(c, at, words[i]))
            continue;
        t->temporary |= i == 2 || i == 3;
        t->unlogged |= slice_is(slice_from(words[i]), "unlogged");
        at++;
    }
    return at;
}

/* ALTER EXTENSION e ADD TABLE t: about who brought it to the server. */
static bool
changes_members(const struct scan *c, size_t name)
{
    size_t at = scan_skip_name(c, name);

    return kind_at(c, at) == T_ADD || kind_at(c, at) == T_DROP;
}

static bool
is_grant(const struct classified *how)
{
    return !how->is_object
           && (slice_is(how->kind, "grant") || slice_is(how->kind, "revoke"));
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

/* Whose owner is read by the grammar, among the actions of ALTER. */
static bool
has_owner_action(enum about about)
{
    return about == ABOUT_TABLE || about == ABOUT_FOREIGN_TABLE || about == ABOUT_TYPE;
}

static bool
is_kept_whole(const struct scan *c, const struct classified *how)
{
    if (says_owner(c, how) && !has_owner_action(how->about))
        return true;
    if (is_grant(how))
        return is_other_grant(c);
    if (is_about(how, ON_ALTER, ABOUT_EXTENSION) && changes_members(c, how->name))
        return true;
    if (how->treatment == TREAT_WHOLE || (how->is_object && is_about_all(c, how)))
        return true;
    if (how->treatment == TREAT_RENAMED)
        return !renames(c, how->name);
    if (is_about(how, ON_CREATE, ABOUT_TABLE))
        return is_other_table(c, how->name);
    if (is_about(how, ON_CREATE, ABOUT_TYPE))
        return is_base_type(c, how->name);
    return how->is_object && scan_is_other_code(c, how);
}

/* ---- the grammar ---- */

/* Statements in which some words are keywords, or mean something else; the others: 0. */
static const uint8_t object_modes[OBJECT_VERB_COUNT][ABOUT_COUNT] = {
    [ON_CREATE] = { [ABOUT_TABLE] = READ_CREATE_TABLE,
                    [ABOUT_TRIGGER] = READ_TRIGGER,
                    [ABOUT_RULE] = READ_RULE,
                    [ABOUT_FUNCTION] = READ_ROUTINE,
                    [ABOUT_PROCEDURE] = READ_ROUTINE,
                    [ABOUT_AGGREGATE] = READ_ROUTINE },
    [ON_ALTER] = { [ABOUT_TABLE] = READ_ALTER_TABLE,
                   [ABOUT_INDEX] = READ_ALTER_TABLE,
                   [ABOUT_VIEW] = READ_ALTER_TABLE,
                   [ABOUT_MATERIALIZED_VIEW] = READ_ALTER_TABLE,
                   [ABOUT_TYPE] = READ_ALTER_TYPE,
                   [ABOUT_RULE] = READ_RULE,
                   [ABOUT_FUNCTION] = READ_ROUTINE,
                   [ABOUT_PROCEDURE] = READ_ROUTINE,
                   [ABOUT_ROUTINE] = READ_ROUTINE,
                   [ABOUT_AGGREGATE] = READ_ROUTINE },
    [ON_DROP] = { [ABOUT_RULE] = READ_RULE,
                  [ABOUT_FUNCTION] = READ_ROUTINE,
                  [ABOUT_PROCEDURE] = READ_ROUTINE,
                  [ABOUT_ROUTINE] = READ_ROUTINE,
                  [ABOUT_AGGREGATE] = READ_ROUTINE },
    [ON_COMMENT] = { [ABOUT_FUNCTION] = READ_SIGNATURE,
                     [ABOUT_PROCEDURE] = READ_SIGNATURE,
                     [ABOUT_ROUTINE] = READ_SIGNATURE,
                     [ABOUT_AGGREGATE] = READ_SIGNATURE },
};

static enum reader_mode
mode_of(const struct classified *how)
{
    static const enum reader_mode others[] = {
        [ON_CREATE] = READ_PLAIN,
        [ON_ALTER] = READ_PLAIN,
        [ON_DROP] = READ_DROP,
        [ON_COMMENT] = READ_COMMENT,
    };
    enum reader_mode mode;

    if (!how->is_object)
        return is_grant(how) ? READ_SIGNATURE : READ_PLAIN;
    mode = (enum reader_mode)object_modes[how->verb][how->about];
    return mode == READ_PLAIN ? others[how->verb] : mode;
}

static size_t
find_actions(const struct scan *c, const struct classified *how)
{
    size_t next;

    if (!how->is_object)
        return 0;
    next = scan_skip_name(c, scan_skip_if_exists(c, how->name));
    return kind_at(c, next) == '*' ? next + 1 : next;
}

/* Statements whose first words are read here, so that they need be no keywords. */
static const uint16_t doors[OBJECT_VERB_COUNT][ABOUT_COUNT] = {
    [ON_CREATE] = { [ABOUT_STATISTICS] = T_START_STATISTICS },
    [ON_DROP] = { [ABOUT_STATISTICS] = T_START_DROP,
                  [ABOUT_FOREIGN_TABLE] = T_START_DROP,
                  [ABOUT_COLLATION] = T_START_DROP,
                  [ABOUT_CONVERSION] = T_START_DROP,
                  [ABOUT_TEXT_SEARCH_CONFIGURATION] = T_START_DROP,
                  [ABOUT_TEXT_SEARCH_DICTIONARY] = T_START_DROP,
                  [ABOUT_TEXT_SEARCH_PARSER] = T_START_DROP,
                  [ABOUT_TEXT_SEARCH_TEMPLATE] = T_START_DROP,
                  [ABOUT_EVENT_TRIGGER] = T_START_DROP,
                  [ABOUT_PUBLICATION] = T_START_DROP,
                  [ABOUT_SERVER] = T_START_DROP,
                  [ABOUT_FOREIGN_DATA_WRAPPER] = T_START_DROP },
    [ON_ALTER] = { [ABOUT_DOMAIN] = T_START_ALTER,
                   [ABOUT_STATISTICS] = T_START_ALTER,
                   [ABOUT_SEQUENCE] = T_START_ALTER,
                   [ABOUT_SCHEMA] = T_START_ALTER,
                   [ABOUT_EXTENSION] = T_START_ALTER },
    [ON_COMMENT] = { [ABOUT_FUNCTION] = T_START_COMMENT_ROUTINE,
                     [ABOUT_PROCEDURE] = T_START_COMMENT_ROUTINE,
                     [ABOUT_ROUTINE] = T_START_COMMENT_ROUTINE,
                     [ABOUT_AGGREGATE] = T_START_COMMENT_ROUTINE,
                     [ABOUT_RULE] = T_START_COMMENT,
                     [ABOUT_STATISTICS] = T_START_COMMENT,
                     [ABOUT_COLLATION] = T_START_COMMENT,
                     [ABOUT_FOREIGN_TABLE] = T_START_COMMENT,
                     [ABOUT_SERVER] = T_START_COMMENT,
                     [ABOUT_FOREIGN_DATA_WRAPPER] = T_START_COMMENT,
                     [ABOUT_PUBLICATION] = T_START_COMMENT,
                     [ABOUT_EVENT_TRIGGER] = T_START_COMMENT,
                     [ABOUT_LANGUAGE] = T_START_COMMENT,
                     [ABOUT_TEXT_SEARCH_CONFIGURATION] = T_START_COMMENT,
                     [ABOUT_TEXT_SEARCH_DICTIONARY] = T_START_COMMENT },
};

/* 0: the grammar reads the first words. */
static int
door_of(const struct classified *how)
{
    if (how->is_object)
        return doors[how->verb][how->about];
    return slice_is(how->kind, "grant")    ? T_START_GRANT
           : slice_is(how->kind, "revoke") ? T_START_REVOKE
                                           : 0;
}

/* Who a view of MySQL runs as is an affair of the server, as an owner is. */
static size_t
skip_definer(const struct scan *c)
{
    size_t at = c->piece.begin + 1;
    size_t n;

    if (kind_at(c, c->piece.begin) != T_CREATE)
        return 0;
    while (kind_at(c, at) == T_OR || kind_at(c, at) == T_REPLACE)
        at++;
    n = scan_definer_length(c->t, at);
    if (n == 0)
        return 0;
    diag_add(&c->s->diags, D_OWNER,
             span_join(token_span(c->t, token_at(c, at)),
                       token_span(c->t, token_at(c, at + n - 1))),
             "who it belongs to and runs as is not kept: it is no part of a schema");
    return n;
}

/* A reader of the statement at its begin. */
static void
reader_begin(const struct scan *c, const struct classified *how, struct stmt *stmt,
             struct reader *rd)
{
    int door = door_of(how);

    *rd = (struct reader){ .s = c->s,
                           .arena = &c->s->arena,
                           .scratch = &c->s->scratch,
                           .tokens = c->t,
                           .begin = c->piece.begin,
                           .at = door == 0 ? c->piece.begin : how->name,
                           .end = c->piece.end,
                           .start = door == 0 ? T_START_STATEMENT : door,
                           .mode = mode_of(how),
                           .name = how->name,
                           .actions = find_actions(c, how),
                           .into = how->into,
                           .into_end = how->into_end,
                           .stmt = stmt };
    if (door != 0 && how->is_object)
        rd->object = scan_object_words(how->about);
}

/*
 * Nearly all statements are right: they are read by the quick parser.  One that is not is
 * read again from its begin, by the parser that knows what was expected.
 */
static bool
run_grammar(const struct scan *c, const struct classified *how, struct stmt *stmt)
{
    const size_t skipped = skip_definer(c);
    const struct diag_mark mark = diag_mark(&c->s->diags);
    const struct stmt empty = *stmt;
    struct reader rd;

    reader_begin(c, how, stmt, &rd);
    rd.skipped = skipped;
    rd.quick = true;
    if (sql_quick_parse(&rd) == 0)
        return !rd.failed;
    diag_rewind(&c->s->diags, mark);
    *stmt = empty;
    reader_begin(c, how, stmt, &rd);
    rd.skipped = skipped;
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

/* SELECT … INTO t …: CREATE TABLE t AS the same without its INTO. */
static bool
fill_select_into(const struct scan *c, size_t into, struct classified *how,
                 struct stmt *stmt)
{
    struct ast_create_table *t = ARENA_NEW(&c->s->arena, struct ast_create_table);
    size_t name = skip_table_words(c, into + 1, t);

    t->name = scan_read_name(c, name, &how->into_end);
    how->into = into;
    if (slice_is_none(t->name.name)) { /* a variable or a file of MySQL */
        build_raw(c, how, stmt);
        return !has_broken(c);
    }
    if (!run_grammar(c, how, stmt))
        return false;
    t->query = stmt->u.query->query;
    stmt->kind = STMT_CREATE_TABLE;
    stmt->u.create_table = t;
    return true;
}

static bool
fill(const struct scan *c, struct stmt *stmt)
{
    struct classified how;
    struct scan inner;
    struct slice text;
    size_t into = find_select_into(c);

    if (scan_dumped_table(c, &inner, &text) || scan_guarded_role(c, &inner, &text)) {
        stmt->text = text;
        return fill(&inner, stmt);
    }
    if (!scan_classify(c, &how))
        return false;
    if (into > 0)
        return fill_select_into(c, into, &how, stmt);
    if (how.treatment == TREAT_SKIPPED) {
        stmt->kind = STMT_SKIPPED;
        return true;
    }
    if (is_about(&how, ON_CREATE, ABOUT_SCHEMA))
        return fill_schema(c, &how, stmt);
    if (is_about(&how, ON_CREATE, ABOUT_VIRTUAL_TABLE))
        return scan_virtual_table(c, how.name, stmt);
    if (!is_kept_whole(c, &how))
        return run_grammar(c, &how, stmt);
    if (how.is_object && how.verb == ON_COMMENT)
        return scan_comment(c, how.kind, how.name, stmt);
    if (scan_role(c, &how, stmt))
        return true;
    if (is_about(&how, ON_CREATE, ABOUT_TRIGGER))
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
