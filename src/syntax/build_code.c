/*
 * Routines, triggers, rules and policies.
 */
#include "syntax/build.h"

#include "expr/sqlw.h"

/* ---- signatures ---- */

struct ast_argument
build_argument(struct span span, const struct type *type, bool is_set)
{
    return (struct ast_argument){ .type = type,
                                  .is_set = is_set,
                                  .span = span,
                                  .type_begin = span.begin,
                                  .type_end = span.end };
}

struct ast_arguments *
build_arguments(struct reader *rd, struct ast_arguments *to,
                const struct ast_argument *argument)
{
    if (to == NULL)
        to = ARENA_NEW(rd->arena, struct ast_arguments);
    if (argument != NULL)
        VEC_PUSH(rd->arena, &to->all, *argument);
    return to;
}

/* Both lists may be one: (VARIADIC "any" ORDER BY VARIADIC "any") has one argument. */
struct ast_arguments *
build_order_arguments(struct reader *rd, struct ast_arguments *direct,
                      const struct ast_arguments *ordered)
{
    struct ast_arguments *all = build_arguments(rd, direct, NULL);

    all->has_order_by = true;
    all->order_by = all->all.count;
    VEC_EACH (i, &ordered->all)
        VEC_PUSH(rd->arena, &all->all, ordered->all.items[i]);
    return all;
}

struct ast_arguments *
build_table_column(struct reader *rd, struct ast_arguments *to, struct span span,
                   struct slice name, struct ast_argument column)
{
    column.mode = ARGUMENT_TABLE;
    column.name = name;
    column.span = span;
    return build_arguments(rd, to, &column);
}

struct ast_signature *
build_signature(struct reader *rd, struct ast_name name,
                const struct ast_arguments *arguments)
{
    struct ast_signature *s = ARENA_NEW(rd->scratch, struct ast_signature);

    s->name = name;
    if (arguments != NULL) {
        s->has_arguments = true;
        s->arguments = *arguments;
    }
    return s;
}

struct ast_signatures *
build_signatures(struct reader *rd, struct ast_signatures *to,
                 const struct ast_signature *signature)
{
    if (to == NULL)
        to = ARENA_NEW(rd->scratch, struct ast_signatures);
    VEC_PUSH(rd->arena, &to->all, *signature);
    return to;
}

/* ---- CREATE FUNCTION ---- */

void
build_routine_open(struct reader *rd, enum routine_kind kind, bool or_replace,
                   const struct ast_signature *signature)
{
    struct ast_create_routine *r = ARENA_NEW(rd->arena, struct ast_create_routine);

    r->kind = kind;
    r->or_replace = or_replace;
    r->signature = *signature;
    rd->routine = r;
    rd->stmt->kind = STMT_CREATE_ROUTINE;
    rd->stmt->u.create_routine = r;
}

void
build_routine_option(struct reader *rd, struct span span,
                     enum ast_routine_option_kind kind, struct slice name,
                     struct slice value)
{
    struct ast_routine_option option = { kind, name, value, span };

    if (rd->routine != NULL)
        VEC_PUSH(rd->arena, &rd->routine->options, option);
    else
        VEC_PUSH(rd->arena, &rd->alter_routine->options, option);
}

void
build_returns(struct reader *rd, struct span span, struct ast_argument result)
{
    build_routine_option(rd, span, ROUTINE_OPTION_RETURNS, SLICE_NONE, SLICE_NONE);
    rd->routine->result = result.type;
    rd->routine->result_span = argument_type_span(&result);
    rd->routine->returns_set = result.is_set;
}

void
build_returns_table(struct reader *rd, struct span span,
                    const struct ast_arguments *columns)
{
    build_routine_option(rd, span, ROUTINE_OPTION_RETURNS, SLICE_NONE, SLICE_NONE);
    VEC_EACH (i, &columns->all)
        VEC_PUSH(rd->arena, &rd->routine->signature.arguments.all, columns->all.items[i]);
    rd->routine->returns_set = true;
}

