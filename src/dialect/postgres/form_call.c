/*
 * Forms of calls: what the arguments of known functions are cast to.
 */
#include <string.h>

#include "dialect/postgres/form.h"

/*
 * What functions take, one letter for each argument, the last one for all that follow:
 * t text, s the same or char, d double precision, c regconfig, z timestamptz where there
 * is a date, v text of a VARIADIC list that the rest makes up, i citext, . anything.
 * Functions of one name that take other types in that place are no harm: only strings,
 * varchars and chars become text.
 */
static const struct {
    const char *name;
    const char *takes;
} functions[] = {
    { "age", "z" },
    { "array_to_string", ".t" },
    { "btrim", "t" },
    { "char_length", "s" },
    { "character_length", "s" },
    { "concat_ws", "t." },
    { "crypt", "t" },
    { "current_setting", "t." },
    { "date_part", "t." },
    { "date_trunc", "tzt" },
    { "decode", "t" },
    { "defined", ".t" },
    { "digest", "t" },
    { "encode", ".t" },
    { "exist", ".t" },
    { "format", "t." },
    { "gen_salt", "t." },
    { "hmac", "t" },
    { "hstore", "t" },
    { "initcap", "t" },
    { "json_extract_path", ".v" },
    { "json_extract_path_text", ".v" },
    { "jsonb_extract_path", ".v" },
    { "jsonb_extract_path_text", ".v" },
    { "left", "t." },
    { "length", "s" },
    { "levenshtein", "tt." },
    { "like_escape", "t" },
    { "lower", "t" },
    { "lpad", "t.t" },
    { "ltrim", "t" },
    { "md5", "t" },
    { "octet_length", "s" },
    { "overlay", "tt." },
    { "position", "t" },
    { "quote_ident", "t" },
    { "quote_literal", "t" },
    { "regexp_match", "t" },
    { "regexp_matches", "t" },
    { "regexp_replace", "t" },
    { "regexp_split_to_array", "t" },
    { "repeat", "t." },
    { "replace", "t" },
    { "reverse", "t" },
    { "right", "t." },
    { "rpad", "t.t" },
    { "rtrim", "t" },
    { "split_part", "tt." },
    { "starts_with", "t" },
    { "string_agg", "t" },
    { "string_to_array", "t" },
    { "strpos", "t" },
    { "substr", "t." },
    { "substring", "t." },
    { "timezone", "t." },
    { "to_char", "zt" },
    { "to_date", "t" },
    { "to_number", "t" },
    { "to_timestamp", "t" },
    { "to_tsquery", "ct" },
    { "to_tsvector", "ct" },
    { "plainto_tsquery", "ct" },
    { "websearch_to_tsquery", "ct" },
    { "translate", "t" },
    { "trim", "t" },
    { "upper", "t" },
    { "sqrt", "d" },
    { "similarity", "tt" },
    { "word_similarity", "tt" },
    { "strict_word_similarity", "tt" },
    { "like", "t" },
    { "setweight", ".." },
};

/* Of these citext has its own, where all that is of type i is citext or a string. */
static const struct {
    const char *name;
    const char *takes;
} of_citext[] = {
    { "regexp_match", "iit" },
    { "regexp_matches", "iit" },
    { "regexp_replace", "iit" },
    { "regexp_split_to_array", "iit" },
    { "regexp_split_to_table", "iit" },
    { "replace", "iii" },
    { "split_part", "ii." },
    { "strpos", "ii" },
    { "translate", "iit" },
};

/* public is where a name without a schema is looked for. */
static const struct expr *
sequence_name(const struct form *s, const struct expr *e)
{
    struct type *t = ARENA_NEW(s->a, struct type);
    struct expr *name;

    if (e->kind == EXPR_CAST && e->type->kind == TYPE_NAMED
        && slice_is(e->type->name, "regclass") && e->args[0]->kind == EXPR_STRING)
        e = e->args[0];
    if (e->kind != EXPR_STRING && !(e->kind == EXPR_CAST && form_is_type(e, TYPE_TEXT)))
        return e;
    *t = type_from_words(SLICE_NONE, SLICE("regclass"), false, NULL);
    if (e->kind == EXPR_CAST)
        return form_cast(s, t, e); /* it is looked up at each call: nextval('s'::text) */
    name = arena_copy(s->a, e, sizeof *e);
    if (slice_starts(name->text, "public."))
        name->text = slice_sub(name->text, strlen("public."), name->text.len);
    return form_cast(s, t, name);
}

/* public.f(x) is f(x), as a dump calls what an application finds by its search_path; and
 * pg_catalog is looked through first. */
