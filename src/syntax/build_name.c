/*
 * Names, types, options.
 */
#include <string.h>

#include "syntax/build.h"

#include "expr/sqlw.h"

struct slice
build_word(struct reader *rd, struct slice keyword)
{
    struct arena_mark mark = arena_mark(rd->scratch);
    struct slice word = intern(&rd->s->names, slice_lower(rd->scratch, keyword));

    arena_reset(rd->scratch, mark);
    return word;
}

struct ast_name
build_word_name(struct reader *rd, struct span span, struct slice name)
{
    (void)rd;
    return (struct ast_name){ .name = name, .span = span };
}

/* schema.name, or database.schema.name, of which the database says nothing to us. */
struct ast_name
build_any_name(struct reader *rd, struct span span, struct slice first,
               const struct exprs *items)
{
    struct ast_name n = { .schema = first, .span = span };

    VEC_EACH (i, &items->all) {
        const struct expr *item = items->all.items[i];

        if (item->kind != EXPR_FIELD || slice_is(item->text, "*") || i > 1) {
            reader_error(rd, D_SYNTAX, span, "this is no name of an object");
            return n;
        }
        if (i == 1)
            n.schema = n.name;
        n.name = item->text;
    }
    return n;
}

struct ast_name
build_long_name(struct reader *rd, struct span span, struct slice second,
                const struct exprs *items)
{
    struct ast_name n = build_any_name(rd, span, second, items);

    if (items->all.count > 1 && !rd->failed)
        reader_error(rd, D_SYNTAX, span, "this is no name of an object");
    return n;
}

struct slice
build_dotted_word(struct reader *rd, struct slice a, struct slice b)
{
    return slice_format(rd->arena, "%.*s.%.*s", SLICE_ARG(a), SLICE_ARG(b));
}

struct ast_names *
build_names(struct reader *rd, struct ast_names *to, struct ast_name name)
{
    if (to == NULL)
        to = ARENA_NEW(rd->arena, struct ast_names);
    VEC_PUSH(rd->arena, &to->all, name);
    return to;
}

bool
build_was_quoted(const struct reader *rd, struct span span)
{
    return span.source != 0 && strchr("\"`[", rd->tokens->text.ptr[span.begin]) != NULL;
}

/* ---- types ---- */

#define DIMENSIONS_MAX                                                                   \
    1000 /* engines store 6 at most, and declare what they do not count */

uint16_t
build_dimension(struct reader *rd, struct span span, uint16_t dimensions)
{
    if (dimensions < DIMENSIONS_MAX)
        return (uint16_t)(dimensions + 1);
    reader_error(rd, D_BAD_TYPE_ARGUMENT, span, "an array has at most %d dimensions",
                 DIMENSIONS_MAX);
    return dimensions;
}

struct type_parts *
build_type_parts(struct reader *rd, struct span name_span, struct slice schema,
                 struct slice words, const struct exprs *args, const char *zone)
{
    struct type_parts *p = ARENA_NEW(rd->scratch, struct type_parts);

    *p = (struct type_parts){ .schema = schema,
                              .words = words,
                              .quoted = build_was_quoted(rd, name_span),
                              .args = args,
                              .zone = zone };
    return p;
}

/* MySQL and SQLite write widths where they mean nothing: INT(11), TEXT(100). */
static bool
takes_args(const struct type *t)
{
    return type_args_max(t->kind) > 0;
}

#define TYPE_ARG_MAX 1000000000 /* the longest text of any engine has 2^30 bytes */

/* False when it is no whole number, perhaps signed. */
static bool
read_type_arg(const struct expr *e, int32_t *value)
{
    bool negative = e->kind == EXPR_UNARY && slice_is(e->text, "-");
    int64_t n = 0;

    if (negative)
        e = e->args[0];
    if (e->kind != EXPR_NUMBER)
        return false;
    for (size_t i = 0; i < e->text.len; i++) {
        char c = e->text.ptr[i];

        if (c < '0' || c > '9')
            return false;
        n = n * 10 + (c - '0');
        if (n > TYPE_ARG_MAX)
            return false;
    }
    *value = (int32_t)(negative ? -n : n);
    return true;
}

static bool
are_whole_numbers(const struct exprs *args, size_t most)
{
    int32_t value;

    VEC_EACH (i, &args->all)
        if (!read_type_arg(args->all.items[i], &value))
            return false;
    return args->all.count <= most;
}

