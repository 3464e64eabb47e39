/*
 * Forms of what is kept whole: operators and their classes, base types, casts,
 * collations, text search, event triggers and the like.  Nothing is known of them but
 * their words, so that two texts are one where they say the same words in the server's
 * own spelling:
 *
 *     create operator === (rightarg = int, LeftArg = pg_catalog.int4, procedure =
 * public.f) create operator === (function = f, leftarg = integer, rightarg = integer)
 *
 * Letters are small outside of quotes, public and pg_catalog are not said, types have the
 * server's names, options stand in the order of their names, and those that are as usual
 * are left out.  Only comparison sees this form.
 */
#include <stdlib.h>

#include "base/sqltext.h"
#include "dialect/postgres/form.h"
#include "expr/sqlw.h"

struct words {
    VEC(struct sqltext_token) all; /* neither blanks nor comments */
};

/* ---- words ---- */

static bool
is_sign_of(struct sqltext_token t, char c)
{
    return t.kind == SQLTEXT_OTHER && t.text.ptr[0] == c;
}

static struct words
words_of(struct arena *a, struct slice text)
{
    struct sqltext rest = { .rest = text };
    struct sqltext_token t;
    struct words w = { 0 };

    while ((t = sqltext_next_code(&rest)).kind != SQLTEXT_END)
        VEC_PUSH(a, &w.all, t);
    return w;
}

/* Where names without a schema are looked for. */
static bool
is_usual_schema(const struct words *w, size_t at)
{
    struct sqltext_token t = w->all.items[at];

    return at + 1 < w->all.count && is_sign_of(w->all.items[at + 1], '.')
           && (sqltext_is_name(t, SLICE("public"))
               || sqltext_is_name(t, SLICE("pg_catalog")));
}

/* "default" and default, E'x' and 'x' stay what they are; so does a name in quotes that
 * would be another one without them. */
static struct slice
word_form(struct arena *a, struct sqltext_token t)
{
    static const struct {
        const char *word;
        const char *same;
    } same[] = { { "procedure", "function" } };
    struct slice name;
    bool plain;

    if (t.kind != SQLTEXT_WORD && t.kind != SQLTEXT_QUOTED)
        return t.text;
    name = sqltext_name(a, t);
    plain = name.len > 0 && !(name.ptr[0] >= '0' && name.ptr[0] <= '9');
    for (size_t i = 0; i < name.len && plain; i++)
        plain = (name.ptr[i] >= 'a' && name.ptr[i] <= 'z') || name.ptr[i] == '_'
                || (name.ptr[i] >= '0' && name.ptr[i] <= '9');
    if (t.kind == SQLTEXT_QUOTED
        && (!plain || type_from_words(SLICE_NONE, name, false, NULL).kind != TYPE_NAMED))
        return t.text; /* "char" is not char */
    for (size_t i = 0; t.kind == SQLTEXT_WORD && i < ARRAY_LEN(same); i++)
        if (slice_is(name, same[i].word))
            return slice_from(same[i].same);
    return name;
}

static bool
is_tight(struct slice before, struct slice word)
{
    char last = before.len == 0 ? '(' : before.ptr[before.len - 1];
    char first = word.ptr[0];

    return before.len == 0 || last == '(' || last == '.' || first == '.' || first == '('
           || first == ')' || first == ',';
}

/* Of the words from `begin` on, one blank apart where they do not cling. */
static struct slice
joined(struct arena *a, const struct words *w, size_t begin, size_t end)
{
    struct text out;
    bool glued = false; /* signs that make one operator: < and = */

    text_init(&out, a);
    for (size_t i = begin; i < end; i++) {
        bool sign = w->all.items[i].kind == SQLTEXT_OTHER;
        struct slice word;

        if (is_usual_schema(w, i)) {
            glued = false;
            i++; /* and its point */
            continue;
        }
        word = word_form(a, w->all.items[i]);
        if (!(glued && sign) && !is_tight(text_slice(&out), word))
            text_addc(&out, ' ');
        text_add(&out, word);
        glued = sign;
    }
    return text_slice(&out);
}

/* ---- types ---- */

