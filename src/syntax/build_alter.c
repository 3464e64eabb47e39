/*
 * ALTER, DROP, COMMENT ON.
 */
#include "syntax/build.h"

/* ---- ALTER TABLE ---- */

void
build_alter_open(struct reader *rd, enum object_kind object, bool if_exists,
                 struct relation table)
{
    struct ast_alter_table *t = ARENA_NEW(rd->arena, struct ast_alter_table);

    t->object = object;
    t->name = table.name;
    t->if_exists = if_exists;
    t->only = table.flags & EXPR_ONLY;
    rd->alter = t;
    rd->stmt->kind = STMT_ALTER_TABLE;
    rd->stmt->u.alter_table = t;
}

void
build_action(struct reader *rd, struct span span, struct ast_alter *action)
{
    if (action == NULL) /* ADD (a int, b int) has added its columns itself */
        return;
    action->span = span;
    VEC_PUSH(rd->arena, &rd->alter->actions, action);
}

struct ast_alter *
build_alter_name(struct reader *rd, enum alter_kind kind, struct slice name,
                 struct span name_span)
{
    struct ast_alter *a = ARENA_NEW(rd->arena, struct ast_alter);

    a->kind = kind;
    a->name = name;
    a->name_span = name_span;
    return a;
}

struct ast_alter *
build_other(struct reader *rd, struct slice text)
{
    struct ast_alter *a = build_alter_name(rd, ALTER_OTHER, SLICE_NONE, SPAN_NONE);

    a->text = text;
    return a;
}

struct ast_alter *
build_alter_column(struct reader *rd, bool if_not_exists, struct ast_column *column)
{
    struct ast_alter *a =
        build_alter_name(rd, ALTER_ADD_COLUMN, column->name, column->name_span);

    a->if_exists = if_not_exists;
    a->column = column;
    return a;
}

struct ast_alter *
build_alter_constraint(struct reader *rd, struct ast_constraint *constraint)
{
    struct ast_alter *a =
        build_alter_name(rd, ALTER_ADD_CONSTRAINT, constraint->name, constraint->span);

    a->constraint = constraint;
    return a;
}

struct ast_alter *
build_alter_drop(struct reader *rd, enum alter_kind kind, struct slice name,
                 struct span name_span, bool if_exists, bool cascade)
{
    struct ast_alter *a = build_alter_name(rd, kind, name, name_span);

    a->if_exists = if_exists;
    a->cascade = cascade;
    return a;
}

struct ast_alter *
build_alter_rename(struct reader *rd, enum alter_kind kind, struct slice name,
                   struct span name_span, struct slice new_name)
{
    struct ast_alter *a = build_alter_name(rd, kind, name, name_span);

    a->new_name = new_name;
    return a;
}

/* The actions on one column keep what they say in a column of that name. */
static struct ast_alter *
alter_column(struct reader *rd, enum alter_kind kind, struct slice name,
             struct span name_span)
{
    struct ast_alter *a = build_alter_name(rd, kind, name, name_span);

    a->column = ARENA_NEW(rd->arena, struct ast_column);
    a->column->name = name;
    a->column->name_span = name_span;
    a->column->span = name_span;
    return a;
}

struct ast_alter *
build_alter_type(struct reader *rd, struct slice name, struct span name_span,
                 const struct type *type, struct span type_span, struct slice collation,
                 const struct expr *using_expr)
{
    struct ast_alter *a = alter_column(rd, ALTER_COLUMN_TYPE, name, name_span);

    a->column->type = type;
    a->column->type_span = type_span;
    if (!slice_is_none(collation))
        build_column_rare(rd, a->column)->collation = collation;
    a->expr = using_expr;
    return a;
}

struct ast_alter *
build_alter_identity(struct reader *rd, struct slice name, struct span name_span,
                     enum identity_kind identity, const struct ast_options *options)
{
    struct ast_alter *a = alter_column(rd, ALTER_ADD_IDENTITY, name, name_span);

    a->column->identity = identity;
    if (options != NULL)
        build_column_rare(rd, a->column)->identity_options = *options;
    return a;
}

/* ---- MySQL's ---- */

struct ast_alter *
build_alter_change(struct reader *rd, struct slice name, struct span name_span,
                   struct ast_column *column)
{
    struct ast_alter *a = build_alter_name(rd, ALTER_CHANGE_COLUMN, name, name_span);

    a->column = column;
    return a;
}

struct ast_alter *
build_alter_index(struct reader *rd, struct span span, struct ast_create_index *index)
{
    struct ast_alter *a = build_alter_name(rd, ALTER_ADD_INDEX, index->name, span);

    a->index = index;
    return a;
}

struct ast_alter *
build_drop_part(struct reader *rd, struct span span, struct slice part, struct slice name,
                struct span name_span, bool if_exists)
{
    bool is_key = slice_is(part, "primary key");
    bool is_index = slice_is(part, "index") || slice_is(part, "key");
    struct ast_alter *a = build_alter_name(rd,
                                           is_key     ? ALTER_DROP_PRIMARY_KEY
                                           : is_index ? ALTER_DROP_INDEX
                                                      : ALTER_DROP_CONSTRAINT,
                                           name, name_span);

    a->if_exists = if_exists;
    if (is_key != slice_is_none(name))
        reader_error(rd, D_SYNTAX, span,
                     is_key ? "a primary key has no name in these words"
                            : "the name of what is dropped is missing");
    return a;
}

struct ast_alter *
build_alter_comment(struct reader *rd, struct slice text)
{
    struct ast_alter *a = build_alter_name(rd, ALTER_COMMENT, SLICE_NONE, SPAN_NONE);

    a->text = text;
    return a;
}

