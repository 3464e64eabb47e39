/*
 * Forms of calls: what the arguments of known functions are cast to.
 */
#include <string.h>

#include "dialect/postgres/form.h"

/*
 * What functions take, one letter for each argument, the last one for all that follow:
 * t text, s the same or char, w text of a varchar, d double precision, e the same of
 * whole numbers, n numeric of those, c regconfig, z timestamptz where there is a date,
 * v text of a VARIADIC list that the rest makes up, i citext, . anything.
 * Functions of one name that take other types in that place are no harm: only strings,
 * varchars and chars become text.
 */
static const struct function {
    const char *name;
    const char *takes;
    size_t count; /* of the arguments; 0: however many */
} functions[] = {
    { "acos", "d", 0 },
    { "age", "z", 0 },
    { "array_to_string", ".t", 0 },
    { "asin", "d", 0 },
    { "atan", "d", 0 },
    { "atan2", "d", 0 },
    { "btrim", "t", 0 },
    { "cbrt", "d", 0 },
    { "ceil", "e", 0 },
    { "ceiling", "e", 0 },
    { "char_length", "s", 0 },
    { "character_length", "s", 0 },
    { "concat_ws", "t.", 0 },
    { "cos", "d", 0 },
    { "cosd", "d", 0 },
    { "cot", "d", 0 },
    { "crypt", "t", 0 },
    { "current_setting", "t.", 0 },
    { "date_part", "t.", 0 },
    { "date_trunc", "tzt", 0 },
    { "decode", "t", 0 },
    { "defined", ".t", 0 },
    { "degrees", "d", 0 },
    { "digest", "t", 0 },
    { "div", "n", 2 },
    { "encode", ".t", 0 },
    { "exist", ".t", 0 },
    { "exp", "e", 0 },
    { "floor", "e", 0 },
    { "format", "t.", 0 },
    { "gen_salt", "t.", 0 },
    { "hmac", "t", 0 },
    { "hstore", "t", 0 },
    { "initcap", "t", 0 },
    { "json_extract_path", ".v", 0 },
    { "json_extract_path_text", ".v", 0 },
    { "jsonb_extract_path", ".v", 0 },
    { "jsonb_extract_path_text", ".v", 0 },
    { "left", "t.", 0 },
    { "length", "s", 0 },
    { "levenshtein", "tt.", 0 },
    { "like", "t", 0 },
    { "like_escape", "t", 0 },
    { "ln", "e", 0 },
    { "log", "n", 2 },
    { "log", "e", 1 },
    { "log10", "e", 0 },
    { "lower", "t", 0 },
    { "lpad", "t.t", 0 },
    { "ltrim", "t", 0 },
    { "make_time", "..d", 0 },
    { "make_timestamp", ".....d", 0 },
    { "make_timestamptz", ".....dt", 0 },
    { "max", "w", 0 },
    { "md5", "t", 0 },
    { "min", "w", 0 },
    { "octet_length", "s", 0 },
    { "overlay", "tt.", 0 },
    { "percentile_disc", "d", 0 },
    { "plainto_tsquery", "t", 1 },
    { "plainto_tsquery", "ct", 0 },
    { "point", "d", 2 },
    { "position", "t", 0 },
    { "quote_ident", "t", 0 },
    { "quote_literal", "t", 0 },
    { "radians", "d", 0 },
    { "regexp_match", "t", 0 },
    { "regexp_matches", "t", 0 },
    { "regexp_replace", "t", 0 },
    { "regexp_split_to_array", "t", 0 },
    { "regexp_split_to_table", "t", 0 },
    { "repeat", "t.", 0 },
    { "replace", "t", 0 },
    { "reverse", "t", 0 },
    { "right", "t.", 0 },
    { "round", "n.", 2 },
    { "round", "e", 1 },
    { "rpad", "t.t", 0 },
    { "rtrim", "t", 0 },
    { "setweight", "..", 0 },
    { "sign", "e", 0 },
    { "similarity", "tt", 0 },
    { "sin", "d", 0 },
    { "sind", "d", 0 },
    { "split_part", "tt.", 0 },
    { "sqrt", "d", 0 },
    { "starts_with", "t", 0 },
    { "strict_word_similarity", "tt", 0 },
    { "string_agg", "t", 0 },
    { "string_to_array", "t", 0 },
    { "strpos", "t", 0 },
    { "substr", "t", 0 },
    { "substring", "t", 0 },
    { "tan", "d", 0 },
    { "tand", "d", 0 },
    { "timezone", "t.", 0 },
    { "to_char", "zt", 0 },
    { "to_date", "t", 0 },
    { "to_number", "t", 0 },
    { "to_timestamp", "d", 1 },
    { "to_timestamp", "t", 0 },
    { "to_tsquery", "t", 1 },
    { "to_tsquery", "ct", 0 },
    { "to_tsvector", "t", 1 },
    { "to_tsvector", "ct", 0 },
    { "translate", "t", 0 },
    { "trim", "t", 0 },
    { "trunc", "n.", 2 },
    { "trunc", "e", 1 },
    { "upper", "t", 0 },
    { "websearch_to_tsquery", "t", 1 },
    { "websearch_to_tsquery", "ct", 0 },
    { "word_similarity", "tt", 0 },
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

/* substring(t FROM 'p') is "substring"(t, 'p'): words for two functions of that name. */
static const struct expr *
without_words(const struct form *s, const struct expr *e)
{
    struct expr *out;

    if ((e->flags & EXPR_SPECIAL) == 0 || !slice_is(e->text, "substring"))
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->flags &= ~(uint32_t)EXPR_SPECIAL;
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
arguments_of(const struct expr *e)
{
    for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
        const struct function *f = &functions[i];

        if (slice_is(e->text, f->name)
            && (f->count == 0 || e->arg_count == CALL_ARGS + f->count))
            return f->takes;
    }
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
    case 'w':
        return form_is_type(e, TYPE_VARCHAR) ? form_as_text(s, e) : e;
    case 'e':
        return form_is_whole(e) ? form_cast(s, type_shared(TYPE_DOUBLE), e) : e;
    case 'n':
        return form_is_whole(e) ? form_cast(s, type_shared(TYPE_DECIMAL), e) : e;
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

/* ceil(n) of a whole number is floating, round(n, 1) a numeric: what resolving may not
 * have known. */
static const struct type *
result_of(const char *takes, const struct expr *e)
{
    if (e->args[CALL_ARGS] == NULL || !form_is_whole(e->args[CALL_ARGS]))
        return e->result;
    if (*takes == 'e')
        return type_shared(TYPE_DOUBLE);
    return *takes == 'n' ? type_shared(TYPE_DECIMAL) : e->result;
}

static const struct expr *
built_in(const struct form *s, const struct expr *e, const char *takes)
{
    struct expr *out = copy_call(s, e);

    if (e->arg_count > CALL_ARGS)
        out->result = result_of(takes, e);
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

/* power(a, b) is a ^ b to the types, age(a, b) is a - b, but of two dates. */
static bool
takes_as_operator(const struct form *s, const struct expr *e, struct expr **out)
{
    static const struct {
        const char *name;
        const char *op;
    } known[] = { { "age", "-" }, { "pow", "^" }, { "power", "^" } };
    const struct expr *same = NULL;

    for (size_t i = 0; i < ARRAY_LEN(known) && e->arg_count == CALL_ARGS + 2; i++)
        if (slice_is(e->text, known[i].name))
            same = form_operation(s, e, slice_from(known[i].op), e->args[CALL_ARGS],
                                  e->args[CALL_ARGS + 1]);
    if (same == NULL)
        return false;
    *out = copy_call(s, e);
    (*out)->args[CALL_ARGS] = same->args[0];
    (*out)->args[CALL_ARGS + 1] = same->args[1];
    return !form_is_type(same->args[0], TYPE_DATE);
}

/* array_append(list, 'a'), array_remove(list, NULL): an item of that list. */
static const struct expr *
with_items(const struct form *s, const struct expr *e)
{
    static const char *const names[] = { "array_append", "array_position",
                                         "array_positions", "array_remove",
                                         "array_replace" };
    const struct type *list = e->arg_count > CALL_ARGS && e->args[CALL_ARGS] != NULL
                                  ? e->args[CALL_ARGS]->result
                                  : NULL;
    struct type *item;
    struct expr *out;

    if (list == NULL || list->dimensions == 0 || list->kind == TYPE_VARCHAR
        || list->kind == TYPE_CHAR || !slice_is_one_of(e->text, names, ARRAY_LEN(names)))
        return e;
    item = arena_copy(s->a, list, sizeof *item);
    item->dimensions = 0;
    out = copy_call(s, e);
    for (size_t i = CALL_ARGS + 1; i < e->arg_count; i++)
        if (e->args[i] != NULL
            && (form_is_unknown(e->args[i]) || e->args[i]->kind == EXPR_NULL))
            out->args[i] = form_as(s, item, e->args[i]);
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

/* The server's own function of that name, which gives what resolving knows of it: other
 * types of arguments do not give it other results. */
bool
form_is_built_in(const struct form *s, const struct expr *e)
{
    const char *takes = e->kind == EXPR_CALL && e->args[CALL_QUALIFIER] == NULL
                            ? arguments_of(e)
                            : NULL;

    return takes != NULL && strpbrk(takes, "enw") == NULL
           && form_routine(s, SLICE_NONE, e->text) == NULL;
}

const struct expr *
form_call(const struct form *s, const struct expr *e)
{
    const char *takes;
    const struct routine *r;
    struct expr *out;

    e = without_words(s, trimmed(s, plain_call(s, e)));
    takes = arguments_of(e);
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
    if (takes_as_operator(s, e, &out))
        return out;
    if (slice_starts(e->text, "array_"))
        e = with_items(s, e);
    if (arguments_of_citext(s, e) != NULL)
        takes = arguments_of_citext(s, e);
    return takes == NULL ? typed_call(s, e) : built_in(s, e, takes);
}