static struct slice
type_form(struct arena *a, struct slice words)
{
    struct type t = type_from_words(SLICE_NONE, words, false, NULL);
    struct text out;
    struct sqlw w;

    if (t.kind == TYPE_NAMED)
        return words;
    text_init(&out, a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_type(&w, &t);
    return text_slice(&out);
}

static bool
ends_type(struct sqltext_token t)
{
    return is_sign_of(t, '(') || is_sign_of(t, ')') || is_sign_of(t, ',')
           || sqltext_is_word(t, "as");
}

/* What stands in parentheses are types: (text AS bool), f(int4, int8). */
static struct slice
typed(struct arena *a, const struct words *w)
{
    struct text out;
    size_t depth = 0;

    text_init(&out, a);
    for (size_t i = 0; i < w->all.count; i++) {
        size_t end = i;

        while (depth > 0 && end < w->all.count && !ends_type(w->all.items[end]))
            end++;
        if (end > i) {
            text_addf(&out, " %.*s", SLICE_ARG(type_form(a, joined(a, w, i, end))));
            i = end - 1;
            continue;
        }
        depth += is_sign_of(w->all.items[i], '(') ? 1 : 0;
        depth -= is_sign_of(w->all.items[i], ')') && depth > 0 ? 1 : 0;
        if (is_usual_schema(w, i))
            i++;
        else
            text_addf(&out, " %.*s", SLICE_ARG(word_form(a, w->all.items[i])));
    }
    return text_slice(&out);
}

static bool
has_types(struct slice kind)
{
    return slice_is(kind, "cast") || slice_is(kind, "transform")
           || slice_starts(kind, "operator ");
}

/* ---- options: (name = value, …) ---- */

enum value_kind {
    VALUE_WORDS,
    VALUE_TYPE,
    VALUE_OPERATOR, /* OPERATOR(s.=), or = */
    VALUE_YES,      /* alone, or true */
    VALUE_TEXT,     /* with quotes or without */
};

/* What an option holds, how else its value is called, and what it is without a word. */
struct option_rule {
    const char *kind; /* of the object; ends in "…" for all that begin so */
    const char *name;
    enum value_kind holds;
    const char *usual;
};

static const struct option_rule rules[] = {
    { "operator", "leftarg", VALUE_TYPE, NULL },
    { "operator", "rightarg", VALUE_TYPE, NULL },
    { "operator", "commutator", VALUE_OPERATOR, NULL },
    { "operator", "negator", VALUE_OPERATOR, NULL },
    { "operator", "hashes", VALUE_YES, NULL },
    { "operator", "merges", VALUE_YES, NULL },
    { "type", "internallength", VALUE_WORDS, "variable" },
    { "type", "alignment", VALUE_TYPE, "integer" },
    { "type", "storage", VALUE_WORDS, "plain" },
    { "type", "element", VALUE_TYPE, NULL },
    { "type", "passedbyvalue", VALUE_YES, NULL },
    { "type", "preferred", VALUE_YES, NULL },
    { "type", "collatable", VALUE_YES, NULL },
    { "type", "category", VALUE_TEXT, "u" },
    { "type", "delimiter", VALUE_TEXT, "," },
    { "collation", "provider", VALUE_TEXT, "libc" },
    { "collation", "locale", VALUE_TEXT, NULL },
    { "collation", "lc_collate", VALUE_TEXT, NULL },
    { "collation", "lc_ctype", VALUE_TEXT, NULL },
    { "collation", "deterministic", VALUE_TEXT, "true" },
    { "text search dictionary", NULL, VALUE_TEXT, NULL },
};

static bool
has_options(struct slice kind)
{
    return slice_is(kind, "operator") || slice_is(kind, "type")
           || slice_is(kind, "collation") || slice_starts(kind, "text search");
}

static const struct option_rule *
find_rule(struct slice kind, struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        if (slice_is(kind, rules[i].kind)
            && (rules[i].name == NULL || slice_is(name, rules[i].name)))
            return &rules[i];
    return NULL;
}

/* 'C' and C, but not the capitals of what stands in quotes. */
static struct slice
unquoted(struct slice value)
{
    bool quoted =
        value.len >= 2 && value.ptr[0] == '\'' && value.ptr[value.len - 1] == '\'';

    return quoted ? slice_sub(value, 1, value.len - 1) : value;
}

static struct slice
operator_form(struct slice value)
{
    struct slice word = SLICE("operator(");

    return slice_starts(value, "operator(") ? slice_sub(value, word.len, value.len - 1)
                                            : value;
}

/* None: there is no need to say it. */
static struct slice
value_form(struct arena *a, const struct option_rule *rule, struct slice value)
{
    if (rule == NULL)
        return value;
    switch (rule->holds) {
    case VALUE_TYPE:
        value = type_form(a, value);
        break;
    case VALUE_OPERATOR:
        value = operator_form(value);
        break;
    case VALUE_YES:
        if (slice_is(value, "false"))
            return SLICE_NONE;
        value = SLICE("true");
        break;
    case VALUE_TEXT:
        value = unquoted(value);
        break;
    case VALUE_WORDS:
        break;
    }
    return rule->usual != NULL && slice_is_fold(value, rule->usual) ? SLICE_NONE : value;
}

/* The end of what begins at `at`: a comma or ')' outside of parentheses. */
static size_t
item_end(const struct words *w, size_t at)
{
    size_t depth = 0;

    for (; at < w->all.count; at++) {
        struct sqltext_token t = w->all.items[at];

        if (depth == 0 && (is_sign_of(t, ',') || is_sign_of(t, ')')))
            break;
        if (is_sign_of(t, '('))
            depth++;
        else if (is_sign_of(t, ')'))
            depth--;
    }
    return at;
}

static int
compare_lines(const void *x, const void *y)
{
    return slice_compare(*(const struct slice *)x, *(const struct slice *)y);
}

static struct slice
option_form(struct arena *a, struct slice kind, const struct words *w, size_t begin,
            size_t end)
{
    struct slice name = word_form(a, w->all.items[begin]);
    bool has_value = begin + 1 < end && is_sign_of(w->all.items[begin + 1], '=');
    struct slice value =
        has_value ? joined(a, w, begin + 2, end) : joined(a, w, begin + 1, end);

    value = value_form(a, find_rule(kind, name), value);
    return slice_is_none(value)
               ? value
               : slice_format(a, "%.*s = %.*s", SLICE_ARG(name), SLICE_ARG(value));
}

static struct slice
options_form(struct arena *a, struct slice kind, const struct words *w, size_t open)
{
    VEC(struct slice) options = { 0 };
    struct text out;
    size_t at = open;

    do {
        size_t end = item_end(w, at + 1);
        struct slice option =
            end == at + 1 ? SLICE_NONE : option_form(a, kind, w, at + 1, end);

        if (!slice_is_none(option))
            VEC_PUSH(a, &options, option);
        at = end;
    } while (at < w->all.count && is_sign_of(w->all.items[at], ','));
    if (options.count > 1)
        qsort(options.items, options.count, sizeof *options.items, compare_lines);
    text_init(&out, a);
    text_add(&out, joined(a, w, 0, open));
    VEC_EACH (i, &options)
        text_addf(&out, "%s%.*s", i == 0 ? "(" : ", ", SLICE_ARG(options.items[i]));
    text_addz(&out, ")");
    return text_slice(&out);
}

/* ---- all of them ---- */

static size_t
find_open(const struct words *w)
{
    size_t at = 0;

    while (at < w->all.count && !is_sign_of(w->all.items[at], '('))
        at++;
    return at;
}

/* SET DEFAULT 'x'::text: a string is of its column's type, whatever else is said. */
static void
forget_cast(struct words *w)
{
    size_t at = w->all.count;

    while (at > 0 && w->all.items[at - 1].kind != SQLTEXT_STRING)
        at--;
    if (at > 0 && at + 1 < w->all.count && is_sign_of(w->all.items[at], ':')
        && is_sign_of(w->all.items[at + 1], ':'))
        w->all.count = at;
}

struct slice
form_text(struct arena *a, struct slice kind, struct slice text)
{
    struct words w = words_of(a, text);
    size_t open = find_open(&w);

    if (has_options(kind) && open < w.all.count)
        return options_form(a, kind, &w, open);
    if (slice_is(kind, "alter view"))
        forget_cast(&w);
    return has_types(kind) ? typed(a, &w) : joined(a, &w, 0, w.all.count);
}
