/*
 * The elements of CREATE SCHEMA.  Each is read as a statement of its own, and says the
 * schema from then on: what it declares is in it, and what it names without a schema is
 * in it when another of the elements declares it.
 */
#include "syntax/elements.h"

#include "base/map.h"

/* One CREATE SCHEMA while its elements are read. */
struct elements {
    struct session *s;
    struct slice schema;
    struct map made; /* names of tables, views and sequences → anything */
};

/* ---- where they begin ---- */

/* GRANT CREATE, …; … WITH GRANT OPTION: words of one element. */
static bool
begins_element(const struct scan *c, size_t at)
{
    int before = kind_at(c, at - 1);

    if (kind_at(c, at) == T_CREATE)
        return before != ',' && !word_at(c, at - 1, "grant");
    return word_at(c, at, "grant") && before != T_WITH;
}

size_t
elements_begin(const struct scan *c, size_t at)
{
    size_t depth = 0;

    for (at++; at < c->piece.end; at++) {
        int kind = kind_at(c, at);

        if (kind == '(')
            depth++;
        else if (kind == ')' && depth > 0)
            depth--;
        else if (depth == 0 && begins_element(c, at))
            return at;
    }
    return c->piece.end;
}

/* ---- what they declare ---- */

/* NULL: an index is where its table is, a trigger too, and a grant is nowhere. */
static struct ast_name *
made_name(const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_TABLE)
        return &stmt->u.create_table->name;
    if (stmt->kind == STMT_CREATE_VIEW)
        return &stmt->u.create_view->name;
    return stmt->kind == STMT_CREATE_SEQUENCE ? &stmt->u.create_sequence->name : NULL;
}

static bool
may_be_element(const struct stmt *stmt)
{
    return made_name(stmt) != NULL || stmt->kind == STMT_CREATE_INDEX
           || stmt->kind == STMT_CREATE_TRIGGER || stmt->kind == STMT_GRANT;
}

static bool
take_made_name(struct elements *e, const struct stmt *stmt)
{
    struct ast_name *name = made_name(stmt);

    if (!may_be_element(stmt)) {
        struct diag *d = diag_add(&e->s->diags, D_SYNTAX, stmt->span,
                                  "CREATE SCHEMA cannot make this at once");

        diag_hint(&e->s->diags, d, "end the statement before it with a ';'");
        return false;
    }
    if (name == NULL)
        return true;
    if (slice_is_none(name->schema))
        name->schema = e->schema;
    if (!slice_equal(name->schema, e->schema)) {
        diag_add(&e->s->diags, D_SYNTAX, name->span,
                 "\"%.*s\" is in another schema than the one that is made, \"%.*s\"",
                 SLICE_ARG(name->name), SLICE_ARG(e->schema));
        return false;
    }
    map_put(&e->made, name->name, e);
    return true;
}

/* ---- what they name ---- */

static void
qualify(const struct elements *e, struct ast_name *name)
{
    if (slice_is_none(name->schema) && !slice_is_none(name->name)
        && map_has(&e->made, name->name))
        name->schema = e->schema;
}

static void
qualify_all(const struct elements *e, struct ast_names *names)
{
    VEC_EACH (i, &names->all)
        qualify(e, &names->all.items[i]);
}

static void
qualify_table(const struct elements *e, struct ast_create_table *t)
{
    VEC_EACH (i, &t->columns)
        VEC_EACH (k, &t->columns.items[i]->constraints)
            qualify(e, &t->columns.items[i]->constraints.items[k]->ref_table);
    VEC_EACH (i, &t->constraints)
        qualify(e, &t->constraints.items[i]->ref_table);
    VEC_EACH (i, &t->likes)
        qualify(e, &t->likes.items[i]->source);
    qualify_all(e, &t->parents);
}

/* The names of WITH hide those of tables. */
static bool
hides_name(void *context, const struct expr *q)
{
    struct map *hidden = context;

    if (q->kind == QUERY_CTE)
        map_put(hidden, q->text, hidden);
    return true;
}

struct query_edit {
    const struct elements *elements;
    struct map hidden;
};

static const struct expr *
qualify_query_table(void *context, const struct expr *q)
{
    const struct query_edit *edit = context;
    const struct elements *e = edit->elements;
    struct expr *new;

    if (q->kind != QUERY_TABLE || q->arg_count > 2 || !map_has(&e->made, q->text)
        || map_has(&edit->hidden, q->text))
        return q;
    new = expr_new(&e->s->arena, QUERY_TABLE, q->span, q->text, 3);
    new->flags = q->flags;
    new->args[0] = q->args[0];
    new->args[1] = q->args[1];
    new->args[2] = expr_leaf(&e->s->arena, EXPR_PART, q->span, e->schema);
    return new;
}

static void
qualify_view(const struct elements *e, struct ast_create_view *v)
{
    struct query_edit edit = { .elements = e };

    map_init(&edit.hidden, &e->s->arena);
    expr_walk(v->query, hides_name, &edit.hidden);
    v->query = expr_rewrite(&e->s->arena, v->query, qualify_query_table, &edit);
}

static void
qualify_statement(const struct elements *e, const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_TABLE)
        qualify_table(e, stmt->u.create_table);
    else if (stmt->kind == STMT_CREATE_VIEW)
        qualify_view(e, stmt->u.create_view);
    else if (stmt->kind == STMT_CREATE_INDEX)
        qualify(e, &stmt->u.create_index->table);
    else if (stmt->kind == STMT_CREATE_TRIGGER)
        qualify(e, &stmt->u.create_trigger->table);
    else if (stmt->kind == STMT_CREATE_SEQUENCE
             && stmt->u.create_sequence->settings != NULL)
        qualify(e, &stmt->u.create_sequence->settings->owner);
    else if (stmt->kind == STMT_GRANT)
        VEC_EACH (i, &stmt->u.grant->objects.all)
            qualify(e, &stmt->u.grant->objects.all.items[i].name);
}

/* ---- reading ---- */

static bool
read_elements(const struct scan *c, size_t at, struct elements *e,
              struct ast_create_schema *to)
{
    bool good = true;

    while (at < c->piece.end) {
        struct piece piece = { at, elements_begin(c, at) };
        struct stmt *stmt = statement_parse(c->s, c->t, piece);

        at = piece.end;
        if (stmt == NULL || !take_made_name(e, stmt))
            good = false;
        else
            VEC_PUSH(&c->s->arena, &to->elements, stmt);
    }
    return good;
}

bool
elements_read(const struct scan *c, size_t at, struct stmt *stmt)
{
    struct ast_create_schema *to = stmt->u.create_schema;
    struct elements e = { .s = c->s, .schema = to->name };

    if (to->if_not_exists) {
        diag_add(&c->s->diags, D_SYNTAX, token_span(c->t, token_at(c, at)),
                 "CREATE SCHEMA IF NOT EXISTS can make nothing else at once");
        return false;
    }
    to->head = span_join(stmt->span, token_span(c->t, token_at(c, c->piece.begin)));
    to->head.end = token_span(c->t, token_at(c, at - 1)).end;
    map_init(&e.made, &c->s->arena);
    if (!read_elements(c, at, &e, to))
        return false;
    VEC_EACH (i, &to->elements)
        qualify_statement(&e, to->elements.items[i]);
    return true;
}