static const struct expr *
plain_call(const struct form *s, const struct expr *e)
{
    const struct expr *qualifier = e->args[CALL_QUALIFIER];
    struct expr *out;

    if (qualifier == NULL || qualifier->arg_count > 0
        || (!slice_is(qualifier->text, "public")
            && !slice_is(qualifier->text, "pg_catalog")))
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    out->args[CALL_QUALIFIER] = NULL;
    return out;
}

/* trim(t) is btrim(t): words without a function of their own (manual, "String Functions
 * and Operators"). */
static const struct expr *
trimmed(const struct form *s, const struct expr *e)
{
    struct expr *out;

    if (!slice_is(e->text, "trim") || e->args[CALL_QUALIFIER] != NULL)
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->text = SLICE("btrim");
    out->flags |= EXPR_SPECIAL;
    return out;
}

/* Functions of the server alone, or that give another type in other engines. */
static const struct expr *
typed_call(const struct form *s, const struct expr *e)
{
    struct expr *out;

    if (e->result != NULL || !slice_is(e->text, "random") || e->arg_count != CALL_ARGS)
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->result = type_shared(TYPE_DOUBLE);
    return out;
}

/* NULL: citext has none that takes what this call gives. */
static const char *
arguments_of_citext(const struct form *s, const struct expr *e)
{
    bool is_citext = false;
    const char *takes = NULL;

    for (size_t i = 0; takes == NULL && i < ARRAY_LEN(of_citext); i++)
        if (slice_is(e->text, of_citext[i].name))
            takes = of_citext[i].takes;
    for (size_t i = CALL_ARGS; takes != NULL && i < e->arg_count; i++) {
        const char letter = i - CALL_ARGS < strlen(takes) ? takes[i - CALL_ARGS] : '.';
        const bool is_one = e->args[i] != NULL && form_is_of(s, e->args[i], "citext");

        if (letter == 'i' && !is_one
            && (e->args[i] == NULL || !form_is_unknown(e->args[i])))
            return NULL;
        is_citext |= is_one;
    }
    return is_citext ? takes : NULL;
}

static const char *
arguments_of(struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (slice_is(name, functions[i].name))
            return functions[i].takes;
    return NULL;
}

static const struct expr *
as_configuration(const struct form *s, const struct expr *e)
{
    struct type *t = ARENA_NEW(s->a, struct type);

    *t = type_from_words(SLICE_NONE, SLICE("regconfig"), false, NULL);
    return form_is_unknown(e) ? form_cast(s, t, e) : e;
}

static const struct expr *
as_citext(const struct form *s, const struct expr *e)
{
    struct type *t = ARENA_NEW(s->a, struct type);

    *t = type_from_words(SLICE_NONE, SLICE("citext"), false, NULL);
    return form_is_unknown(e) ? form_cast(s, t, e) : e;
}

static const struct expr *
as_letter(const struct form *s, char letter, const struct expr *e)
{
    switch (letter) {
    case 't':
        return form_is_type(e, TYPE_CHAR) ? form_cast(s, type_shared(TYPE_TEXT), e)
                                          : form_as_text(s, e);
    case 's':
        return form_as_text(s, e);
    case 'i':
        return as_citext(s, e);
    case 'c':
        return as_configuration(s, e);
    case 'z':
        return form_is_type(e, TYPE_DATE) ? form_cast(s, type_shared(TYPE_TIMESTAMPTZ), e)
                                          : e;
    case 'd':
        return form_is_type(e, TYPE_DECIMAL) || form_is_whole(e)
                   ? form_cast(s, type_shared(TYPE_DOUBLE), e)
                   : e;
    default:
        return e;
    }
}

static struct expr *
copy_call(const struct form *s, const struct expr *e)
{
    struct expr *out = arena_copy(s->a, e, sizeof *e);

    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    return out;
}

/* f(x, 'a', 'b') is f(x, VARIADIC ARRAY['a'::text, 'b'::text]). */
static const struct expr *
with_one_array(const struct form *s, const struct expr *e, size_t first)
{
    struct expr *out = arena_copy(s->a, e, sizeof *e);
    struct expr *array;

    if ((e->flags & EXPR_VARIADIC) != 0 || e->arg_count <= first)
        return e;
    array = expr_new(s->a, EXPR_ARRAY, e->args[first]->span, SLICE_NONE,
                     e->arg_count - first);
    for (size_t i = first; i < e->arg_count; i++)
        array->args[i - first] = form_as_text(s, e->args[i]);
    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    out->args[first] = array;
    out->arg_count = (uint32_t)first + 1;
    out->flags |= EXPR_VARIADIC;
    return out;
}

static const struct expr *
built_in(const struct form *s, const struct expr *e, const char *takes)
{
    struct expr *out = copy_call(s, e);

    if (takes[0] == 'c' && e->arg_count == CALL_ARGS + 1)
        takes = "t"; /* without a configuration */
    if (slice_is(e->text, "to_timestamp") && e->arg_count == CALL_ARGS + 1)
        takes = "d"; /* seconds */
    for (size_t i = CALL_ARGS; i < e->arg_count; i++) {
        if (*takes == 'v')
            return with_one_array(s, out, i);
        if (e->args[i] != NULL)
            out->args[i] = as_letter(s, *takes, e->args[i]);
        takes += takes[1] == '\0' ? 0 : 1;
    }
    return out;
}

