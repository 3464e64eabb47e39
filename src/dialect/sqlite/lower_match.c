/*
 * Patterns.  SQLite's LIKE ignores the case of A to Z (PostgreSQL's ILIKE), its GLOB does
 * not; regular expressions do not exist.  What can be said with GLOB is said with GLOB.
 */
#include <string.h>

#include "dialect/sqlite/lite.h"

/* ---- LIKE ---- */

static bool
has_letters(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return true;
    }
    return false;
}

static void
add_glob_char(struct text *out, char c)
{
    if (c == '*' || c == '?' || c == '[')
        text_addf(out, "[%c]", c);
    else
        text_addc(out, c);
}

/* 'T%' → 'T*'; a backslash takes the meaning of the next character away. */
static struct slice
glob_of_like(struct arena *a, struct slice like, char escape)
{
    struct text out;

    text_init(&out, a);
    for (size_t i = 0; i < like.len; i++) {
        char c = like.ptr[i];

        if (escape != '\0' && c == escape && i + 1 < like.len)
            add_glob_char(&out, like.ptr[++i]);
        else if (c == '%')
            text_addc(&out, '*');
        else if (c == '_')
            text_addc(&out, '?');
        else
            add_glob_char(&out, c);
    }
    return text_slice(&out);
}

static const struct expr *
escape_of(const struct expr *e)
{
    return e->arg_count > 2 ? e->args[2] : NULL;
}

static bool
needs_escape(const struct expr *e)
{
    return escape_of(e) == NULL && e->args[1]->kind == EXPR_STRING
           && e->args[1]->text.len > 0
           && memchr(e->args[1]->text.ptr, '\\', e->args[1]->text.len) != NULL;
}

/* LIKE as SQLite has it; the backslash, which escapes in PostgreSQL, is spelt out. */
static const struct expr *
plain_like(struct lite_scope *scope, const struct expr *e, const struct expr *x,
           const struct expr *pattern)
{
    struct expr *like = expr_new(&scope->s->arena, EXPR_LIKE, e->span, SLICE("like"), 3);

    like->flags = e->flags;
    like->args[0] = x;
    like->args[1] = pattern;
    like->args[2] = needs_escape(e) ? lite_stringz(&scope->s->arena, "\\") : escape_of(e);
    return like;
}

static void
refuse_scaled(struct lite_scope *scope, const struct expr *e, const struct lite_value *v)
{
    if (v->scale > 0)
        lite_problem(scope, e, "a decimal is stored as an integer here");
}

static char
escape_char(const struct expr *e)
{
    const struct expr *escape = escape_of(e);

    if (escape == NULL)
        return '\\';
    return escape->kind == EXPR_STRING && escape->text.len == 1 ? escape->text.ptr[0]
                                                                : '\0';
}

struct lite_value
lite_lower_like(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value x = lite_lower_node(scope, e->args[0]);
    struct lite_value pattern = lite_lower_node(scope, e->args[1]);
    bool constant = e->args[1]->kind == EXPR_STRING;

    refuse_scaled(scope, e, &x);
    if (slice_is(e->text, "similar") || slice_is(e->text, "regexp")
        || slice_is(e->text, "match"))
        lite_problem(
            scope, e, "SQLite has no %.*s",
            SLICE_ARG(slice_is(e->text, "similar") ? SLICE("SIMILAR TO") : e->text));
    if (slice_is(e->text, "glob")) {
        struct expr *copy = lite_copy(&scope->s->arena, e);

        copy->args[0] = x.e;
        copy->args[1] = pattern.e;
        return lite_plain(copy, e->result);
    }
    if (slice_is(e->text, "like") && constant && has_letters(e->args[1]->text))
        return lite_plain(
            lite_glob(&scope->s->arena, x.e,
                      glob_of_like(&scope->s->arena, e->args[1]->text, escape_char(e)),
                      (e->flags & EXPR_NEGATED) != 0),
            e->result);
    if (slice_is(e->text, "like") && !constant)
        lite_note(scope, e, "LIKE ignores the case of the letters A to Z in SQLite");
    return lite_plain(plain_like(scope, e, x.e, pattern.e), e->result);
}

/* ---- regular expressions ---- */

