/*
 * Functions, procedures and aggregates: what is written becomes one struct routine,
 * whatever the order and the spelling; ALTER makes a new one of it.
 *
 * Routines share names, so they are found by name and the types of their arguments.
 */
#include "resolve/definitions.h"

#include <string.h>

#include "expr/sqlw.h"

/* ---- types and signatures ---- */

/* PostgreSQL keeps no length, precision or scale of an argument or a result. */
static struct type
plain_type(const struct type *from)
{
    struct type t = *from;

    t.schema = schema_plain(t.schema);
    memset(t.args, 0, sizeof t.args);
    t.arg_count = 0;
    return t;
}

static bool
is_input(enum argument_mode mode)
{
    return mode != ARGUMENT_OUT && mode != ARGUMENT_TABLE;
}

struct slice
signature_of(struct arena *a, const struct ast_arguments *arguments)
{
    struct text out;
    size_t count = 0;

    text_init(&out, a);
    VEC_EACH (i, &arguments->all) {
        const struct ast_argument *arg = &arguments->all.items[i];
        struct type type;

        if (!is_input(arg->mode))
            continue;
        if (count++ > 0)
            text_addz(&out, ", ");
        type = plain_type(arg->type);
        type_print(&type, &out);
    }
    return text_slice(&out);
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

static bool
matches(const struct object *o, enum routine_kind kind, struct slice signature)
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

        if (!matches(o, kind, signature))
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

/* ---- options ---- */

/* Of one group only one may be said. */
enum option_group {
    GROUP_NULL_INPUT,
    GROUP_VOLATILITY,
    GROUP_LEAKPROOF,
    GROUP_SECURITY,
    GROUP_WINDOW,
    GROUP_LANGUAGE,
    GROUP_COST,
    GROUP_ROWS,
    GROUP_SUPPORT,
    GROUP_PARALLEL,
    GROUP_RETURNS,
    GROUP_BODY,
    GROUP_NONE, /* as many as you like */
};

static const struct flag_option {
    const char *words;
    enum option_group group;
    size_t offset; /* of a bool in struct routine … */
    bool value;    /* … that becomes this */
} flag_options[] = {
#define FLAG(words, group, field, value)                                                 \
    {                                                                                    \
        words, group, offsetof(struct routine, field), value                             \
    }
    FLAG("strict", GROUP_NULL_INPUT, strict, true),
    FLAG("returns null on null input", GROUP_NULL_INPUT, strict, true),
    FLAG("called on null input", GROUP_NULL_INPUT, strict, false),
    FLAG("leakproof", GROUP_LEAKPROOF, leakproof, true),
    FLAG("not leakproof", GROUP_LEAKPROOF, leakproof, false),
    FLAG("security definer", GROUP_SECURITY, security_definer, true),
    FLAG("security invoker", GROUP_SECURITY, security_definer, false),
    FLAG("external security definer", GROUP_SECURITY, security_definer, true),
    FLAG("external security invoker", GROUP_SECURITY, security_definer, false),
    FLAG("window", GROUP_WINDOW, window, true),
#undef FLAG
};

static const struct {
    const char *word;
    enum volatility volatility;
} volatilities[] = {
    { "volatile", VOLATILITY_VOLATILE },
    { "stable", VOLATILITY_STABLE },
    { "immutable", VOLATILITY_IMMUTABLE },
};

static const struct value_option {
    const char *word;
    enum option_group group;
    size_t offset; /* of a slice in struct routine */
} value_options[] = {
    { "language", GROUP_LANGUAGE, offsetof(struct routine, language) },
    { "cost", GROUP_COST, offsetof(struct routine, cost) },
    { "rows", GROUP_ROWS, offsetof(struct routine, rows) },
    { "support", GROUP_SUPPORT, offsetof(struct routine, support) },
    { "parallel", GROUP_PARALLEL, offsetof(struct routine, parallel) },
};

struct routine_work {
    struct build *b;
    struct routine *r;
    unsigned seen; /* bits of enum option_group */
};

static void
mark_group(struct routine_work *w, enum option_group group, struct span span)
{
    unsigned bit = 1u << group;

    if (group == GROUP_NONE)
        return;
    if (w->seen & bit)
        diag_add(&w->b->s->diags, D_BAD_CODE, span,
                 "this is said twice, or against what was said before");
    w->seen |= bit;
}

static void
apply_flag(struct routine_work *w, const struct ast_routine_option *o)
{
    for (size_t i = 0; i < ARRAY_LEN(volatilities); i++)
        if (slice_is(o->name, volatilities[i].word)) {
            mark_group(w, GROUP_VOLATILITY, o->span);
            w->r->volatility = volatilities[i].volatility;
        }
    for (size_t i = 0; i < ARRAY_LEN(flag_options); i++)
        if (slice_is(o->name, flag_options[i].words)) {
            mark_group(w, flag_options[i].group, o->span);
            *(bool *)((char *)w->r + flag_options[i].offset) = flag_options[i].value;
        }
}

static void
check_parallel(struct routine_work *w, const struct ast_routine_option *o)
{
    static const struct slice known[] = { { "safe", 4 },
                                          { "restricted", 10 },
                                          { "unsafe", 6 } };
    struct slices candidates = { 0 };
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (slice_equal(o->value, known[i]))
            return;
        VEC_PUSH(w->b->a, &candidates.all, known[i]);
    }
    d = diag_add(&w->b->s->diags, D_BAD_CODE, o->span,
                 "PARALLEL is SAFE, RESTRICTED or UNSAFE");
    hint_nearest(w->b->s, d, o->value, &candidates);
}

