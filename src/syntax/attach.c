/*
 * Which annotation belongs to what.
 *
 * A comment on a line that has code belongs to the last item (column, constraint, enum
 * value, action of ALTER TABLE) that begins before it and reaches into its line; a comma,
 * ')' or ';' between them does not matter.  A comment on a line of its own belongs to the
 * next item that begins after it; inside a column that is the next of the column's own
 * constraints, or else the column.  Where that item cannot have the annotation, or there
 * is none, the statement gets it; above an ALTER TABLE of one action, what no statement
 * can have is that action's.  A @lint at the head, with an empty line between it and the
 * first statement, belongs to the file.
 */
#include "syntax/remark.h"

#include <string.h>

struct item {
    struct span span;
    const char *letters; /* of annotations.def: what it is */
    struct annotations *to;
    struct ast_column *column; /* NULL: it is none */
};

struct items {
    VEC(struct item) all;
};

/* The state of one walk over the annotations, in the order of the source. */
struct attaching {
    struct session *s;
    const struct tokens *t;
    const struct placed_list *statements;
    struct ast *ast;
    uint32_t seen;    /* bytes before this were searched for ends of lines */
    uint32_t line;    /* where the line of the current comment begins */
    size_t statement; /* the first that does not end before the current comment */
    size_t items_of;  /* index plus one of the statement that `items` describes */
    struct items items;
};

/* ---- items of a statement ---- */

static void
add_item(struct attaching *a, struct span span, const char *letters,
         struct annotations *to)
{
    struct item item = { span, letters, to, NULL };

    VEC_PUSH(&a->s->scratch, &a->items.all, item);
}

static void
add_column_item(struct attaching *a, struct span span, struct ast_column *column)
{
    struct item item = { span, "C", &column->annotations, column };

    VEC_PUSH(&a->s->scratch, &a->items.all, item);
}

/* Columns and constraints may alternate; the earlier of the two comes first. */
static void
add_table_items(struct attaching *a, struct ast_create_table *t)
{
    size_t c = 0;
    size_t k = 0;

    while (c < t->columns.count || k < t->constraints.count) {
        bool column =
            k == t->constraints.count
            || (c < t->columns.count
                && t->columns.items[c]->span.begin < t->constraints.items[k]->span.begin);

        if (column)
            add_column_item(a, t->columns.items[c]->span, t->columns.items[c]);
        else
            add_item(a, t->constraints.items[k]->span, "K",
                     &t->constraints.items[k]->annotations);
        c += column;
        k += !column;
    }
}

static void
add_action_item(struct attaching *a, struct ast_alter *action)
{
    if (action->kind == ALTER_ADD_COLUMN)
        add_column_item(a, action->span, action->column);
    else if (action->kind == ALTER_ADD_CONSTRAINT)
        add_item(a, action->span, "K", &action->constraint->annotations);
    else
        add_item(a, action->span, "C", &action->annotations);
}

static void
list_items(struct attaching *a, const struct stmt *stmt)
{
    a->items = (struct items){ 0 };
    if (stmt == NULL)
        return;
    if (stmt->kind == STMT_CREATE_TABLE)
        add_table_items(a, stmt->u.create_table);
    if (stmt->kind == STMT_CREATE_ENUM)
        VEC_EACH (i, &stmt->u.create_enum->values) {
            struct ast_enum_value *v = &stmt->u.create_enum->values.items[i];

            add_item(a, v->span, "V", &v->annotations);
        }
    if (stmt->kind == STMT_CREATE_COMPOSITE)
        VEC_EACH (i, &stmt->u.create_composite->attributes) {
            struct ast_attribute *x = &stmt->u.create_composite->attributes.items[i];

            add_item(a, x->span, "A", &x->annotations);
        }
    if (stmt->kind == STMT_ALTER_TABLE)
        VEC_EACH (i, &stmt->u.alter_table->actions)
            add_action_item(a, stmt->u.alter_table->actions.items[i]);
}

static const char *
statement_letters(const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_TABLE || stmt->kind == STMT_ALTER_TABLE)
        return "ST";
    if (stmt->kind == STMT_CREATE_INDEX)
        return "SI";
    if (stmt->kind == STMT_CREATE_ENUM || stmt->kind == STMT_ALTER_TYPE)
        return "SY";
    return "S";
}

/* ---- finding ---- */

/* The last item that begins before the comment and reaches into its line. */
static const struct item *
find_item_before(struct attaching *a, const struct comment *c)
{
    const struct item *found = NULL;

    VEC_EACH (i, &a->items.all)
        if (a->items.all.items[i].span.begin < c->begin)
            found = &a->items.all.items[i];
    return found != NULL && found->span.end > a->line ? found : NULL;
}