void
build_body(struct reader *rd, struct span span, enum body_kind kind, struct slice body,
           struct slice body2)
{
    build_routine_option(rd, span, ROUTINE_OPTION_BODY, SLICE_NONE, SLICE_NONE);
    rd->routine->body_kind = kind;
    rd->routine->body = body;
    rd->routine->body2 = body2;
}

void
build_returned(struct reader *rd, struct span span, const struct expr *e)
{
    build_body(rd, span, BODY_RETURN, SLICE_NONE, SLICE_NONE);
    rd->routine->returned = e;
}

void
build_transform(struct reader *rd, struct span span, const struct type *type)
{
    struct text name;

    text_init(&name, rd->arena);
    type_print(type, &name);
    build_routine_option(rd, span, ROUTINE_OPTION_TRANSFORM, SLICE_NONE,
                         text_slice(&name));
}

/* ---- SET name = value ---- */

struct slice
build_dotted_text(struct reader *rd, struct ast_name name)
{
    if (slice_is_none(name.schema))
        return name.name;
    return build_dotted_word(rd, name.schema, name.name);
}

/* A setting is a text, whether it is written as a word, a number or a string. */
struct slice
build_set_value(struct reader *rd, struct slice value)
{
    struct text quoted;

    text_init(&quoted, rd->arena);
    text_addc(&quoted, '\'');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\'')
            text_addc(&quoted, '\'');
        text_addc(&quoted, value.ptr[i]);
    }
    text_addc(&quoted, '\'');
    return text_slice(&quoted);
}

struct slice
build_set_values(struct reader *rd, struct slice before, struct slice value)
{
    return slice_format(rd->arena, "%.*s, %.*s", SLICE_ARG(before), SLICE_ARG(value));
}

/* SET x TO DEFAULT is RESET x. */
void
build_routine_set(struct reader *rd, struct span span, struct ast_name name,
                  struct slice values)
{
    bool reset = slice_is(values, "'default'");

    build_routine_option(rd, span, reset ? ROUTINE_OPTION_RESET : ROUTINE_OPTION_SET,
                         build_dotted_text(rd, name), reset ? SLICE_NONE : values);
}

void
build_routine_reset(struct reader *rd, struct span span, struct ast_name name)
{
    build_routine_option(rd, span, ROUTINE_OPTION_RESET, build_dotted_text(rd, name),
                         SLICE_NONE);
}

/* ---- aggregates ---- */

void
build_aggregate(struct reader *rd, bool or_replace, const struct ast_signature *signature,
                const struct ast_options *options)
{
    build_routine_open(rd, ROUTINE_AGGREGATE, or_replace, signature);
    rd->routine->aggregate = *options;
}

/* Before PostgreSQL 8.2 the type of the only argument was an option; "any": none. */
void
build_old_aggregate(struct reader *rd, bool or_replace, struct ast_name name,
                    const struct ast_options *options)
{
    struct ast_signature signature = { .name = name, .has_arguments = true };

    build_routine_open(rd, ROUTINE_AGGREGATE, or_replace, &signature);
    VEC_EACH (i, &options->all) {
        const struct ast_option *o = &options->all.items[i];
        struct type *type;

        if (!slice_is(o->name, "basetype")) {
            build_options(rd, &rd->routine->aggregate, *o);
            continue;
        }
        if (slice_equal_fold(o->value, SLICE("any"))
            || slice_equal_fold(o->value, SLICE("'any'")))
            continue;
        type = ARENA_NEW(rd->arena, struct type);
        *type = type_from_words(SLICE_NONE, o->value, false, NULL);
        build_arguments(rd, &rd->routine->signature.arguments,
                        &(struct ast_argument){ .type = type, .span = o->span });
    }
}

static bool
is_type_option(struct slice name)
{
    return slice_is(name, "stype") || slice_is(name, "mstype")
           || slice_is(name, "basetype") || slice_is(name, "stype1");
}

/* stype = int4 is stype = integer; sfunc = public.f is sfunc = f. */
struct ast_option
build_definition_name(struct reader *rd, struct span span, struct slice option,
                      struct span name_span, struct type_parts parts)
{
    bool is_default = slice_is(parts.schema, "public") || slice_is(parts.schema, "main");
    struct ast_option built = { .name = option, .span = span, .type_span = name_span };
    struct text out;
    struct sqlw w;