static void
apply_value(struct routine_work *w, const struct ast_routine_option *o)
{
    for (size_t i = 0; i < ARRAY_LEN(value_options); i++) {
        if (!slice_is(o->name, value_options[i].word))
            continue;
        mark_group(w, value_options[i].group, o->span);
        *(struct slice *)((char *)w->r + value_options[i].offset) = o->value;
        if (value_options[i].group == GROUP_PARALLEL)
            check_parallel(w, o);
    }
    w->r->language =
        slice_is_none(w->r->language) ? SLICE_NONE : slice_lower(w->b->a, w->r->language);
    if (slice_is(w->r->parallel, "unsafe"))
        w->r->parallel = SLICE_NONE;
}

static void
reset_setting(struct routine_work *w, struct slice name)
{
    struct settings kept = { 0 };

    VEC_EACH (i, &w->r->settings.all) {
        const struct setting *s = &w->r->settings.all.items[i];

        if (!slice_is_none(name) && !slice_equal(s->name, name))
            VEC_PUSH(w->b->a, &kept.all, *s);
    }
    w->r->settings = kept;
}

/* Sorted by name: their order means nothing. */
static void
add_setting(struct arena *a, struct settings *to, struct slice name, struct slice value)
{
    struct setting setting = { name, value };
    size_t at;

    VEC_PUSH(a, &to->all, setting);
    for (at = to->all.count - 1; at > 0; at--) {
        if (slice_compare(to->all.items[at - 1].name, name) <= 0)
            break;
        to->all.items[at] = to->all.items[at - 1];
    }
    to->all.items[at] = setting;
}

static void
apply_option(struct routine_work *w, const struct ast_routine_option *o)
{
    switch (o->kind) {
    case ROUTINE_OPTION_FLAG:
        apply_flag(w, o);
        break;
    case ROUTINE_OPTION_VALUE:
        apply_value(w, o);
        break;
    case ROUTINE_OPTION_SET:
        reset_setting(w, o->name);
        add_setting(w->b->a, &w->r->settings, o->name, o->value);
        break;
    case ROUTINE_OPTION_RESET:
        reset_setting(w, o->name);
        break;
    case ROUTINE_OPTION_TRANSFORM:
        VEC_PUSH(w->b->a, &w->r->transforms.all, o->value);
        break;
    case ROUTINE_OPTION_RETURNS:
        mark_group(w, GROUP_RETURNS, o->span);
        break;
    case ROUTINE_OPTION_BODY:
        mark_group(w, GROUP_BODY, o->span);
        break;
    }
}

/* What the server says where nothing is said: COST 100, and ROWS 1000 of a set. */
static void
drop_defaults(struct routine *r)
{
    bool internal = slice_is(r->language, "c") || slice_is(r->language, "internal");

    if (slice_is(r->cost, internal ? "1" : "100"))
        r->cost = SLICE_NONE;
    if (slice_is(r->rows, "1000"))
        r->rows = SLICE_NONE;
}