static bool
may_stand(enum annotation_kind kind, const char *letters)
{
    const char *where = annotation_where(kind);

    for (; *letters != '\0'; letters++)
        if (strchr(where, *letters) != NULL)
            return true;
    return false;
}

/* The column that the comment is inside of, or else the next item. */
static const struct item *
find_item_after(struct attaching *a, const struct comment *c)
{
    VEC_EACH (i, &a->items.all) {
        const struct item *item = &a->items.all.items[i];

        if (item->span.begin >= c->end
            || (item->column != NULL && item->span.end > c->end))
            return item;
    }
    return NULL;
}

/* The next of the column's constraints that may have the annotation; or NULL. */
static struct ast_constraint *
find_constraint_after(const struct ast_column *column, const struct remark *r)
{
    VEC_EACH (i, &column->constraints)
        if (column->constraints.items[i]->span.begin >= r->comment->end)
            return may_stand(r->annotation->kind, "K") ? column->constraints.items[i]
                                                       : NULL;
    return NULL;
}

/*
 * The statement that the comment is inside of, or else the one before it on its line, or
 * else the next.
 */
static const struct placed *
find_statement(struct attaching *a, const struct comment *c)
{
    const struct placed_list *all = a->statements;
    const struct placed *before;

    while (a->statement < all->all.count
           && all->all.items[a->statement].span.end <= c->begin)
        a->statement++;
    before = a->statement == 0 ? NULL : &all->all.items[a->statement - 1];
    if (!c->own_line && before != NULL
        && (a->statement == all->all.count
            || all->all.items[a->statement].span.begin > c->begin)) {
        a->statement--; /* the next comment may be on the same line */
        return before;
    }
    return a->statement < all->all.count ? &all->all.items[a->statement] : NULL;
}

/* ---- giving ---- */

static const char *
place_name(const char *where)
{
    switch (where[0]) {
    case 'F':
        return "the head of the file, before the first statement";
    case 'T':
        return where[1] == 'C' ? "a table or a column" : "a CREATE TABLE";
    case 'C':
        return "a column";
    case 'Y':
        return "an enum, one of its values or a CHECK";
    default:
        return "a declaration";
    }
}

static struct diag *
report_misplaced(struct attaching *a, const struct remark *r)
{
    return diag_add(&a->s->diags, D_ANNOTATION_MISPLACED, r->span,
                    "@%s cannot stand here", annotation_word(r->annotation->kind));
}

static void
report_place(struct attaching *a, const struct remark *r)
{
    struct diag *d = report_misplaced(a, r);

    diag_hint(&a->s->diags, d, "it belongs to %s",
              place_name(annotation_where(r->annotation->kind)));
}

static void
silence(struct attaching *a, const struct remark *r, struct span target)
{
    struct ast_silencer silencer = { r->annotation, target };

    VEC_PUSH(&a->s->arena, &a->ast->silencers, silencer);
}

static void
give(struct attaching *a, struct annotations *to, const struct remark *r,
     struct span target)
{
    VEC_PUSH(&a->s->arena, &to->all, r->annotation);
    if (r->annotation->kind == ANNOTATION_LINT)
        silence(a, r, target);
    if (r->annotation->kind == ANNOTATION_TOUCH
        || r->annotation->kind == ANNOTATION_APPEND_ONLY
        || r->annotation->kind == ANNOTATION_TYPE)
        a->ast->asks_lowering = true;
}

static void
give_to_item(struct attaching *a, const struct item *item, const struct remark *r)
{
    bool inside = r->comment->own_line && item->span.begin < r->comment->begin;
    struct ast_constraint *k = inside ? find_constraint_after(item->column, r) : NULL;

    if (k != NULL)
        give(a, &k->annotations, r, k->span);
    else
        give(a, item->to, r, item->span);
}

/*
 * What stands above an ALTER TABLE of one action, and is none of a statement's: the
 * action's, if that can have it.  A CREATE TABLE of one column is another matter: it may
 * have two tomorrow.
 */
static const struct item *
only_action(const struct attaching *a, const struct placed *p, enum annotation_kind kind)
{
    const struct item *first = a->items.all.items;
    bool one = p->stmt->kind == STMT_ALTER_TABLE && a->items.all.count == 1;

    return one && !may_stand(kind, "S") && may_stand(kind, first->letters) ? first : NULL;
}

