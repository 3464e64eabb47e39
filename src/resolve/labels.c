/*
 * Texts that stand for values of an enum type because they are compared with one:
 *
 *     status = 'open'     status IN ('open', 'closed')     'open'::status
 *
 * They must be values of the type, and follow when a value is renamed.
 */
#include "model/retype.h"
#include "resolve/definitions.h"
#include "resolve/scope.h"

#include <string.h>

#include "expr/sqlw.h"

/* ---- checking ---- */

static void
check_label(struct binder *b, const struct enum_type *t, const struct expr *text)
{
    struct slices labels = { 0 };
    struct diag *d;

    if (text == NULL || text->kind != EXPR_STRING || enum_has_label(t, text->text))
        return;
    b->errors++;
    d = diag_add(&b->s->diags, D_BAD_ENUM, text->span,
                 "'%.*s' is no value of type \"%.*s\"", SLICE_ARG(text->text),
                 SLICE_ARG(t->name));
    diag_note(&b->s->diags, d, t->span, "its values are declared here");
    VEC_EACH (i, &t->values)
        VEC_PUSH(b->a, &labels.all, t->values.items[i].label);
    hint_nearest(b->s, d, text->text, &labels);
}

void
labels_check(struct binder *b, const struct expr *e)
{
    const struct type *type;
    const struct enum_type *t;

    if (b->b == NULL || b->quiet || !b->terms->checks_values)
        return;
    type = expr_compared_type(e);
    t = type == NULL ? NULL : type_enum(b->b, type);
    if (t == NULL)
        return;
    for (size_t i = 0; i < e->arg_count; i++) {
        const struct expr *arg = e->args[i];

        check_label(b, t, arg);
        for (size_t k = 0; arg != NULL && arg->kind == EXPR_LIST && k < arg->arg_count;
             k++)
            check_label(b, t, arg->args[k]);
    }
}

/* ---- renaming ---- */

struct relabeling {
    struct build *b;
    const struct enum_type *type;
    struct retyping labels;
    const struct table *table; /* whose expressions are at hand */
};

static const struct expr *
relabel_node(void *context, const struct expr *e)
{
    const struct relabeling *r = context;

    return retype_node(&r->labels, e);
}

/* Binds what it is given again: the types of columns tell which texts are labels. */
static struct binder
relabeling_binder(struct relabeling *r)
{
    struct binder binder;

    binder_init(&binder, r->b);
    binder.quiet = true;
    binder.edit = relabel_node;
    binder.edit_context = r;
    return binder;
}

static const struct expr *
relabel(void *context, enum visit_place place, const struct expr *e)
{
    struct relabeling *r = context;
    struct binder binder = relabeling_binder(r);

    return place == PLACE_ALONE ? e : bind_in_table(&binder, r->table, e);
}

static void
relabel_view(struct relabeling *r, struct view *v)
{
    struct scope_columns columns = { 0 };
    const struct expr *query;
    struct binder binder = relabeling_binder(r);
    bool opaque = false;

    query = bind_query(&binder, NULL, v->query, &columns, &opaque);
    if (!expr_equal(query, v->query))
        v->text = expr_text(r->b->a, query);
    v->query = query;
}

/* A domain over the type: `value <> 'old'`, DEFAULT 'old'. */
static void
relabel_domain(struct relabeling *r, struct object *o)
{
    struct binder binder = relabeling_binder(r);
    struct domain *m;

    if (o->u.definition->detail != DETAIL_DOMAIN
        || type_enum(r->b, &o->u.definition->u.domain->base) != r->type)
        return;
    m = domain_edit(o, &binder);
    m->default_value = retype_value(&r->labels, &m->base, m->default_value);
    definition_respell(r->b, o);
}

/* The limit of a partition in that key of its parent. */
static const struct expr *
relabel_limit(const struct relabeling *r, const struct work_table *w, size_t key,
              const struct expr *e)
{
    const struct work_table *parent = w->parents.items[0];
    const struct index_keys *keys = parent->partition_keys;
    const struct column *c = NULL;

    if (keys != NULL && key < keys->all.count)
        c = table_find_column(parent->table, keys->all.items[key].column);
    return c != NULL && c->has_type ? retype_value(&r->labels, &c->type, e) : e;
}

/* FOR VALUES IN ('old'), FROM ('old') TO (MAXVALUE). */
static void
relabel_bound(const struct relabeling *r, struct work_table *w)
{
    const struct partition_bound *from = w->table->bound;
    struct partition_bound *bound;

    if (from == NULL || w->parents.count == 0)
        return;
    bound = arena_copy(r->b->a, from, sizeof *bound);
    memset(&bound->from, 0, sizeof bound->from);
    memset(&bound->to, 0, sizeof bound->to);
    VEC_EACH (i, &from->from)
        VEC_PUSH(
            r->b->a, &bound->from,
            relabel_limit(r, w, from->kind == BOUND_RANGE ? i : 0, from->from.items[i]));
    VEC_EACH (i, &from->to)
        VEC_PUSH(r->b->a, &bound->to, relabel_limit(r, w, i, from->to.items[i]));
    w->table->bound = bound;
}

/* What is not bound yet may say "public". */
static void
begin_relabeling(struct relabeling *r, struct slice old, struct slice name)
{
    struct type type = {
        .kind = TYPE_NAMED, .schema = r->type->schema, .name = r->type->name
    };

    retyping_init(&r->labels, r->b->a);
    retyping_add_label(&r->labels, &type, old, name);
    if (!slice_is_none(type.schema))
        return;
    type.schema = SLICE("public");
    retyping_add_label(&r->labels, &type, old, name);
}

void
labels_rename(struct build *b, const struct enum_type *type, struct slice old,
              struct slice name)
{
    struct relabeling r = { .b = b, .type = type };

    begin_relabeling(&r, old, name);
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_TABLE) {
            r.table = o->u.table->table;
            table_edit(o->u.table, relabel, &r);
            relabel_bound(&r, o->u.table);
        } else if (!o->dropped && o->role == ROLE_VIEW) {
            relabel_view(&r, o->u.view->view);
        } else if (!o->dropped && o->role == ROLE_DEFINITION) {
            relabel_domain(&r, o);
        }
    }
    code_edit(b, relabel_node, &r);
}