/* ---- arguments ---- */

static void
take_argument(struct build *b, struct routine *r, const struct ast_argument *from)
{
    struct argument a = {
        .mode = from->mode,
        .name = from->name,
        .type = plain_type(from->type),
        .span = argument_type_span(from),
        .default_value = from->default_value,
    };

    VEC_PUSH(b->a, &r->arguments.all, a);
}

static void
check_argument_names(struct build *b, const struct ast_arguments *arguments)
{
    struct map seen[2];

    map_init(&seen[0], b->a);
    map_init(&seen[1], b->a);
    VEC_EACH (i, &arguments->all) {
        const struct ast_argument *a = &arguments->all.items[i];
        struct map *names = &seen[is_input(a->mode) ? 0 : 1];
        const struct ast_argument *first;
        struct diag *d;

        if (slice_is_none(a->name))
            continue;
        first = map_get(names, a->name);
        if (first != NULL) {
            d = diag_add(&b->s->diags, D_BAD_CODE, a->span,
                         "two arguments are called \"%.*s\"", SLICE_ARG(a->name));
            diag_note(&b->s->diags, d, first->span, "the first is here");
        }
        map_put(names, a->name, (void *)a);
    }
}

/* Whoever leaves one out leaves out all that follow. */
static void
check_argument_defaults(struct build *b, const struct ast_arguments *arguments)
{
    const struct ast_argument *with = NULL;

    VEC_EACH (i, &arguments->all) {
        const struct ast_argument *a = &arguments->all.items[i];
        struct diag *d;

        if (!is_input(a->mode) || a->mode == ARGUMENT_VARIADIC)
            continue;
        if (a->default_value != NULL)
            with = a;
        if (a->default_value != NULL || with == NULL)
            continue;
        d = diag_add(&b->s->diags, D_BAD_CODE, a->span,
                     "an argument behind one with a default needs a default, too");
        diag_note(&b->s->diags, d, with->span, "this one has a default");
        return;
    }
}

static void
take_arguments(struct build *b, struct routine *r, const struct ast_arguments *from)
{
    check_argument_names(b, from);
    check_argument_defaults(b, from);
    VEC_EACH (i, &from->all)
        take_argument(b, r, &from->all.items[i]);
    r->has_order_by = from->has_order_by;
    r->order_by = from->order_by;
}

static size_t
count_outputs(const struct routine *r)
{
    size_t count = 0;

    VEC_EACH (i, &r->arguments.all)
        if (r->arguments.all.items[i].mode == ARGUMENT_OUT
            || r->arguments.all.items[i].mode == ARGUMENT_INOUT)
            count++;
    return count;
}

/* What the output arguments say already: RETURNS record, or the type of the only one. */
static void
take_result(struct routine *r, const struct ast_create_routine *ast)
{
    size_t outputs = count_outputs(r);

    r->returns_set = ast->returns_set;
    r->has_result = ast->result != NULL;
    if (r->has_result)
        r->result = plain_type(ast->result);
    r->result_span = ast->result_span;
    if (outputs > 0 && !r->returns_set)
        r->has_result = false;
}

/* ---- aggregates ---- */

/* What is the same without it. */
static bool
says_nothing(const struct ast_option *o)
{
    return (slice_is(o->name, "parallel") && slice_is(o->value, "unsafe"))
           || ((slice_is(o->name, "sspace") || slice_is(o->name, "msspace"))
               && slice_is(o->value, "0"));
}

static void
take_aggregate(struct build *b, struct routine *r, const struct ast_options *from)
{
    static const struct {
        const char *old;
        const char *name;
    } renamed[] = { { "sfunc1", "sfunc" },
                    { "stype1", "stype" },
                    { "initcond1", "initcond" } };

    VEC_EACH (i, &from->all) {
        struct ast_option o = from->all.items[i];

        for (size_t k = 0; k < ARRAY_LEN(renamed); k++)
            if (slice_is(o.name, renamed[k].old))
                o.name = slice_from(renamed[k].name);
        if (!says_nothing(&o))
            add_setting(b->a, &r->options, o.name, o.value);
    }
}

/* ---- CREATE ---- */