static void
report_above(struct attaching *a, const struct placed *p, const struct remark *r)
{
    struct diag *d;

    if (p->stmt->kind != STMT_ALTER_TABLE || a->items.all.count < 2) {
        report_place(a, r);
        return;
    }
    d = report_misplaced(a, r);
    diag_hint(&a->s->diags, d, "it belongs to one of the actions: put it above that one");
}

static void
attach_to_statement(struct attaching *a, const struct placed *p, const struct remark *r)
{
    const struct comment *c = r->comment;
    enum annotation_kind kind = r->annotation->kind;
    size_t index = (size_t)(p - a->statements->all.items) + 1;
    bool above = c->own_line && c->begin < p->span.begin;
    const struct item *item;

    if (p->stmt == NULL)
        return; /* the statement was not understood: enough was said */
    if (a->items_of != index) {
        a->items_of = index;
        list_items(a, p->stmt);
    }
    item = above         ? only_action(a, p, kind)
           : c->own_line ? find_item_after(a, c)
                         : find_item_before(a, c);
    if (item != NULL && may_stand(kind, item->letters))
        give_to_item(a, item, r);
    else if (may_stand(kind, statement_letters(p->stmt))
             && (item != NULL || !c->own_line || above || a->items.all.count == 0))
        give(a, &p->stmt->annotations, r, p->span);
    else if (above)
        report_above(a, p, r);
    else
        report_place(a, r);
}

static bool
is_head(enum annotation_kind kind)
{
    return kind == ANNOTATION_SCHEMA || kind == ANNOTATION_EXTENDS
           || kind == ANNOTATION_DIALECT;
}

static void
attach_head(struct attaching *a, const struct remark *r)
{
    const struct annotation *n = r->annotation;
    struct slice *to = n->kind == ANNOTATION_SCHEMA    ? &a->ast->schema
                       : n->kind == ANNOTATION_EXTENDS ? &a->ast->extends
                                                       : &a->ast->dialect;

    if (r->comment->next > 0) {
        report_place(a, r);
        return;
    }
    if (!slice_is_none(*to)) {
        diag_add(&a->s->diags, D_ANNOTATION_MISPLACED, r->span,
                 "this file has a second @%s", annotation_word(n->kind));
        return;
    }
    *to = n->kind == ANNOTATION_DIALECT ? n->dialect : n->first;
    if (n->kind == ANNOTATION_EXTENDS)
        a->ast->extends_span = n->span;
}

/* Is there a line of nothing but blanks in [begin, end)? */
static bool
has_empty_line(struct slice text, size_t begin, size_t end)
{
    bool empty = false; /* so far, the line that we are in */

    for (size_t i = begin; i < end; i++) {
        if (text.ptr[i] == '\n' && empty)
            return true;
        if (text.ptr[i] == '\n')
            empty = true;
        else if (strchr(" \t\r", text.ptr[i]) == NULL)
            empty = false;
    }
    return false;
}

static bool
is_of_the_file(const struct attaching *a, const struct remark *r, const struct placed *p)
{
    return r->annotation->kind == ANNOTATION_LINT && r->comment->next == 0
           && (p == NULL || has_empty_line(a->t->text, r->comment->end, p->span.begin));
}

/* Go on to the line of byte `at`; comments come in order, so no byte is read twice. */
static void
advance_line(struct attaching *a, uint32_t at)
{
    const char *text = a->t->text.ptr;
    const char *newline;

    if (a->seen > at)
        return;
    while ((newline = memchr(text + a->seen, '\n', at - a->seen)) != NULL)
        a->line = a->seen = (uint32_t)(newline - text) + 1;
    a->seen = at;
}

static void
attach_one(struct attaching *a, const struct remark *r)
{
    const struct placed *p;

    if (r->kind != REMARK_ANNOTATION)
        return;
    if (is_head(r->annotation->kind)) {
        attach_head(a, r);
        return;
    }
    advance_line(a, r->comment->begin);
    p = find_statement(a, r->comment);
    if (is_of_the_file(a, r, p))
        silence(a, r, (struct span){ a->t->source, 0, (uint32_t)a->t->text.len });
    else if (p != NULL)
        attach_to_statement(a, p, r);
    else
        report_place(a, r);
}

void
remarks_attach(struct session *s, const struct tokens *t, const struct remarks *from,
               const struct placed_list *statements, struct ast *ast)
{
    struct attaching a = { .s = s, .t = t, .statements = statements, .ast = ast };

    VEC_EACH (i, &from->all)
        attach_one(&a, &from->all.items[i]);
}
