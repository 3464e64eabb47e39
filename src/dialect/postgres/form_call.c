/*
 * Forms of calls: what the arguments of known functions are cast to.
 */
#include <string.h>

#include "dialect/postgres/form.h"

/* Functions all of whose arguments are text. */
static const char *const text_functions[] = { "btrim",  "char_length", "character_length",
                                              "length", "lower",       "ltrim",
                                              "md5",    "replace",     "rtrim",
                                              "upper" };

/* public is where a name without a schema is looked for. */
static const struct expr *
sequence_name(const struct form *s, const struct expr *e)
{
    struct type *t = ARENA_NEW(s->a, struct type);
    struct expr *name;

    if (e->kind == EXPR_CAST && e->type->kind == TYPE_NAMED
        && slice_is(e->type->name, "regclass") && e->args[0]->kind == EXPR_STRING)
        e = e->args[0];
    if (e->kind != EXPR_STRING)
        return e;
    *t = type_from_words(SLICE_NONE, SLICE("regclass"), false, NULL);
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

const struct expr *
form_call(const struct form *s, const struct expr *e)
{
    bool is_text = form_is_one_of(e->text, text_functions, ARRAY_LEN(text_functions));
    bool is_sequence = slice_is(e->text, "nextval") && e->arg_count == CALL_ARGS + 1;
    struct expr *out;

    e = plain_call(s, e);
    if ((!is_text && !is_sequence) || (e->flags & EXPR_SPECIAL) != 0
        || e->args[CALL_QUALIFIER] != NULL)
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    for (size_t i = CALL_ARGS; i < e->arg_count; i++)
        out->args[i] = is_text ? form_as_text(s, e->args[i]) : sequence_name(s, e->args[i]);
    return out;
}

