/*
 * What a statement is, by its first words (statements.def).
 */
#include <assert.h>

#include "syntax/scan.h"

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

static const char *const object_verbs[] = {
    [ON_CREATE] = "create",
    [ON_ALTER] = "alter",
    [ON_DROP] = "drop",
    [ON_COMMENT] = "comment",
};
static_assert(ARRAY_LEN(object_verbs) == OBJECT_VERB_COUNT, "name every verb");

/* What a statement about an object is called: "table", "alter table", …. */
struct object {
    struct slice words;
    struct slice kinds[OBJECT_VERB_COUNT];
    enum treatment treatments[OBJECT_VERB_COUNT];
};

#define TEXT(literal) { (literal), sizeof(literal) - 1 }

static const struct object objects[] = {
#define OBJECT(about, words, create, alter, drop, comment)                               \
    [ABOUT_##about] = { TEXT(words),                                                     \
                        { TEXT(words), TEXT("alter " words), TEXT("drop " words),        \
                          TEXT("comment " words) },                                      \
                        { create, alter, drop, comment } },
#include "syntax/statements.def"
#undef OBJECT
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
            candidates[count++] = objects[i].words;
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
    switch (kind_at(c, at)) {
    case T_OR:
    case T_REPLACE:
    case T_TEMP:
    case T_TEMPORARY:
    case T_GLOBAL:
    case T_LOCAL:
    case T_UNLOGGED:
    case T_UNIQUE:
    case T_CONSTRAINT:
        return true;
    case T_IDENT:
        return word_at(c, at, "trusted") || word_at(c, at, "procedural");
    default:
        return false;
    }
}

/* ALGORITHM = x DEFINER = user@host SQL SECURITY y, of MySQL: count of tokens. */
size_t
scan_definer_length(const struct tokens *t, size_t at)
{
    const struct token *items = t->all.items;
    size_t begin = at;

    while (items[at].kind == T_IDENT) {
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

/* What most statements are about, told by one word; ABOUT_COUNT: look further. */
static enum about
about_keyword(int kind)
{
    switch (kind) {
    case T_TABLE:
        return ABOUT_TABLE;
    case T_INDEX:
        return ABOUT_INDEX;
    case T_COLUMN:
        return ABOUT_COLUMN;
    case T_CONSTRAINT:
        return ABOUT_CONSTRAINT;
    case T_SEQUENCE:
        return ABOUT_SEQUENCE;
    case T_FUNCTION:
        return ABOUT_FUNCTION;
    case T_TRIGGER:
        return ABOUT_TRIGGER;
    case T_VIEW:
        return ABOUT_VIEW;
    default:
        return ABOUT_COUNT;
    }
}

/* ABOUT_COUNT: nothing that the verb knows. */
static enum about
find_object(const struct scan *c, enum object_verb verb, size_t at, size_t *words)
{
    struct slice first = token_text(c->t, token_at(c, at));
    char letter = (char)(first.len == 0 ? 0 : first.ptr[0] | 0x20);
    enum about found = about_keyword(kind_at(c, at));

    *words = 1;
    if (found != ABOUT_COUNT)
        return objects[found].treatments[verb] == TREAT_NONE ? ABOUT_COUNT : found;
    *words = 0;
    for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
        size_t n;

        if (objects[i].words.ptr[0] != letter
            || objects[i].treatments[verb] == TREAT_NONE)
            continue;
        n = match_words(c, at, objects[i].words);
        if (n > *words) {
            *words = n;
            found = (enum about)i;
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
        at += scan_definer_length(c->t, at);
    if (verb == ON_COMMENT && kind_at(c, at) == T_ON)
        at++;
    out->about = find_object(c, verb, at, &words);
    if (out->about == ABOUT_COUNT) {
        report_object(c, verb, at);
        return false;
    }
    out->treatment = objects[out->about].treatments[verb];
    out->is_object = true;
    out->verb = verb;
    out->name = at + words;
    out->kind = objects[out->about].kinds[verb];
    return true;
}

static bool
classify_verb(const struct scan *c, struct classified *out)
{
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (word_at(c, c->piece.begin, verbs[i].word)) {
            out->treatment = verbs[i].treatment;
            out->kind = slice_from(verbs[i].kind);
            return true;
        }
    if (kind_at(c, c->piece.begin) != T_BROKEN)
        report_verb(c);
    return false;
}

bool
scan_classify(const struct scan *c, struct classified *out)
{
    *out = (struct classified){ .name = c->piece.begin + 1 };
    switch (kind_at(c, c->piece.begin)) {
    case T_CREATE:
        return classify_object(c, ON_CREATE, out);
    case T_ALTER:
        return classify_object(c, ON_ALTER, out);
    case T_DROP:
        return classify_object(c, ON_DROP, out);
    case T_COMMENT:
        return classify_object(c, ON_COMMENT, out);
    case T_CLIENT_COMMAND:
        out->treatment = TREAT_SKIPPED;
        return true;
    case '(':
        out->treatment = TREAT_PARSED;
        return true;
    default:
        return classify_verb(c, out);
    }
}

struct slice
scan_object_words(enum about about)
{
    return objects[about].words;
}