/* One piece of a regular expression: a set of characters and how often it may come. */
struct atom {
    struct slice set;     /* as GLOB writes it: "a", "?", "[a-z]" */
    struct slice not_set; /* "[^a-z]"; none for "?" */
    int least;
    int most; /* -1: no limit */
};

#define ATOMS_MAX 32  /* a longer pattern is no simple one */
#define REPEAT_MAX 64 /* {n} is written out n times */

struct regex {
    struct atom atoms[ATOMS_MAX];
    size_t count;
    bool from_start;
    bool to_end;
};

struct reader {
    struct arena *a;
    struct slice rest;
};

static char
peek(const struct reader *r)
{
    return r->rest.len == 0 ? '\0' : r->rest.ptr[0];
}

static char
take(struct reader *r)
{
    char c = peek(r);

    r->rest = slice_sub(r->rest, r->rest.len == 0 ? 0 : 1, r->rest.len);
    return c;
}

static void
set_of(struct reader *r, struct atom *out, struct slice members)
{
    out->set = slice_format(r->a, "[%.*s]", SLICE_ARG(members));
    out->not_set = slice_format(r->a, "[^%.*s]", SLICE_ARG(members));
}

/* [a-z], without classes like [:alpha:] and without a negation. */
static bool
read_set(struct reader *r, struct atom *out)
{
    struct text members;

    text_init(&members, r->a);
    if (peek(r) == '^' || peek(r) == ']')
        return false;
    while (peek(r) != ']') {
        char c = take(r);
        bool escaped = c == '\\';

        if (escaped)
            c = take(r);
        if (c == '\0' || c == '[' || c == ']' || (unsigned char)c >= 0x80
            || (escaped && strchr("-^dwsDWS", c) != NULL))
            return false;
        text_addc(&members, c);
    }
    take(r);
    set_of(r, out, text_slice(&members));
    return true;
}

static bool
read_escape(struct reader *r, struct atom *out)
{
    char c = take(r);

    if (c == 'd') {
        set_of(r, out, SLICE("0-9"));
        return true;
    }
    if (c == 'w') {
        set_of(r, out, SLICE("a-zA-Z0-9_"));
        return true;
    }
    if (c == '\0' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9'))
        return false;
    set_of(r, out, slice_format(r->a, "%c", c));
    return c != ']' && c != '^';
}

static bool
read_atom(struct reader *r, struct atom *out)
{
    char c = take(r);

    *out = (struct atom){ .least = 1, .most = 1 };
    if (c == '[')
        return read_set(r, out);
    if (c == '\\')
        return read_escape(r, out);
    if (c == '.') {
        out->set = SLICE("?");
        return true;
    }
    if (c == '\0' || (unsigned char)c >= 0x80 || strchr("()|*+?{}^$]", c) != NULL)
        return false;
    set_of(r, out, slice_format(r->a, "%c", c));
    return true;
}

static bool
read_number(struct reader *r, int *out)
{
    *out = 0;
    if (peek(r) < '0' || peek(r) > '9')
        return false;
    while (peek(r) >= '0' && peek(r) <= '9' && *out <= REPEAT_MAX)
        *out = *out * 10 + (take(r) - '0');
    return *out <= REPEAT_MAX;
}

/* {n}, {n,}, {n,m} */
static bool
read_braces(struct reader *r, struct atom *out)
{
    if (!read_number(r, &out->least))
        return false;
    out->most = out->least;
    if (peek(r) == ',') {
        take(r);
        out->most = -1;
        if (peek(r) != '}' && !read_number(r, &out->most))
            return false;
    }
    return take(r) == '}';
}

static bool
read_quantifier(struct reader *r, struct atom *out)
{
    static const struct {
        char mark;
        int least;
        int most;
    } marks[] = { { '*', 0, -1 }, { '+', 1, -1 }, { '?', 0, 1 } };

    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (peek(r) == marks[i].mark) {
            take(r);
            out->least = marks[i].least;
            out->most = marks[i].most;
            return true;
        }
    if (peek(r) != '{')
        return true;
    take(r);
    return read_braces(r, out);
}

static bool
read_regex(struct arena *a, struct slice text, struct regex *out)
{
    struct reader r = { a, text };

    *out = (struct regex){ 0 };
    if (peek(&r) == '^') {
        take(&r);
        out->from_start = true;
    }
    while (r.rest.len > 0) {
        if (peek(&r) == '$' && r.rest.len == 1) {
            out->to_end = true;
            return true;
        }
        if (out->count == ATOMS_MAX || !read_atom(&r, &out->atoms[out->count])
            || !read_quantifier(&r, &out->atoms[out->count]))
            return false;
        out->count++;
    }
    return true;
}

static bool
is_fixed(const struct atom *t)
{
    return t->least == t->most;
}

static bool
is_anything(const struct atom *t)
{
    return slice_is(t->set, "?");
}

/* One pattern for all of it; false where GLOB has no repetition for an atom. */
static bool
write_glob(const struct regex *x, size_t count, struct text *out)
{
    if (!x->from_start)
        text_addc(out, '*');
    for (size_t i = 0; i < count; i++) {
        const struct atom *t = &x->atoms[i];

        if (!is_fixed(t) && !(is_anything(t) && t->most == -1))
            return false;
        for (int n = 0; n < t->least; n++)
            text_add(out, t->set);
        if (!is_fixed(t))
            text_addc(out, '*');
    }
    return true;
}

/* How many characters the first `count` atoms take; -1 where that varies. */
static int64_t
fixed_length(const struct regex *x, size_t count)
{
    int64_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_fixed(&x->atoms[i]))
            return -1;
        n += x->atoms[i].least;
    }
    return n;
}

