/*
 * Reading annotations: the word after '@' and the form of its argument
 * (annotations.def).  Where they may stand is in attach.c.
 */
#include "syntax/remark.h"

#include <assert.h>
#include <string.h>

#include "grammar/parser.h"
#include "syntax/parse.h"

enum argument_form {
    ARGUMENT_NONE,
    ARGUMENT_NAME,
    ARGUMENT_WORD,
    ARGUMENT_DIALECT,
    ARGUMENT_NAME_OR_STRING,
    ARGUMENT_EXPR,
    ARGUMENT_DIALECT_TYPE,
    ARGUMENT_C,
    ARGUMENT_MAP,
    ARGUMENT_LINT,
};
#define ARGUMENT_FORM_COUNT (ARGUMENT_LINT + 1)

struct annotation_info {
    const char *word;
    const char *where;
    enum argument_form form;
};

static const struct annotation_info infos[] = {
#define ANNOTATION(kind, word, where, argument) [kind] = { word, where, argument },
#include "syntax/annotations.def"
#undef ANNOTATION
};
static_assert(ARRAY_LEN(infos) == ANNOTATION_KIND_COUNT, "describe every annotation");

/* Shown when the argument is wrong. */
static const char *const forms[] = {
    [ARGUMENT_NONE] = "",
    [ARGUMENT_NAME] = " NAME",
    [ARGUMENT_WORD] = " VERSION",
    [ARGUMENT_DIALECT] = " DIALECT",
    [ARGUMENT_NAME_OR_STRING] = " OLD_NAME",
    [ARGUMENT_EXPR] = " EXPRESSION",
    [ARGUMENT_DIALECT_TYPE] = " DIALECT: TYPE",
    [ARGUMENT_C] = " TYPE, or name=IDENTIFIER",
    [ARGUMENT_MAP] = " 'old' = 'new'",
    [ARGUMENT_LINT] = " off RULE \"why\"",
};
static_assert(ARRAY_LEN(forms) == ARGUMENT_FORM_COUNT, "show every form");

static const struct slice section_words[] = {
    [SECTION_MIGRATE] = { "migrate", 7 },
    [SECTION_ROLLBACK] = { "rollback", 8 },
    [SECTION_VERIFY] = { "verify", 6 },
};

static const struct slice dialect_words[] = { { "sqlite", 6 }, { "postgres", 8 } };

const char *
annotation_where(enum annotation_kind kind)
{
    return infos[kind].where;
}

const char *
annotation_word(enum annotation_kind kind)
{
    return infos[kind].word;
}

bool
annotation_is_word(struct slice word)
{
    for (size_t i = 0; i < ANNOTATION_KIND_COUNT; i++)
        if (slice_is(word, infos[i].word))
            return true;
    return false;
}

/* One annotation while it is read. */
struct reading {
    struct session *s;
    const struct tokens *t;
    struct span word_span; /* '@' and the word */
    struct slice word;     /* without '@' */
    struct span rest;      /* the argument, trimmed; may be empty */
    struct tokens tokens;  /* of the argument; lexed when first needed */
};

/* ---- messages ---- */

static bool
is_word_letter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '-';
}

/* "@from", where somebody put two annotations into one comment; none. */
static struct slice
second_annotation(struct reading *r)
{
    struct slice text = source_slice(&r->s->sources, r->rest);

    for (size_t at = 0; at < text.len; at++) {
        size_t end = at + 1;

        if (text.ptr[at] != '@')
            continue;
        while (end < text.len && is_word_letter(text.ptr[end]))
            end++;
        if (annotation_is_word(slice_sub(text, at + 1, end)))
            return slice_sub(text, at, end);
    }
    return SLICE_NONE;
}

static void
report_argument(struct reading *r, const char *form)
{
    struct slice second = second_annotation(r);
    struct span at = r->rest.begin == r->rest.end ? r->word_span : r->rest;
    struct diag *d =
        diag_add(&r->s->diags, D_ANNOTATION_ARGUMENT, at, "@%.*s %s", SLICE_ARG(r->word),
                 form[0] == '\0'                ? "takes no argument"
                 : r->rest.begin == r->rest.end ? "needs an argument"
                                                : "does not understand this argument");

    if (slice_is_none(second))
        diag_hint(&r->s->diags, d, "write @%.*s%s", SLICE_ARG(r->word), form);
    else
        diag_hint(&r->s->diags, d,
                  "%.*s is a comment of its own: put it on another line",
                  SLICE_ARG(second));
}

