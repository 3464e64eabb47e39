/*
 * Routines share names, so they are found by name and the types of their arguments: the
 * overloads of each name, and the signatures, which follow when a type is renamed.
 */
#include <string.h>

#include "expr/sqlw.h"
#include "model/retype.h"
#include "resolve/routine.h"

/* ---- types and signatures ---- */

struct type
routine_plain_type(const struct type *from)
{
    struct type t = type_plain_schema(from);

    memset(t.args, 0, sizeof t.args);
    t.arg_count = 0;
    t.dimensions = t.dimensions > 1 ? 1 : t.dimensions;
    return t;
}

struct slice
signature_of(struct arena *a, const struct ast_arguments *arguments)
{
    struct arguments plain = { 0 };

    VEC_EACH (i, &arguments->all) {
        const struct ast_argument *from = &arguments->all.items[i];
        struct argument argument = { .mode = from->mode,
                                     .type = routine_plain_type(from->type) };

        VEC_PUSH(a, &plain.all, argument);
    }
    return routine_signature(a, &plain);
}

/* ---- routines by their names ---- */

static bool
is_routine_kind(struct slice kind)
{
    return slice_is(kind, "function") || slice_is(kind, "procedure")
           || slice_is(kind, "aggregate");
}

static void
add_overload(struct build *b, struct map *to, struct slice key, struct object *o)
{
    struct overloads *list = map_get(to, key);

    if (list == NULL) {
        list = ARENA_NEW(b->a, struct overloads);
        map_put(to, key, list);
    }
    VEC_PUSH(b->a, &list->all, o);
}

void
routine_register(struct build *b, struct object *o)
{
    if (!is_routine_kind(o->u.definition->kind))
        return;
    add_overload(b, &b->routines, catalog_key(b->a, o->schema, o->name), o);
    add_overload(b, &b->routine_names, o->name, o);
}

bool
routine_matches(const struct object *o, enum routine_kind kind, struct slice signature)
{
    const struct definition *d = o->u.definition;

    if (o->dropped)
        return false;
    if (kind != ROUTINE_ANY && !slice_is(d->kind, routine_kind_word(kind)))
        return false;
    return slice_is_none(signature) || slice_is_none(d->signature)
           || slice_equal(d->signature, signature);
}

struct object *
routine_find(struct build *b, enum routine_kind kind, const struct ast_signature *s,
             size_t *count)
{
    const struct overloads *list =
        map_get(&b->routines, catalog_key(b->a, schema_of(&s->name), s->name.name));
    struct slice signature =
        s->has_arguments ? signature_of(b->a, &s->arguments) : SLICE_NONE;
    struct object *found = NULL;

    *count = 0;
    for (size_t i = 0; list != NULL && i < list->all.count; i++) {
        struct object *o = list->all.items[i];

        if (!routine_matches(o, kind, signature))
            continue;
        if (++*count == 1)
            found = o;
    }
    return found;
}

static struct slice
signature_words(struct build *b, const struct ast_signature *s)
{
    if (!s->has_arguments)
        return s->name.name;
    return slice_format(b->a, "%.*s(%.*s)", SLICE_ARG(s->name.name),
                        SLICE_ARG(signature_of(b->a, &s->arguments)));
}

/* Another routine of that name is the likeliest to be meant. */
static void
hint_overload(struct build *b, struct diag *d, const struct ast_signature *s)
{
    const struct overloads *list =
        map_get(&b->routines, catalog_key(b->a, schema_of(&s->name), s->name.name));

    for (size_t i = 0; list != NULL && i < list->all.count; i++) {
        const struct object *o = list->all.items[i];

        if (o->dropped)
            continue;
        diag_note(&b->s->diags, d, o->span, "there is this one");
        diag_hint(&b->s->diags, d, "did you mean %.*s %.*s(%.*s)?",
                  SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name),
                  SLICE_ARG(o->u.definition->signature));
        return;
    }
}

struct object *
routine_need(struct build *b, enum routine_kind kind, const struct ast_signature *s,
             bool if_exists)
{
    size_t count;
    struct object *o = routine_find(b, kind, s, &count);
    struct slice words;
    struct diag *d;

    if (count == 1 || (count == 0 && if_exists))
        return o;
    words = signature_words(b, s);
    if (count == 0) {
        d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, s->name.span, "there is no %s %.*s",
                     routine_kind_word(kind), SLICE_ARG(words));
        hint_overload(b, d, s);
        return NULL;
    }
    d = diag_add(&b->s->diags, D_AMBIGUOUS_NAME, s->name.span,
                 "there are %zu routines called %.*s", count, SLICE_ARG(words));
    diag_hint(&b->s->diags, d, "name the types of its arguments as well: %.*s(…)",
              SLICE_ARG(s->name.name));
    return NULL;
}

/* ---- the types of a signature ---- */

/* What is made here; what the base has was checked there. */
void
routine_check_types(struct build *b, const struct object *o)
{
    const struct routine *r = o->u.definition->u.routine;

    if (o->base != NULL)
        return;
    VEC_EACH (i, &r->arguments.all)
        type_check_signature(b, &r->arguments.all.items[i].type,
                             r->arguments.all.items[i].span);
    VEC_EACH (i, &r->option_types)
        type_check_signature(b, &r->option_types.items[i].type,
                             r->option_types.items[i].span);
    if (r->has_result)
        type_check_signature(b, &r->result, r->result_span);
}

static void
register_type(struct build *b, struct object *o, const struct type *t)
{
    if (t->kind == TYPE_NAMED)
        code_add_reader(b, o, t->schema, t->name);
}

void
routine_register_types(struct build *b, struct object *o)
{
    const struct routine *r = o->u.definition->u.routine;

    if (r->has_result)
        register_type(b, o, &r->result);
    VEC_EACH (i, &r->arguments.all)
        register_type(b, o, &r->arguments.all.items[i].type);
}

void
routine_rename_type(struct build *b, struct object *o, struct slice schema,
                    struct slice name, struct slice schema_now, struct slice name_now)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct retyping r;

    retyping_init(&r, b->a);
    retyping_add(&r, schema, name, schema_now, name_now);
    (void)retype_definition(&r, d);
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}
