/*
 * Domains, composite and range types, sequences; ALTER of what has a name and no more.
 */
#include "syntax/build.h"

/* ---- domains ---- */

void
build_domain(struct reader *rd, struct ast_name name, const struct type *base,
             struct span base_span)
{
    struct ast_create_domain *d = ARENA_NEW(rd->arena, struct ast_create_domain);

    d->name = name;
    d->base = base;
    d->base_span = base_span;
    rd->stmt->kind = STMT_CREATE_DOMAIN;
    rd->stmt->u.create_domain = d;
}

void
build_domain_collation(struct reader *rd, struct slice collation)
{
    rd->stmt->u.create_domain->collation = collation;
}

void
build_domain_default(struct reader *rd, const struct expr *e)
{
    rd->stmt->u.create_domain->default_value = build_checked(rd, e);
}

void
build_domain_name(struct reader *rd, struct slice name)
{
    rd->stmt->u.create_domain->next_name = name;
}

void
build_domain_not_null(struct reader *rd, bool not_null)
{
    struct ast_create_domain *d = rd->stmt->u.create_domain;

    d->not_null = not_null;
    d->next_name = SLICE_NONE; /* the server keeps no name of NOT NULL either */
}

void
build_domain_check(struct reader *rd, struct span span, const struct expr *check)
{
    struct ast_create_domain *d = rd->stmt->u.create_domain;
    struct ast_constraint *c = build_check(rd, span, check);

    c->name = d->next_name;
    d->next_name = SLICE_NONE;
    VEC_PUSH(rd->arena, &d->checks, c);
}

/* ---- composite and range types ---- */

void
build_composite(struct reader *rd, struct ast_name name)
{
    struct ast_create_composite *c = ARENA_NEW(rd->arena, struct ast_create_composite);

    c->name = name;
    rd->stmt->kind = STMT_CREATE_COMPOSITE;
    rd->stmt->u.create_composite = c;
}

void
build_attribute(struct reader *rd, struct span span, struct slice name,
                const struct type *type, struct slice collation)
{
    struct ast_attribute attribute = {
        .name = name, .type = type, .collation = collation, .span = span
    };

    VEC_PUSH(rd->arena, &rd->stmt->u.create_composite->attributes, attribute);
}

void
build_range(struct reader *rd, struct ast_name name)
{
    struct ast_create_range *r = ARENA_NEW(rd->arena, struct ast_create_range);

    r->name = name;
    rd->stmt->kind = STMT_CREATE_RANGE;
    rd->stmt->u.create_range = r;
}

void
build_range_option(struct reader *rd, struct span span, struct slice name,
                   const struct type *value)
{
    struct ast_type_option option = { .name = name, .value = value, .span = span };

    VEC_PUSH(rd->arena, &rd->stmt->u.create_range->options, option);
}

/* ---- sequences ---- */

void
build_sequence(struct reader *rd, uint32_t flags, bool if_not_exists,
               struct ast_name name, struct ast_sequence *settings)
{
    struct ast_create_sequence *s = ARENA_NEW(rd->arena, struct ast_create_sequence);

    s->name = name;
    s->if_not_exists = if_not_exists;
    s->temporary = flags & CREATE_TEMPORARY;
    s->unlogged = flags & CREATE_UNLOGGED;
    s->settings = settings != NULL ? settings : ARENA_NEW(rd->arena, struct ast_sequence);
    rd->stmt->kind = STMT_CREATE_SEQUENCE;
    rd->stmt->u.create_sequence = s;
}

struct ast_sequence *
build_sequence_setting(struct reader *rd, struct ast_option option)
{
    struct ast_sequence *s = ARENA_NEW(rd->arena, struct ast_sequence);

    if (slice_is(option.name, "restart"))
        s->restart = true;
    else
        VEC_PUSH(rd->arena, &s->options.all, option);
    return s;
}

struct ast_sequence *
build_sequence_type(struct reader *rd, struct span span, const struct type *type)
{
    struct ast_sequence *s = ARENA_NEW(rd->arena, struct ast_sequence);

    s->type = type;
    s->type_span = span;
    return s;
}

/* OWNED BY table.column, schema.table.column or NONE. */
struct ast_sequence *
build_sequence_owner(struct reader *rd, struct span word_span, struct slice word,
                     struct span span, struct slice first, const struct exprs *items)
{
    struct ast_sequence *s = ARENA_NEW(rd->arena, struct ast_sequence);
    size_t count = items == NULL ? 0 : items->all.count;

    s->owner_written = true;
    s->owner.span = span;
    if (!slice_is(word, "owned"))
        build_sequence_option(rd, word_span, word, SLICE_NONE); /* reports it */
    if (count == 0 && slice_is(first, "none"))
        return s;
    for (size_t i = 0; i < count; i++)
        if (items->all.items[i]->kind != EXPR_FIELD)
            count = 0;
    if (count == 0 || count > 2) {
        reader_error(rd, D_SYNTAX, span, "a sequence is owned by table.column or NONE");
        return s;
    }
    s->owner.schema = count == 2 ? first : SLICE_NONE;
    s->owner.name = count == 2 ? items->all.items[0]->text : first;
    s->owner_column = items->all.items[count - 1]->text;
    return s;
}