static void
report_dialect(struct reading *r, struct span at, struct slice word)
{
    struct slice near = diag_nearest(word, dialect_words, ARRAY_LEN(dialect_words));
    struct diag *d = diag_add(&r->s->diags, D_ANNOTATION_ARGUMENT, at,
                              "there is no dialect \"%.*s\"", SLICE_ARG(word));

    if (slice_is_none(near))
        diag_hint(&r->s->diags, d, "the dialects are sqlite and postgres");
    else
        diag_hint(&r->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
}

/*
 * A word that is nearly one of ours is a mistake, which would be ignored in silence; any
 * other belongs to another tool, whose comments are none of our business.
 */
static void
report_unknown(struct reading *r)
{
    struct slice candidates[ANNOTATION_KIND_COUNT + ARRAY_LEN(section_words) + 1];
    size_t count = 0;
    struct slice near;
    struct diag *d;

    for (size_t i = 0; i < ANNOTATION_KIND_COUNT; i++)
        candidates[count++] = slice_from(infos[i].word);
    for (size_t i = 0; i < ARRAY_LEN(section_words); i++)
        candidates[count++] = section_words[i];
    candidates[count++] = SLICE("end");
    near = diag_nearest(r->word, candidates, count);
    d = diag_add(&r->s->diags,
                 slice_is_none(near) ? D_ANNOTATION_FOREIGN : D_ANNOTATION_UNKNOWN,
                 r->word_span, "there is no annotation @%.*s", SLICE_ARG(r->word));
    if (slice_is_none(near))
        diag_hint(&r->s->diags, d, "it is read as a comment");
    else
        diag_hint(&r->s->diags, d, "did you mean @%.*s?", SLICE_ARG(near));
}

/* ---- the pieces of an argument ---- */

static void
lex_argument(struct reading *r)
{
    lex_span(r->s, &r->s->scratch, r->rest, &r->tokens);
}

static size_t
token_count(const struct reading *r)
{
    return r->tokens.all.count - 1; /* without T_END */
}

static const struct token *
token_at(const struct reading *r, size_t i)
{
    size_t last = r->tokens.all.count - 1;

    return &r->tokens.all.items[i < last ? i : last];
}

static int
kind_at(const struct reading *r, size_t i)
{
    return token_at(r, i)->kind;
}

static struct slice
name_at(const struct reading *r, size_t i)
{
    return token_name(r->s, &r->tokens, token_at(r, i));
}

static bool
is_word_at(const struct reading *r, size_t i)
{
    return kind_at(r, i) == T_IDENT || keyword_of_token(kind_at(r, i)) != NULL;
}

/* A 'string' or a "quoted" one: the characters; none when it is neither. */
static struct slice
text_at(const struct reading *r, size_t i)
{
    const struct token *t = token_at(r, i);

    if (t->kind == T_SCONST)
        return token_string(r->s, &r->tokens, t);
    if (t->kind == T_IDENT && r->tokens.text.ptr[t->begin] == '"')
        return token_name(r->s, &r->tokens, t);
    return SLICE_NONE;
}

/* "postgresql" is what the URL says; the dialect is called postgres. */
static bool
dialect_at(struct reading *r, size_t i, struct slice *out)
{
    struct slice word = name_at(r, i);

    if (slice_is(word, "postgresql"))
        word = SLICE("postgres");
    for (size_t k = 0; k < ARRAY_LEN(dialect_words); k++)
        if (slice_equal(word, dialect_words[k])) {
            *out = dialect_words[k];
            return true;
        }
    report_dialect(r, token_span(&r->tokens, token_at(r, i)), word);
    return false;
}

/* ---- one function per form: false when it is not of that form ---- */

static bool
read_none(struct reading *r, struct annotation *a)
{
    (void)a;
    return r->rest.begin == r->rest.end;
}

static bool
read_name(struct reading *r, struct annotation *a)
{
    if (token_count(r) != 1 || !is_word_at(r, 0))
        return false;
    a->first = name_at(r, 0);
    return true;
}

static bool
read_word(struct reading *r, struct annotation *a)
{
    for (size_t i = 0; i < a->argument.len; i++)
        if (a->argument.ptr[i] == ' ' || a->argument.ptr[i] == '\t')
            return false;
    a->first = a->argument;
    return r->rest.begin < r->rest.end;
}

static bool
read_dialect(struct reading *r, struct annotation *a)
{
    if (token_count(r) != 1 || !is_word_at(r, 0))
        return false;
    dialect_at(r, 0, &a->dialect);
    return true;
}

/* old, "Old", schema.old, 'old value' */
static bool
read_old_name(struct reading *r, struct annotation *a)
{
    size_t count = token_count(r);

    if (count == 1 && kind_at(r, 0) == T_SCONST) {
        a->first = text_at(r, 0);
        return true;
    }
    if (count == 3 && is_word_at(r, 0) && kind_at(r, 1) == '.' && is_word_at(r, 2)) {
        a->first = name_at(r, 2);
        a->second = name_at(r, 0);
        return true;
    }
    return read_name(r, a);
}

static bool
read_expr(struct reading *r, struct annotation *a)
{
    if (r->rest.begin == r->rest.end)
        return false;
    a->expr = parse_expr(r->s, r->rest);
    return true;
}

static bool
read_dialect_type(struct reading *r, struct annotation *a)
{
    struct span type = r->rest;

    if (!is_word_at(r, 0) || kind_at(r, 1) != ':' || token_count(r) < 3)
        return false;
    type.begin = token_at(r, 2)->begin;
    if (dialect_at(r, 0, &a->dialect))
        a->type = parse_type(r->s, type);
    return true;
}

/* name=ID, or a C type, which is kept as it is. */
static bool
read_c(struct reading *r, struct annotation *a)
{
    if (token_count(r) == 3 && token_is_word(&r->tokens, token_at(r, 0), "name")
        && kind_at(r, 1) == '=' && is_word_at(r, 2)) {
        a->first = SLICE("name");
        a->second = token_text(&r->tokens, token_at(r, 2));
    }
    return r->rest.begin < r->rest.end;
}

/* 'old' = 'new', 'old' = NULL; numbers too */
static bool
read_map(struct reading *r, struct annotation *a)
{
    bool null = kind_at(r, 2) == T_NULL;

    if (token_count(r) != 3 || kind_at(r, 1) != '=')
        return false;
    a->first = text_at(r, 0);
    a->second = text_at(r, 2);
    if (kind_at(r, 0) == T_NUMBER)
        a->first = token_text(&r->tokens, token_at(r, 0));
    if (kind_at(r, 2) == T_NUMBER)
        a->second = token_text(&r->tokens, token_at(r, 2));
    return !slice_is_none(a->first) && (null || !slice_is_none(a->second));
}

/* off RULE "why"; rules are written with hyphens */
static bool
read_lint(struct reading *r, struct annotation *a)
{
    size_t count = token_count(r);
    size_t last = count - (count > 0);
    struct slice why = text_at(r, last);
    struct span rule;

    if (count < 3 || !token_is_word(&r->tokens, token_at(r, 0), "off")
        || slice_trim(why).len == 0)
        return false;
    rule = span_join(token_span(&r->tokens, token_at(r, 1)),
                     token_span(&r->tokens, token_at(r, last - 1)));
    a->first = slice_sub(r->tokens.text, rule.begin, rule.end);
    a->second = why;
    return true;
}

typedef bool read_fn(struct reading *r, struct annotation *a);

static read_fn *const readers[] = {
    [ARGUMENT_NONE] = read_none,
    [ARGUMENT_NAME] = read_name,
    [ARGUMENT_WORD] = read_word,
    [ARGUMENT_DIALECT] = read_dialect,
    [ARGUMENT_NAME_OR_STRING] = read_old_name,
    [ARGUMENT_EXPR] = read_expr,
    [ARGUMENT_DIALECT_TYPE] = read_dialect_type,
    [ARGUMENT_C] = read_c,
    [ARGUMENT_MAP] = read_map,
    [ARGUMENT_LINT] = read_lint,
};
static_assert(ARRAY_LEN(readers) == ARGUMENT_FORM_COUNT, "read every form");

/* The forms that have tokens of their own; the others take their text whole. */
static bool
needs_tokens(enum argument_form form)
{
    return form != ARGUMENT_NONE && form != ARGUMENT_WORD && form != ARGUMENT_EXPR;
}

static bool
read_annotation(struct reading *r, enum annotation_kind kind, struct remark *out)
{
    const struct annotation_info *info = &infos[kind];
    struct annotation *a = ARENA_NEW(&r->s->arena, struct annotation);

    a->kind = kind;
    a->span = out->span;
    if (r->rest.begin < r->rest.end)
        a->argument = slice_sub(r->t->text, r->rest.begin, r->rest.end);
    if (needs_tokens(info->form))
        lex_argument(r);
    if (!readers[info->form](r, a)) {
        report_argument(r, forms[info->form]);
        return false;
    }
    out->annotation = a;
    return true;
}

/* ---- sections ---- */

/* @migrate [DIALECT], @rollback [DIALECT], @verify [DIALECT] ["title"] */
static bool
read_section(struct reading *r, enum section_kind kind, struct remark *out)
{
    size_t at = 0;

    out->kind = REMARK_SECTION;
    out->section = kind;
    lex_argument(r);
    if (is_word_at(r, at) && slice_is_none(text_at(r, at)))
        dialect_at(r, at++, &out->dialect);
    if (kind == SECTION_VERIFY && at < token_count(r)) {
        out->title = text_at(r, at);
        at += !slice_is_none(out->title);
    }
    if (at < token_count(r))
        report_argument(r, kind == SECTION_VERIFY ? " \"what must hold\"" : " DIALECT");
    return true; /* a section all the same: its statements are no declarations */
}

static bool
read_remark(struct reading *r, struct remark *out)
{
    for (size_t i = 0; i < ANNOTATION_KIND_COUNT; i++)
        if (slice_is(r->word, infos[i].word))
            return read_annotation(r, (enum annotation_kind)i, out);
    for (size_t i = 0; i < ARRAY_LEN(section_words); i++)
        if (slice_equal(r->word, section_words[i]))
            return read_section(r, (enum section_kind)i, out);
    if (slice_is(r->word, "end")) {
        out->kind = REMARK_END;
        if (r->rest.begin < r->rest.end)
            report_argument(r, "");
        return true;
    }
    report_unknown(r);
    return false;
}

/* ---- finding them ---- */

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
           || (c >= '0' && c <= '9');
}