static void
take_body(struct build *b, struct routine *r, const struct ast_create_routine *ast)
{
    r->body_kind = ast->body_kind;
    r->body = ast->body;
    r->body2 = ast->body2;
    if (ast->returned != NULL)
        r->body = expr_text(b->a, ast->returned);
    if (ast->body_kind == BODY_ATOMIC)
        r->body = definition_normal(b->a, ast->body);
    if (slice_is_none(r->language)
        && (ast->body_kind == BODY_RETURN || ast->body_kind == BODY_ATOMIC))
        r->language = SLICE("sql");
}

static void
check_routine(struct build *b, const struct routine *r,
              const struct ast_create_routine *ast)
{
    struct span span = ast->signature.name.span;

    if (r->kind == ROUTINE_AGGREGATE)
        return;
    if (ast->body_kind == BODY_NONE)
        diag_add(&b->s->diags, D_BAD_CODE, span, "%s \"%.*s\" has no body",
                 routine_kind_word(r->kind), SLICE_ARG(ast->signature.name.name));
    else if (slice_is_none(r->language))
        diag_add(&b->s->diags, D_BAD_CODE, span, "%s \"%.*s\" does not say its LANGUAGE",
                 routine_kind_word(r->kind), SLICE_ARG(ast->signature.name.name));
    else if (r->kind == ROUTINE_FUNCTION && ast->result == NULL && !ast->returns_set
             && count_outputs(r) == 0)
        diag_add(&b->s->diags, D_BAD_CODE, span,
                 "function \"%.*s\" does not say what it RETURNS",
                 SLICE_ARG(ast->signature.name.name));
}

static struct routine *
routine_make(struct build *b, const struct ast_create_routine *ast)
{
    struct routine *r = ARENA_NEW(b->a, struct routine);
    struct routine_work w = { b, r, 0 };

    r->kind = ast->kind;
    take_arguments(b, r, &ast->signature.arguments);
    take_result(r, ast);
    VEC_EACH (i, &ast->options)
        apply_option(&w, &ast->options.items[i]);
    take_aggregate(b, r, &ast->aggregate);
    take_body(b, r, ast);
    drop_defaults(r);
    check_routine(b, r, ast);
    return r;
}

/* CREATE OR REPLACE puts the new one in the place of the old, whose comment stays. */
static bool
replace_routine(struct build *b, const struct ast_create_routine *ast,
                struct definition *d)
{
    size_t count;
    struct object *o = routine_find(b, ast->kind, &ast->signature, &count);
    struct diag *diag;

    if (o == NULL || slice_is_none(o->u.definition->signature)
        || only_differs(o->only, d->only))
        return false;
    if (!ast->or_replace) {
        diag = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, d->span,
                        "%.*s \"%.*s(%.*s)\" is declared twice", SLICE_ARG(d->kind),
                        SLICE_ARG(d->name), SLICE_ARG(d->signature));
        diag_note(&b->s->diags, diag, o->span, "it is declared here first");
        return true;
    }
    if (slice_is_none(d->comment))
        d->comment = o->u.definition->comment;
    o->u.definition = d;
    o->span = d->span;
    return true;
}

void
declare_routine(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_routine *ast = stmt->u.create_routine;
    struct definition *d = definition_new(
        b, stmt, slice_from(routine_kind_word(ast->kind)), &ast->signature.name);

    d->signature = signature_of(b->a, &ast->signature.arguments);
    d->detail = DETAIL_ROUTINE;
    d->u.routine = routine_make(b, ast);
    definition_spell(b->a, d, &sql_style_canonical);
    annotate_definition(b, d, &stmt->annotations);
    if (!replace_routine(b, ast, d))
        definition_put(b, d);
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

static void
rename_type(struct type *t, const struct type *from, const struct type *to)
{
    if (t->kind != TYPE_NAMED || !slice_equal(t->name, from->name)
        || !slice_equal(t->schema, from->schema))
        return;
    t->schema = to->schema;
    t->name = to->name;
}

static struct slice
routine_signature(struct arena *a, const struct routine *r)
{
    struct ast_arguments arguments = { 0 };

    VEC_EACH (i, &r->arguments.all) {
        const struct argument *from = &r->arguments.all.items[i];
        struct ast_argument argument = { .mode = from->mode, .type = &from->type };

        VEC_PUSH(a, &arguments.all, argument);
    }
    return signature_of(a, &arguments);
}

void
routine_rename_type(struct build *b, struct object *o, struct slice schema,
                    struct slice name, struct slice schema_now, struct slice name_now)
{
    const struct type from = { .kind = TYPE_NAMED, .schema = schema, .name = name };
    const struct type to = { .kind = TYPE_NAMED, .schema = schema_now, .name = name_now };
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct routine *r = arena_copy(b->a, d->u.routine, sizeof *r);

    memset(&r->arguments, 0, sizeof r->arguments);
    VEC_EACH (i, &d->u.routine->arguments.all) {
        struct argument argument = d->u.routine->arguments.all.items[i];

        rename_type(&argument.type, &from, &to);
        VEC_PUSH(b->a, &r->arguments.all, argument);
    }
    rename_type(&r->result, &from, &to);
    d->u.routine = r;
    d->signature = routine_signature(b->a, r);
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}

/* ---- ALTER and DROP ---- */

static void
refuse_whole(struct build *b, const struct object *o, struct span span)
{
    struct diag *d = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, span,
                              "%.*s \"%.*s\" is kept as text and cannot be altered",
                              SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name));

    diag_note(&b->s->diags, d, o->span, "it is declared here");
    diag_hint(&b->s->diags, d, "drop it and create it again as it shall be");
}