void
build_rename_table(struct reader *rd, bool if_exists, struct ast_name name,
                   struct ast_name new_name)
{
    struct ast_rename *first = rd->stmt->kind == STMT_RENAME ? rd->stmt->u.rename : NULL;

    build_rename(rd, OBJECT_TABLE, if_exists, name, new_name.name);
    if (first == NULL)
        return;
    for (struct ast_rename *r = first;; r = r->next)
        if (r->next == NULL) {
            r->next = rd->stmt->u.rename;
            break;
        }
    rd->stmt->u.rename = first;
}

/* ---- ALTER TYPE ---- */

static struct ast_alter_type *
open_alter_type(struct reader *rd, struct ast_name type, enum alter_type_kind kind)
{
    struct ast_alter_type *a = ARENA_NEW(rd->arena, struct ast_alter_type);

    a->name = type;
    a->kind = kind;
    rd->stmt->kind = STMT_ALTER_TYPE;
    rd->stmt->u.alter_type = a;
    return a;
}

void
build_add_value(struct reader *rd, struct ast_name type, bool if_not_exists,
                struct slice label, struct slice neighbour, bool before)
{
    struct ast_alter_type *a = open_alter_type(rd, type, ALTER_TYPE_ADD_VALUE);

    a->if_not_exists = if_not_exists;
    a->label = label;
    a->neighbour = neighbour;
    a->before = before;
}

void
build_rename_value(struct reader *rd, struct ast_name type, struct slice label,
                   struct slice new_name)
{
    struct ast_alter_type *a = open_alter_type(rd, type, ALTER_TYPE_RENAME_VALUE);

    a->label = label;
    a->new_name = new_name;
}

void
build_rename_type(struct reader *rd, struct ast_name type, struct slice new_name)
{
    open_alter_type(rd, type, ALTER_TYPE_RENAME)->new_name = new_name;
}

void
build_type_other(struct reader *rd, struct ast_name type, struct slice text)
{
    open_alter_type(rd, type, ALTER_TYPE_OTHER)->text = text;
}

/* ---- RENAME, DROP, COMMENT ---- */

void
build_rename(struct reader *rd, enum object_kind object, bool if_exists,
             struct ast_name name, struct slice new_name)
{
    struct ast_rename *r = ARENA_NEW(rd->arena, struct ast_rename);

    r->object = object;
    r->if_exists = if_exists;
    r->name = name;
    r->new_name = new_name;
    rd->stmt->kind = STMT_RENAME;
    rd->stmt->u.rename = r;
}

void
build_drop(struct reader *rd, enum object_kind object, bool if_exists,
           const struct ast_names *names, bool cascade, struct ast_name on)
{
    struct ast_drop *d = ARENA_NEW(rd->arena, struct ast_drop);

    d->object = object;
    d->if_exists = if_exists;
    d->names = *names;
    d->cascade = cascade;
    d->on_table = on.name;
    rd->stmt->kind = STMT_DROP;
    rd->stmt->u.drop = d;
}

/* The kind was read before the grammar began. */
void
build_drop_kind(struct reader *rd, bool if_exists, const struct ast_names *names,
                bool cascade)
{
    build_drop(rd, OBJECT_OTHER, if_exists, names, cascade, (struct ast_name){ 0 });
    rd->stmt->u.drop->kind = rd->object;
}

void
build_comment(struct reader *rd, enum object_kind object, struct ast_name name,
              struct slice part, struct slice text)
{
    struct ast_comment *c = ARENA_NEW(rd->arena, struct ast_comment);

    c->object = object;
    c->name = name;
    c->part = part;
    c->text = text;
    rd->stmt->kind = STMT_COMMENT;
    rd->stmt->u.comment = c;
}

void
build_comment_kind(struct reader *rd, struct ast_name name, struct ast_name on,
                   struct slice text)
{
    bool on_table = !slice_is_none(on.name);

    build_comment(rd, OBJECT_OTHER, on_table ? on : name,
                  on_table ? name.name : SLICE_NONE, text);
    rd->stmt->u.comment->kind = rd->object;
}

void
build_comment_routine(struct reader *rd, const struct ast_signature *signature,
                      struct slice text)
{
    build_comment(rd, OBJECT_FUNCTION, signature->name, SLICE_NONE, text);
    rd->stmt->u.comment->kind = rd->object;
    rd->stmt->u.comment->signature = arena_copy(rd->arena, signature, sizeof *signature);
}

void
build_comment_on_domain(struct reader *rd, struct span span, enum object_kind part,
                        struct ast_name domain, struct slice name, struct slice text)
{
    if (part != OBJECT_CONSTRAINT)
        reader_error(rd, D_SYNTAX, span, "only a CONSTRAINT stands on a DOMAIN");
    build_comment(rd, OBJECT_CONSTRAINT, domain, name, text);
    rd->stmt->u.comment->on_domain = true;
}

/*
 * table.column or schema.table.column: the last part is the column.  A database in front
 * of it is one part too many for struct ast_name, but nobody writes that.
 */
void
build_comment_column(struct reader *rd, struct span span, struct slice first,
                     const struct exprs *items, struct slice text)
{
    size_t count = items->all.count;
    struct ast_name table = { .name = first, .span = span };

    if (count > 1) {
        table.schema = first;
        table.name = items->all.items[0]->text;
    }
    for (size_t i = 0; i < count; i++)
        if (items->all.items[i]->kind != EXPR_FIELD || count > 2) {
            reader_error(rd, D_SYNTAX, span, "this is no name of a column");
            return;
        }
    build_comment(rd, OBJECT_COLUMN, table, items->all.items[count - 1]->text, text);
}