static struct span
trimmed(const struct tokens *t, size_t begin, size_t end)
{
    struct slice inner = slice_trim(slice_sub(t->text, begin, end));
    size_t at = (size_t)(inner.ptr - t->text.ptr);

    return (struct span){ t->source, (uint32_t)at, (uint32_t)(at + inner.len) };
}

/* What a comment says, without its marks. */
static struct span
comment_inside(const struct tokens *t, const struct comment *c)
{
    struct slice text = slice_sub(t->text, c->begin, c->end);
    size_t open = text.ptr[0] == '#' ? 1 : 2;
    size_t close =
        slice_starts(text, "/*") && slice_ends(text, "*/") && text.len >= 4 ? 2 : 0;

    return trimmed(t, c->begin + open, c->end - close);
}

/* Does an '@' stand behind the mark of the comment?  Most others are told by this. */
static bool
may_be_remark(const struct tokens *t, const struct comment *c)
{
    size_t at = c->begin + (t->text.ptr[c->begin] == '#' ? 1 : 2);

    while (at < c->end && (t->text.ptr[at] == ' ' || t->text.ptr[at] == '\t'))
        at++;
    return at < c->end && (t->text.ptr[at] == '@' || t->text.ptr[at] < ' ');
}

static void
read_comment(struct session *s, const struct tokens *t, const struct comment *c,
             struct remarks *out)
{
    struct span inside = comment_inside(t, c);
    struct reading r = { .s = s, .t = t };
    struct remark remark = { .comment = c, .span = inside };
    uint32_t at = inside.begin + 1;

    if (inside.begin == inside.end || t->text.ptr[inside.begin] != '@')
        return;
    while (at < inside.end && is_word_byte(t->text.ptr[at]))
        at++;
    if (at == inside.begin + 1)
        return; /* "@ home" */
    r.word = slice_sub(t->text, inside.begin + 1, at);
    r.word_span = (struct span){ t->source, inside.begin, at };
    r.rest = trimmed(t, at, inside.end);
    if (!read_remark(&r, &remark))
        return;
    remark.comment = arena_copy(&s->arena, c, sizeof *c);
    VEC_PUSH(&s->arena, &out->all, remark);
}

void
remarks_read(struct session *s, const struct tokens *t, struct remarks *out)
{
    for (; out->seen < t->comments.count; out->seen++)
        if (may_be_remark(t, &t->comments.items[out->seen]))
            read_comment(s, t, &t->comments.items[out->seen], out);
}