/* A new detail with the options applied. */
static void
alter_options(struct build *b, struct object *o, const struct ast_alter_routine *ast)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct routine *r = arena_copy(b->a, d->u.routine, sizeof *r);
    struct routine_work w = { b, r, 0 };

    memset(&r->settings, 0, sizeof r->settings);
    VEC_EACH (i, &d->u.routine->settings.all)
        VEC_PUSH(b->a, &r->settings.all, d->u.routine->settings.all.items[i]);
    VEC_EACH (i, &ast->options)
        apply_option(&w, &ast->options.items[i]);
    drop_defaults(r);
    d->u.routine = r;
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}

static void
move_routine(struct build *b, struct object *o, struct slice schema, struct slice name,
             struct span span)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct object *moved = arena_copy(b->a, o, sizeof *o);
    const struct overloads *list = map_get(&b->routines, catalog_key(b->a, schema, name));

    for (size_t i = 0; list != NULL && i < list->all.count; i++)
        if (matches(list->all.items[i], ROUTINE_ANY, d->signature)) {
            diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
                     "there is a routine \"%.*s(%.*s)\" already", SLICE_ARG(name),
                     SLICE_ARG(d->signature));
            return;
        }
    /* A trigger function has no arguments, so that no other can have its name. */
    if (slice_is(d->u.routine->result.name, "trigger"))
        triggers_follow_function(b, o->schema, o->name, schema, name);
    d->schema = schema;
    d->name = name;
    definition_spell(b->a, d, &sql_style_canonical);
    definition_drop(b, o);
    moved->schema = schema;
    moved->name = name;
    moved->u.definition = d;
    VEC_PUSH(b->a, &b->objects, moved);
    definition_register(b, moved);
}

void
alter_routine(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_routine *ast = stmt->u.alter_routine;
    struct object *o = routine_need(b, ast->kind, &ast->signature, false);

    if (o == NULL)
        return;
    if (ast->change == ALTER_ROUTINE_OWNER) {
        note_owner(b, ast->signature.name.span, o->name);
        return;
    }
    if (o->u.definition->detail != DETAIL_ROUTINE) {
        refuse_whole(b, o, ast->signature.name.span);
        return;
    }
    if (ast->change == ALTER_ROUTINE_OPTIONS)
        alter_options(b, o, ast);
    else if (ast->change == ALTER_ROUTINE_RENAME)
        move_routine(b, o, o->schema, ast->new_name, ast->new_span);
    else
        move_routine(b, o, schema_plain(ast->new_name), o->name, ast->new_span);
}

void
drop_routines(struct build *b, const struct stmt *stmt)
{
    const struct ast_drop_routine *ast = stmt->u.drop_routine;

    VEC_EACH (i, &ast->signatures.all) {
        struct object *o =
            routine_need(b, ast->kind, &ast->signatures.all.items[i], ast->if_exists);

        if (o == NULL)
            continue;
        if (ast->cascade)
            triggers_drop_by_function(b, o->schema, o->name);
        definition_drop(b, o);
    }
}
