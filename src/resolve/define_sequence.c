/*
 * Sequences.  What is written and what is usual are one: MINVALUE 1 of a sequence that
 * counts up says nothing.  ALTER works on the values in full, as the server does: what it
 * does not name keeps its value, though another one would be usual now.
 */
#include "resolve/definitions.h"

#include <stdlib.h>

#include "base/sqltext.h"
#include "expr/sqlw.h"
#include "model/naming.h"

/* ---- values in full ---- */

static int64_t
type_lowest(const struct type *t)
{
    return sequence_lowest(&(struct sequence){ .type = *t, .increment = -1 });
}

static int64_t
type_highest(const struct type *t)
{
    return sequence_highest(&(struct sequence){ .type = *t, .increment = 1 });
}

static int64_t
usual_min(const struct sequence *s)
{
    return s->increment > 0 ? 1 : type_lowest(&s->type);
}

static int64_t
usual_max(const struct sequence *s)
{
    return s->increment > 0 ? type_highest(&s->type) : -1;
}

/* min, max and start hold what counts, whether written or not. */
static void
fill_values(struct sequence *s)
{
    if (!s->has_min)
        s->min = usual_min(s);
    if (!s->has_max)
        s->max = usual_max(s);
    if (!s->has_start)
        s->start = s->increment > 0 ? s->min : s->max;
}

/* Needs: all values in full.  Leaves: only those that are not usual as written. */
static void
keep_unusual(struct sequence *s)
{
    s->has_min = s->min != usual_min(s);
    s->has_max = s->max != usual_max(s);
    s->has_start = s->start != (s->increment > 0 ? s->min : s->max);
}

/* ---- from the words ---- */

struct sequence_words {
    struct build *b;
    struct sequence *to;
    struct slice name; /* of the sequence, for messages */
};

static struct diag *
report_bad(const struct sequence_words *x, struct span span, const char *rule)
{
    return diag_add(&x->b->s->diags, D_BAD_SEQUENCE, span, "sequence \"%.*s\": %s",
                    SLICE_ARG(x->name), rule);
}