static const struct expr *
length_is(struct arena *a, const struct expr *x, const char *operator, int64_t n)
{
    return lite_binary(a, operator, lite_call_1(a, "length", x), lite_number(a, n));
}

/*
 * ^KA-[0-9]{2}[A-Z]+$: a front of fixed length, then one set to the end.
 * x GLOB 'front*' AND length(x) >= n AND substr(x, n + 1) NOT GLOB '*[^A-Z]*'
 */
static const struct expr *
front_and_set(struct arena *a, const struct regex *x, const struct expr *c)
{
    const struct atom *last = &x->atoms[x->count - 1];
    int64_t front = fixed_length(x, x->count - 1);
    const struct expr *rest = c;
    const struct expr *e;
    struct text glob;

    if (front < 0 || !x->from_start || !x->to_end || is_anything(last))
        return NULL;
    text_init(&glob, a);
    (void)write_glob(x, x->count - 1, &glob);
    text_addc(&glob, '*');
    if (front > 0)
        rest = lite_call_2(a, "substr", c, lite_number(a, front + 1));
    e = lite_glob(a, rest, slice_format(a, "*%.*s*", SLICE_ARG(last->not_set)), true);
    if (front > 0)
        e = lite_and(a, lite_glob(a, c, text_slice(&glob), false), e);
    if (last->least > 0)
        e = lite_and(a, length_is(a, c, ">=", front + last->least), e);
    if (last->most >= 0)
        e = lite_and(a, e, length_is(a, c, "<=", front + last->most));
    return e;
}

static const struct expr *
regex_as_glob(struct arena *a, const struct regex *x, const struct expr *c)
{
    struct text glob;

    text_init(&glob, a);
    if (x->count > 0 && !is_fixed(&x->atoms[x->count - 1])) {
        const struct expr *e = front_and_set(a, x, c);

        if (e != NULL)
            return e;
    }
    if (!write_glob(x, x->count, &glob))
        return NULL;
    if (!x->to_end && (glob.len == 0 || glob.ptr[glob.len - 1] != '*'))
        text_addc(&glob, '*');
    return lite_glob(a, c, text_slice(&glob), false);
}

struct lite_value
lite_lower_regex(struct lite_scope *scope, const struct expr *e)
{
    struct arena *a = &scope->s->arena;
    struct lite_value x = lite_lower_node(scope, e->args[0]);
    bool ignores_case = slice_ends(e->text, "*");
    const struct expr *out = NULL;
    struct regex regex;

    refuse_scaled(scope, e, &x);
    if (e->args[1]->kind == EXPR_STRING && !ignores_case
        && read_regex(a, e->args[1]->text, &regex))
        out = regex_as_glob(a, &regex, x.e);
    if (out == NULL) {
        lite_problem(scope, e, 
                     "SQLite has no regular expressions, and this one is too much for "
                     "GLOB");
        return lite_plain(e, NULL);
    }
    if (e->text.ptr[0] == '!')
        out = lite_not(a, out);
    return lite_plain(out, e->result);
}