struct ast_sequence *
build_sequence_restart(struct reader *rd, struct span span, struct slice word)
{
    struct ast_sequence *s = ARENA_NEW(rd->arena, struct ast_sequence);

    s->restart = true;
    if (!slice_is(word, "restart"))
        build_sequence_option(rd, span, word, SLICE_NONE); /* reports it */
    return s;
}

struct ast_sequence *
build_sequence_logged(struct reader *rd, struct span span, struct slice word)
{
    bool logged = slice_is(word, "logged");
    struct slice value = logged ? SLICE("yes") : SLICE("no");

    if (!logged && !slice_is(word, "unlogged"))
        reader_error(rd, D_SYNTAX, span, "SET is followed by LOGGED or UNLOGGED here");
    return build_sequence_setting(rd, build_option(span, SLICE("logged"), value));
}

struct ast_sequence *
build_sequence_join(struct reader *rd, struct ast_sequence *first,
                    const struct ast_sequence *second)
{
    VEC_EACH (i, &second->options.all)
        VEC_PUSH(rd->arena, &first->options.all, second->options.all.items[i]);
    if (second->type != NULL) {
        first->type = second->type;
        first->type_span = second->type_span;
    }
    if (second->owner_written) {
        first->owner_written = true;
        first->owner = second->owner;
        first->owner_column = second->owner_column;
    }
    first->restart |= second->restart;
    return first;
}

/* ---- ALTER ---- */

struct ast_alter_object *
build_alter_object(struct reader *rd, bool if_exists, struct ast_name name,
                   enum alter_object_kind kind)
{
    struct ast_alter_object *o = ARENA_NEW(rd->arena, struct ast_alter_object);

    o->object = rd->object;
    o->name = name;
    o->if_exists = if_exists;
    o->kind = kind;
    rd->stmt->kind = STMT_ALTER_OBJECT;
    rd->stmt->u.alter_object = o;
    return o;
}

void
build_statistics(struct reader *rd, bool if_not_exists, struct ast_name name,
                 const struct ast_names *kinds, const struct exprs *keys,
                 struct ast_name table)
{
    struct ast_create_statistics *s =
        ARENA_NEW(rd->arena, struct ast_create_statistics);

    s->name = name;
    s->if_not_exists = if_not_exists;
    s->table = table;
    if (kinds != NULL)
        s->kinds = *kinds;
    VEC_EACH (i, &keys->all)
        VEC_PUSH(rd->arena, &s->keys, build_checked(rd, keys->all.items[i]));
    rd->stmt->kind = STMT_CREATE_STATISTICS;
    rd->stmt->u.create_statistics = s;
}

void
build_statistics_target(struct reader *rd, bool if_exists, struct ast_name name,
                        struct span span, struct slice word, struct slice number)
{
    if (!slice_is(word, "statistics"))
        reader_error(rd, D_SYNTAX, span, "SET is followed by STATISTICS here");
    build_alter_object(rd, if_exists, name, ALTER_OBJECT_TARGET)->version = number;
}

void
build_alter_attributes(struct reader *rd, struct ast_name type)
{
    struct ast_alter_type *a = ARENA_NEW(rd->arena, struct ast_alter_type);

    a->name = type;
    a->kind = ALTER_TYPE_ATTRIBUTES;
    rd->stmt->kind = STMT_ALTER_TYPE;
    rd->stmt->u.alter_type = a;
}

void
build_attribute_action(struct reader *rd, struct span span, struct ast_alter *action)
{
    action->span = span;
    VEC_PUSH(rd->arena, &rd->stmt->u.alter_type->actions, action);
}

struct ast_alter *
build_alter_attribute(struct reader *rd, struct span word_span, struct slice word,
                      enum alter_kind kind, struct span name_span, struct slice name)
{
    struct diag *d;

    if (!slice_is(word, "attribute")) {
        d = reader_error(rd, D_SYNTAX, word_span, "a type has no \"%.*s\"",
                         SLICE_ARG(word));
        diag_hint(&rd->s->diags, d, "a composite type has ATTRIBUTEs, an enum VALUEs");
    }
    return build_alter_name(rd, kind, name, name_span);
}

void
build_attribute_type(struct reader *rd, struct ast_alter *to, struct span span,
                     const struct type *type, struct slice collation)
{
    to->column = ARENA_NEW(rd->arena, struct ast_column);
    to->column->name = to->name;
    to->column->name_span = to->name_span;
    to->column->type = type;
    to->column->type_span = span;
    build_column_rare(rd, to->column)->collation = collation;
}

void
build_type_schema(struct reader *rd, struct ast_name type, struct slice schema)
{
    build_alter_attributes(rd, type);
    rd->stmt->u.alter_type->kind = ALTER_TYPE_SET_SCHEMA;
    rd->stmt->u.alter_type->new_name = schema;
}