/* False when it is no whole number of 64 bits. */
static bool
read_number(struct slice text, int64_t *out)
{
    bool negative = slice_starts(text, "-");
    uint64_t most = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    uint64_t n = 0;

    text = slice_sub(text, negative, text.len);
    for (size_t i = 0; i < text.len; i++) {
        uint64_t digit = (uint64_t)(text.ptr[i] - '0');

        if (text.ptr[i] < '0' || text.ptr[i] > '9' || n > (most - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - n) : (int64_t)n;
    return text.len > 0;
}

static void
take_number(const struct sequence_words *x, const struct ast_option *o)
{
    struct sequence *s = x->to;
    int64_t n = 0;

    if (!read_number(o->value, &n))
        report_bad(x, o->span, "the value must be a whole number of 64 bits");
    else if (slice_is(o->name, "increment"))
        s->increment = n;
    else if (slice_is(o->name, "cache"))
        s->cache = n;
    else if (slice_is(o->name, "minvalue")) {
        s->has_min = true;
        s->min = n;
    } else if (slice_is(o->name, "maxvalue")) {
        s->has_max = true;
        s->max = n;
    } else if (slice_is(o->name, "start")) {
        s->has_start = true;
        s->start = n;
    }
}

static void
take_option(const struct sequence_words *x, const struct ast_option *o)
{
    bool no = slice_is(o->value, "no");

    if (slice_is(o->name, "cycle"))
        x->to->cycle = !no;
    else if (slice_is(o->name, "logged"))
        x->to->unlogged = no;
    else if (no && slice_is(o->name, "minvalue"))
        x->to->has_min = false;
    else if (no && slice_is(o->name, "maxvalue"))
        x->to->has_max = false;
    else
        take_number(x, o);
}

static bool
was_written(const struct ast_options *options, size_t before, struct slice name)
{
    for (size_t i = 0; i < before; i++)
        if (slice_equal(options->all.items[i].name, name))
            return true;
    return false;
}

static void
take_options(const struct sequence_words *x, const struct ast_sequence *ast)
{
    VEC_EACH (i, &ast->options.all) {
        const struct ast_option *o = &ast->options.all.items[i];

        if (was_written(&ast->options, i, o->name))
            report_bad(x, o->span, "this option is written twice");
        else
            take_option(x, o);
    }
}

static void
take_type(const struct sequence_words *x, const struct ast_sequence *ast)
{
    if (ast->type == NULL)
        return;
    if (ast->type->dimensions == 0
        && (ast->type->kind == TYPE_INT2 || ast->type->kind == TYPE_INT4
            || ast->type->kind == TYPE_INT8))
        x->to->type = *ast->type;
    else
        report_bad(x, ast->type_span, "the type must be smallint, integer or bigint");
}

/* The rules of the server (init_params in its sequence.c). */
static const char *
broken_rule(const struct sequence *s)
{
    if (s->increment == 0)
        return "INCREMENT must not be zero";
    if (s->min < type_lowest(&s->type) || s->max > type_highest(&s->type)
        || s->max < type_lowest(&s->type) || s->min > type_highest(&s->type))
        return "MINVALUE and MAXVALUE must be values of its type";
    if (s->min >= s->max)
        return "MINVALUE must be less than MAXVALUE";
    if (s->start < s->min || s->start > s->max)
        return "START must be between MINVALUE and MAXVALUE";
    return s->cache < 1 ? "CACHE must be greater than zero" : NULL;
}

static void
check_rules(const struct sequence_words *x, struct span span)
{
    const char *rule = broken_rule(x->to);

    if (rule != NULL)
        report_bad(x, span, rule);
}

static void
take_owner(struct sequence *s, const struct ast_sequence *ast)
{
    if (!ast->owner_written)
        return;
    s->owner_schema = schema_of(&ast->owner);
    s->owner_table = ast->owner.name;
    s->owner_column = ast->owner_column;
    if (slice_is_none(s->owner_table))
        s->owner_column = SLICE_NONE;
}

/* ---- CREATE ---- */

void
declare_sequence(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_sequence *ast = stmt->u.create_sequence;
    struct sequence *s = ARENA_NEW(b->a, struct sequence);
    const struct sequence_words x = { b, s, ast->name.name };
    struct definition *d;

    if (ast->temporary) {
        diag_add(&b->s->diags, D_STATEMENT_MISPLACED, ast->name.span,
                 "temporary sequence \"%.*s\" is no part of a schema",
                 SLICE_ARG(ast->name.name));
        return;
    }
    s->type.kind = TYPE_INT8;
    s->increment = 1;
    s->cache = 1;
    s->unlogged = ast->unlogged;
    take_type(&x, ast->settings);
    take_options(&x, ast->settings);
    fill_values(s);
    check_rules(&x, ast->name.span);
    keep_unusual(s);
    take_owner(s, ast->settings);
    d = definition_new(b, stmt, SLICE("sequence"), &ast->name);
    d->detail = DETAIL_SEQUENCE;
    d->u.sequence = s;
    definition_declare(b, stmt, d, ast->if_not_exists);
}

/* ---- identity columns ---- */

/* The server names the sequence after table and column; a dump says so each time. */
static void
take_own_name(const struct sequence_words *x, const struct ast_option *option)
{
    struct slice usual = slice_format(x->b->a, "_%.*s_seq", SLICE_ARG(x->name));

    if (!slice_ends(option->value, slice_z(x->b->a, usual)))
        x->to->own_name = option->value;
}

static void
take_identity_options(const struct sequence_words *x, const struct ast_options *options)
{
    VEC_EACH (i, &options->all) {
        const struct ast_option *o = &options->all.items[i];

        if (slice_is(o->name, "name"))
            take_own_name(x, o);
        else if (slice_is(o->name, "restart"))
            diag_add(&x->b->s->diags, D_NO_DATA, o->span,
                     "RESTART of \"%.*s\" is about the moment, not the schema: it is not "
                     "kept",
                     SLICE_ARG(x->name));
        else if (was_written(options, i, o->name))
            report_bad(x, o->span, "this option is written twice");
        else if (!slice_is(o->name, "generated"))
            take_option(x, o);
    }
}

static struct span
options_span(const struct ast_options *options, struct span otherwise)
{
    size_t count = options->all.count;

    return count == 0 ? otherwise
                      : span_join(options->all.items[0].span,
                                  options->all.items[count - 1].span);
}

void
column_number(struct build *b, struct column *c, const struct ast_options *options,
              bool is_new)
{
    struct sequence *s = ARENA_NEW(b->a, struct sequence);
    const struct sequence_words x = { b, s, c->name };

    *s = numbering_of(c->numbering);
    s->type.kind =
        c->type.kind == TYPE_INT2 || c->type.kind == TYPE_INT4 ? c->type.kind : TYPE_INT8;
    if (!is_new) {
        fill_values(s);
        s->has_min = s->has_max = s->has_start = true;
    }
    take_identity_options(&x, options);
    fill_values(s);
    check_rules(&x, options_span(options, c->span));
    keep_unusual(s);
    c->numbering = numbering_is_usual(s) ? NULL : s;
}

/* ---- ALTER ---- */

static struct sequence *
edit_sequence(struct build *b, struct object *o)
{
    struct sequence *s = arena_copy(b->a, o->u.definition->u.sequence, sizeof *s);

    o->u.definition->u.sequence = s;
    return s;
}

/* Another type moves the ends only where they were the ends of the old one. */
static void
alter_type_of(const struct sequence_words *x, const struct ast_sequence *ast)
{
    struct sequence *s = x->to;
    bool at_low = s->min == type_lowest(&s->type);
    bool at_high = s->max == type_highest(&s->type);

    take_type(x, ast);
    if (at_low)
        s->min = type_lowest(&s->type);
    if (at_high)
        s->max = type_highest(&s->type);
}

static void
alter_settings(struct build *b, struct object *o, const struct ast_alter_object *ast)
{
    struct sequence *s = edit_sequence(b, o);
    const struct sequence_words x = { b, s, o->name };

    fill_values(s);
    alter_type_of(&x, ast->sequence);
    s->has_min = s->has_max = s->has_start = true;
    take_options(&x, ast->sequence);
    fill_values(s);
    check_rules(&x, ast->name.span);
    keep_unusual(s);
    take_owner(s, ast->sequence);
    if (ast->sequence->restart)
        diag_add(&b->s->diags, D_NO_DATA, ast->name.span,
                 "RESTART of \"%.*s\" is about the moment, not the schema: it is not "
                 "kept",
                 SLICE_ARG(o->name));
    definition_respell(b, o);
}

static void
refuse_action(struct build *b, const struct ast_alter_object *ast)
{
    diag_add(&b->s->diags, D_SYNTAX, ast->name.span, "a %.*s cannot be altered like this",
             SLICE_ARG(ast->object));
}

void
alter_sequence(struct build *b, const struct ast_alter_object *ast)
{
    struct object *o = definition_need(b, "sequence", &ast->name, ast->if_exists);

    if (o == NULL)
        return;
    if (ast->kind == ALTER_OBJECT_SEQUENCE)
        alter_settings(b, o, ast);
    else if (ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_RENAME_TABLE)
        rename_sequence(b, o, o->schema, ast->action->new_name, ast->name.span);
    else if (ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_SET_SCHEMA)
        rename_sequence(b, o, schema_plain(ast->action->new_name), o->name,
                        ast->name.span);
    else
        refuse_action(b, ast);
}

/* ---- who takes its values ---- */

/* The text of nextval('s'), perhaps cast to regclass; NULL. */
static const struct expr *
nextval_argument(const struct expr *e)
{
    if (e == NULL || e->kind != EXPR_CALL || !slice_is(e->text, "nextval")
        || e->arg_count != CALL_ARGS + 1)
        return NULL;
    e = e->args[CALL_ARGS];
    if (e->kind == EXPR_CAST)
        e = e->args[0];
    return e->kind == EXPR_STRING ? e : NULL;
}

/* One part of 's."T"': folded unless quoted; *rest is behind the dot, or none. */
static struct slice
take_part(struct build *b, struct slice text, struct slice *rest)
{
    struct sqltext left = { .rest = text };
    struct sqltext_token part = sqltext_next_code(&left);
    struct sqltext_token dot = sqltext_next_code(&left);

    *rest = slice_is(dot.text, ".") ? left.rest : SLICE_NONE;
    return sqltext_name(b->a, part);
}

/* What nextval() of a default names; a name without a schema has none. */
static bool
take_name(struct build *b, const struct expr *e, struct slice *schema, struct slice *name)
{
    const struct expr *argument = nextval_argument(e);
    struct slice rest;

    if (argument == NULL)
        return false;
    *schema = SLICE_NONE;
    *name = take_part(b, argument->text, &rest);
    if (slice_is_none(rest) || rest.len == 0)
        return true;
    *schema = *name;
    *name = take_part(b, rest, &rest);
    return true;
}

struct object *
default_sequence(struct build *b, const struct expr *e)
{
    struct slice schema, name;

    return take_name(b, e, &schema, &name)
               ? definition_find(b, "sequence", schema_plain(schema), name)
               : NULL;
}

bool
default_takes_serial(struct build *b, const struct expr *e, const struct table *t,
                     const struct column *c)
{
    struct slice schema, name;

    return default_sequence(b, e) == NULL && take_name(b, e, &schema, &name)
           && slice_equal(schema_plain(schema), t->schema)
           && slice_equal(name, naming_sequence(b->s, t, c));
}

struct renumbering {
    struct build *b;
    const struct object *sequence;
    struct slice text; /* what the argument becomes */
};

static const struct expr *
rename_argument(void *context, const struct expr *e)
{
    const struct renumbering *r = context;
    const struct expr *argument = nextval_argument(e);
    struct expr *call;
    struct expr *string;

    if (argument == NULL || default_sequence(r->b, e) != r->sequence)
        return e;
    string = arena_copy(r->b->a, argument, sizeof *argument);
    string->text = r->text;
    call = expr_new(r->b->a, EXPR_CALL, e->span, e->text, e->arg_count);
    for (size_t i = 0; i < e->arg_count; i++)
        call->args[i] = e->args[i];
    call->flags = e->flags;
    call->args[CALL_ARGS] = string;
    if (e->args[CALL_ARGS]->kind == EXPR_CAST) {
        struct expr *cast = arena_copy(r->b->a, e->args[CALL_ARGS], sizeof *cast);

        cast->args = ARENA_ARRAY(r->b->a, const struct expr *, 1);
        cast->args[0] = string;
        call->args[CALL_ARGS] = cast;
    }
    return call;
}

struct slice
sequence_text(struct build *b, struct slice schema, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, b->a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_qualified(&w, schema, name);
    return text_slice(&out);
}

void
rename_sequence(struct build *b, struct object *o, struct slice schema, struct slice name,
                struct span span)
{
    struct renumbering r = { b, o, sequence_text(b, schema, name) };

    if (!object_may_rename(b, &b->relations, o, schema, name, span))
        return;
    VEC_EACH (i, &b->objects) {
        const struct object *user = b->objects.items[i];

        if (user->dropped || user->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &user->u.table->table->columns) {
            struct column *c = user->u.table->table->columns.items[k];

            if (c->default_value != NULL)
                c->default_value =
                    expr_rewrite(b->a, c->default_value, rename_argument, &r);
        }
    }
    definition_rename(b, o, schema, name, span);
}

static void
drop_defaults(struct build *b, const struct object *sequence)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->table->columns) {
            struct column *c = o->u.table->table->columns.items[k];

            if (default_sequence(b, c->default_value) == sequence)
                c->default_value = NULL;
        }
    }
}