/* geometry(Point, 4326): what the type's own function reads, as "point, 4326". */
static struct slice
modifiers_text(struct reader *rd, const struct exprs *args)
{
    struct text text;
    struct sqlw w;

    text_init(&text, rd->arena);
    sqlw_init(&w, &sql_style_canonical, &text);
    VEC_EACH (i, &args->all) {
        const struct expr *arg = args->all.items[i];

        if (i > 0)
            sqlw_comma(&w);
        if (arg->kind != EXPR_NAME && !expr_is_constant(arg))
            reader_error(rd, D_BAD_TYPE_ARGUMENT, arg->span,
                         "the argument of a type must be a number, a word or a string");
        sqlw_expr(&w, arg);
    }
    return text_slice(&text);
}

static void
set_type_args(struct reader *rd, struct span span, struct type *t,
              const struct exprs *args)
{
    size_t most = type_args_max(t->kind);

    if (args == NULL || !takes_args(t))
        return;
    if (t->kind == TYPE_NAMED && !are_whole_numbers(args, most)) {
        t->modifiers = modifiers_text(rd, args);
        return;
    }
    if (args->all.count > most)
        reader_error(rd, D_BAD_TYPE_ARGUMENT, span, "this type takes at most %zu %s",
                     most, most == 1 ? "argument" : "arguments");
    for (size_t i = 0; i < args->all.count && i < most; i++) {
        const struct expr *arg = args->all.items[i];

        if (!read_type_arg(arg, &t->args[i])) {
            reader_error(rd, D_BAD_TYPE_ARGUMENT, arg->span,
                         "the argument of a type must be a whole number");
            return;
        }
        t->arg_count = (uint16_t)(i + 1);
    }
}

/* float(24) and less is real. */
#define FLOAT_REAL_BITS 24

static void
narrow_float(const struct type_parts *p, struct type *t)
{
    int32_t bits;

    if (t->kind == TYPE_DOUBLE && slice_is(p->words, "float") && p->args != NULL
        && p->args->all.count == 1 && read_type_arg(p->args->all.items[0], &bits)
        && bits <= FLOAT_REAL_BITS)
        t->kind = TYPE_REAL;
}

/* bit is bit(1); "bit" in quotes has no length (PostgreSQL, gram.y: BitWithoutLength). */
static void
say_one_bit(const struct type_parts *p, struct type *t)
{
    if (p->quoted || !slice_is_none(p->schema) || t->kind != TYPE_NAMED
        || !slice_is(t->name, "bit") || t->arg_count > 0 || t->modifiers.len > 0)
        return;
    t->args[0] = 1;
    t->arg_count = 1;
}

/* "timestamp" and " with time zone"; "int" and " unsigned". */
static struct slice
all_words(struct reader *rd, const struct type_parts *p)
{
    struct text words;

    if (p->zone[0] == '\0' && !p->is_unsigned)
        return p->words;
    text_init(&words, rd->scratch);
    text_add(&words, p->words);
    text_addz(&words, p->zone);
    text_addz(&words, p->is_unsigned ? " unsigned" : "");
    return intern(&rd->s->names, text_slice(&words));
}

const struct type *
build_type(struct reader *rd, struct span span, const struct type_parts *p,
           bool *is_serial)
{
    struct slice words = all_words(rd, p);
    bool is_made = session_makes_type(rd->s, words) && type_word_is_free(words);
    struct type t = type_from_words(p->schema, words, p->quoted || is_made, is_serial);

    set_type_args(rd, span, &t, p->args);
    narrow_float(p, &t);
    say_one_bit(p, &t);
    t.dimensions = p->dimensions;
    return type_is_shared(&t) ? type_shared(t.kind) : arena_copy(rd->arena, &t, sizeof t);
}

/* ---- options ---- */

struct ast_option
build_option(struct span span, struct slice name, struct slice value)
{
    return (struct ast_option){ .name = name, .value = value, .span = span };
}

struct ast_options *
build_options(struct reader *rd, struct ast_options *to, struct ast_option option)
{
    if (to == NULL)
        to = ARENA_NEW(rd->arena, struct ast_options);
    VEC_PUSH(rd->arena, &to->all, option);
    return to;
}

struct slice
build_negative(struct reader *rd, struct slice number)
{
    return slice_format(rd->arena, "-%.*s", SLICE_ARG(number));
}

struct ast_option
build_sequence_option(struct reader *rd, struct span span, struct slice name,
                      struct slice value)
{
    static const struct slice known[] = {
        { "start", 5 },    { "increment", 9 }, { "minvalue", 8 },
        { "maxvalue", 8 }, { "cache", 5 },     { "restart", 7 },
        { "cycle", 5 },
    };
    struct slice near;
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (slice_equal(name, known[i]))
            return build_option(span, name, value);
    d = reader_error(rd, D_SYNTAX, span, "a sequence has no option \"%.*s\"",
                     SLICE_ARG(name));
    near = diag_nearest(name, known, ARRAY_LEN(known));
    if (!slice_is_none(near))
        diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
    return build_option(span, name, value);
}