    if (is_default)
        parts.schema = SLICE_NONE;
    text_init(&out, rd->arena);
    sqlw_init(&w, &sql_style_canonical, &out);
    if (is_type_option(option)) {
        built.type = build_type(rd, name_span, &parts, NULL);
        type_print(built.type, &out);
    } else {
        sqlw_qualified(&w, parts.schema, parts.words);
    }
    built.value = text_slice(&out);
    return built;
}

/* ---- ALTER and DROP FUNCTION ---- */

void
build_alter_routine_open(struct reader *rd, enum routine_kind kind,
                         const struct ast_signature *signature)
{
    struct ast_alter_routine *a = ARENA_NEW(rd->arena, struct ast_alter_routine);

    a->kind = kind;
    a->signature = *signature;
    rd->alter_routine = a;
    rd->stmt->kind = STMT_ALTER_ROUTINE;
    rd->stmt->u.alter_routine = a;
}

void
build_alter_routine(struct reader *rd, enum alter_routine_kind change,
                    struct slice new_name, struct span new_span)
{
    rd->alter_routine->change = change;
    rd->alter_routine->new_name = new_name;
    rd->alter_routine->new_span = new_span;
}

void
build_drop_routine(struct reader *rd, enum routine_kind kind, bool if_exists,
                   const struct ast_signatures *signatures, bool cascade)
{
    struct ast_drop_routine *d = ARENA_NEW(rd->arena, struct ast_drop_routine);

    d->kind = kind;
    d->if_exists = if_exists;
    d->signatures = *signatures;
    d->cascade = cascade;
    rd->stmt->kind = STMT_DROP_ROUTINE;
    rd->stmt->u.drop_routine = d;
}

/* ---- triggers ---- */

void
build_trigger_open(struct reader *rd, struct ast_name name, bool or_replace,
                   bool if_not_exists, uint32_t flags)
{
    struct ast_create_trigger *t = ARENA_NEW(rd->arena, struct ast_create_trigger);

    t->name = name;
    t->or_replace = or_replace;
    t->if_not_exists = if_not_exists;
    t->temporary = flags & TRIGGER_IS_TEMPORARY;
    t->is_constraint = flags & TRIGGER_IS_CONSTRAINT;
    rd->trigger = t;
    rd->stmt->kind = STMT_CREATE_TRIGGER;
    rd->stmt->u.create_trigger = t;
}

void
build_trigger(struct reader *rd, uint32_t timing, uint32_t events, struct ast_name table)
{
    rd->trigger->timing_written = timing != TRIGGER_NO_TIMING;
    rd->trigger->timing =
        timing == TRIGGER_NO_TIMING ? TRIGGER_BEFORE : (enum trigger_timing)timing;
    rd->trigger->events = events;
    rd->trigger->table = table;
}

uint32_t
build_trigger_columns(struct reader *rd, const struct ast_names *columns)
{
    VEC_EACH (i, &columns->all)
        VEC_PUSH(rd->arena, &rd->trigger->columns.all, columns->all.items[i]);
    return TRIGGER_UPDATE;
}

void
build_trigger_each(struct reader *rd, struct slice words)
{
    rd->trigger->for_each_row = slice_ends(words, "row");
}

void
build_trigger_deferral(struct reader *rd, enum deferral_words words)
{
    struct ast_create_trigger *t = rd->trigger;

    if (words == WORDS_DEFERRED)
        t->deferral = DEFERRAL_DEFERRED;
    else if (words == WORDS_DEFERRABLE && t->deferral == DEFERRAL_NONE)
        t->deferral = DEFERRAL_IMMEDIATE;
    else if (words == WORDS_NOT_DEFERRABLE)
        t->deferral = DEFERRAL_NONE;
}

void
build_transition(struct reader *rd, struct slice words, struct slice name)
{
    if (slice_starts(words, "old"))
        rd->trigger->old_table = name;
    else
        rd->trigger->new_table = name;
}

/*
 * RAISE(ABORT, 'why'): the first word is no column.  As a keyword it is bound to nothing
 * and written without quotes.
 */