void
drop_sequence(struct build *b, struct object *o, bool cascade, struct span span)
{
    if (cascade)
        drop_defaults(b, o);
    remember_drop(b, catalog_key(b->a, o->schema, o->name), span);
    definition_drop(b, o);
}

/* ---- OWNED BY ---- */

static const struct sequence *
owned_sequence(const struct object *o, const struct table *t, struct slice column)
{
    const struct sequence *s;

    if (o->dropped || o->role != ROLE_DEFINITION
        || o->u.definition->detail != DETAIL_SEQUENCE)
        return NULL;
    s = o->u.definition->u.sequence;
    return slice_equal(s->owner_table, t->name) && slice_equal(s->owner_schema, t->schema)
                   && (slice_is_none(column) || slice_equal(s->owner_column, column))
               ? s
               : NULL;
}

void
sequences_drop_owned(struct build *b, const struct table *t, struct slice column)
{
    VEC_EACH (i, &b->declared_sequences)
        if (owned_sequence(b->declared_sequences.items[i], t, column) != NULL)
            drop_sequence(b, b->declared_sequences.items[i], false, SPAN_NONE);
}

void
sequences_follow_table(struct build *b, const struct table *t, struct slice schema,
                       struct slice name)
{
    VEC_EACH (i, &b->declared_sequences) {
        struct object *o = b->declared_sequences.items[i];
        struct sequence *s;

        if (owned_sequence(o, t, SLICE_NONE) == NULL)
            continue;
        s = edit_sequence(b, o);
        s->owner_schema = schema;
        s->owner_table = name;
        definition_respell(b, o);
        if (!slice_equal(o->schema, schema)) /* it moves along */
            rename_sequence(b, o, schema, o->name, o->span);
    }
}

void
sequences_follow_column(struct build *b, const struct table *t, struct slice column,
                        struct slice name)
{
    VEC_EACH (i, &b->declared_sequences) {
        struct object *o = b->declared_sequences.items[i];

        if (owned_sequence(o, t, column) == NULL)
            continue;
        edit_sequence(b, o)->owner_column = name;
        definition_respell(b, o);
    }
}