/* An only function of its name takes what it declares. */
static const struct expr *
declared(const struct form *s, const struct expr *e, const struct routine *r)
{
    struct expr *out = copy_call(s, e);
    size_t at = CALL_ARGS;

    VEC_EACH (i, &r->arguments.all) {
        const struct argument *a = &r->arguments.all.items[i];

        if (a->mode == ARGUMENT_VARIADIC || at == e->arg_count)
            break;
        if (a->mode != ARGUMENT_IN && a->mode != ARGUMENT_INOUT)
            continue;
        if (e->args[at]->kind == EXPR_NAMED_ARGUMENT)
            break;
        out->args[at] = form_as(s, &a->type, e->args[at]);
        at++;
    }
    return out;
}

/* percentile_cont(0.5) WITHIN GROUP (ORDER BY n): both sides are floating. */
static const struct expr *
percentile(const struct form *s, const struct expr *e)
{
    const struct expr *order = e->args[CALL_ORDER];
    struct expr *out = copy_call(s, e);
    struct expr *by, *list;

    if (order == NULL || order->arg_count != 1)
        return e;
    for (size_t i = CALL_ARGS; i < e->arg_count; i++)
        out->args[i] = as_letter(s, 'd', e->args[i]);
    by = arena_copy(s->a, order->args[0], sizeof *by);
    by->args = ARENA_ARRAY(s->a, const struct expr *, 1);
    by->args[0] = as_letter(s, 'd', order->args[0]->args[0]);
    list = arena_copy(s->a, order, sizeof *list);
    list->args = ARENA_ARRAY(s->a, const struct expr *, 1);
    list->args[0] = by;
    out->args[CALL_ORDER] = list;
    return out;
}

/* NULLIF(a, b) is a = b to the types. */
static const struct expr *
null_if(const struct form *s, const struct expr *e)
{
    struct expr *out = copy_call(s, e);
    const struct expr *equal;

    if (e->arg_count != CALL_ARGS + 2)
        return e;
    equal = form_operation(s, e, SLICE("="), e->args[CALL_ARGS], e->args[CALL_ARGS + 1]);
    out->args[CALL_ARGS] = equal->args[0];
    out->args[CALL_ARGS + 1] = equal->args[1];
    return out;
}

/* COALESCE and kin give and take one type. */
static const struct expr *
alike(const struct form *s, const struct expr *e)
{
    const struct type *t = form_common(s, e->args + CALL_ARGS, e->arg_count - CALL_ARGS);
    struct expr *out = copy_call(s, e);

    if (t == NULL)
        return e;
    for (size_t i = CALL_ARGS; i < e->arg_count; i++)
        out->args[i] = form_as(s, t, e->args[i]);
    out->result = t;
    return out;
}

static bool
is_alike(struct slice name)
{
    static const char *const names[] = { "coalesce", "greatest", "least" };

    return slice_is_one_of(name, names, ARRAY_LEN(names));
}

/* The server's own function of that name, whose texts are known here. */
bool
form_is_built_in(const struct form *s, const struct expr *e)
{
    return e->kind == EXPR_CALL && e->args[CALL_QUALIFIER] == NULL
           && arguments_of(e->text) != NULL
           && form_routine(s, SLICE_NONE, e->text) == NULL;
}

const struct expr *
form_call(const struct form *s, const struct expr *e)
{
    const char *takes;
    const struct routine *r;
    struct expr *out;

    e = trimmed(s, plain_call(s, e));
    takes = arguments_of(e->text);
    r = form_routine(
        s, e->args[CALL_QUALIFIER] == NULL ? SLICE_NONE : e->args[CALL_QUALIFIER]->text,
        e->text);
    if (r != NULL)
        return declared(s, e, r);
    if (e->args[CALL_QUALIFIER] != NULL)
        return e;
    if (slice_is(e->text, "nextval") && e->arg_count == CALL_ARGS + 1) {
        out = copy_call(s, e);
        out->args[CALL_ARGS] = sequence_name(s, e->args[CALL_ARGS]);
        return out;
    }
    if (slice_is(e->text, "percentile_cont"))
        return percentile(s, e);
    if (slice_is(e->text, "nullif"))
        return null_if(s, e);
    if (is_alike(e->text))
        return alike(s, e);
    if (arguments_of_citext(s, e) != NULL)
        takes = arguments_of_citext(s, e);
    return takes == NULL ? typed_call(s, e) : built_in(s, e, takes);
}