static const struct expr *
raise_node(void *context, const struct expr *e)
{
    static const char *const words[] = { "ignore", "rollback", "abort", "fail" };
    struct reader *rd = context;
    const struct expr *word;
    struct expr *copy;

    if (e->kind != EXPR_CALL || !slice_equal_fold(e->text, SLICE("raise"))
        || e->arg_count <= CALL_ARGS || e->args[CALL_ARGS]->kind != EXPR_NAME)
        return e;
    word = e->args[CALL_ARGS];
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!slice_is(word->text, words[i]))
            continue;
        copy = arena_copy(rd->arena, e, sizeof *e);
        copy->args = ARENA_ARRAY(rd->arena, const struct expr *, e->arg_count);
        for (size_t k = 0; k < e->arg_count; k++)
            copy->args[k] = e->args[k];
        copy->args[CALL_ARGS] =
            expr_leaf(rd->arena, EXPR_CALL_KEYWORD, word->span, word->text);
        return copy;
    }
    return e;
}

void
build_trigger_when(struct reader *rd, const struct expr *when)
{
    rd->trigger->when = expr_rewrite(rd->arena, when, raise_node, rd);
}

void
build_trigger_call(struct reader *rd, struct ast_name function,
                   const struct ast_names *arguments)
{
    rd->trigger->function = function;
    if (arguments != NULL)
        rd->trigger->arguments = *arguments;
}

void
build_trigger_statement(struct reader *rd, const struct expr *query)
{
    const struct expr *e = build_checked(rd, query);

    if (e->kind != EXPR_POISON)
        e = expr_rewrite(rd->arena, e, raise_node, rd);
    VEC_PUSH(rd->arena, &rd->trigger->body, e);
}

struct ast_alter *
build_enable(struct reader *rd, struct slice words, struct slice name,
             struct span name_span)
{
    struct ast_alter *a = build_alter_name(rd, ALTER_ENABLE, name, name_span);

    a->text = words;
    a->is_keyword = slice_is_none(name)
                    || (slice_is(name, "user") && !build_was_quoted(rd, name_span));
    return a;
}

/* ---- rules ---- */

void
build_rule(struct reader *rd, bool or_replace, struct ast_name name, uint32_t event,
           struct ast_name table, const struct expr *where, struct slice how)
{
    struct ast_create_rule *r = ARENA_NEW(rd->arena, struct ast_create_rule);

    r->name = name;
    r->table = table;
    r->or_replace = or_replace;
    r->event = (enum trigger_event)event;
    r->instead = slice_ends(how, "instead");
    r->where = where == NULL ? NULL : build_checked(rd, where);
    rd->rule = r;
    rd->stmt->kind = STMT_CREATE_RULE;
    rd->stmt->u.create_rule = r;
}

void
build_rule_action(struct reader *rd, const struct expr *query)
{
    VEC_PUSH(rd->arena, &rd->rule->actions, build_checked(rd, query));
}

/* ---- policies ---- */

struct ast_policy *
build_policy_as(struct reader *rd, struct span span, struct ast_policy *p,
                struct slice word)
{
    p->restrictive = slice_is(word, "restrictive");
    if (!p->restrictive && !slice_is(word, "permissive"))
        reader_error(rd, D_SYNTAX, span, "a policy is PERMISSIVE or RESTRICTIVE");
    return p;
}

void
build_policy(struct reader *rd, enum stmt_kind kind, struct ast_name name,
             struct ast_name table, struct ast_policy *p)
{
    p->name = name;
    p->table = table;
    rd->stmt->kind = kind;
    rd->stmt->u.policy = p;
}

void
build_rename_on(struct reader *rd, const char *kind, struct ast_name name, bool if_exists,
                struct ast_name table, struct slice new_name)
{
    struct ast_rename_on *r = ARENA_NEW(rd->arena, struct ast_rename_on);

    r->kind = kind;
    r->name = name;
    r->table = table;
    r->if_exists = if_exists;
    r->new_name = new_name;
    rd->stmt->kind = STMT_RENAME_ON;
    rd->stmt->u.rename_on = r;
}
