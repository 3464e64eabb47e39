/*
 * Rules about the queries of a schema: those of views and sections, and the expressions
 * of its tables.
 */
#include "lint/rule.h"

/* ---- SELECT * ---- */

static bool
is_with_name(const struct expr *select, struct slice name)
{
    const struct expr *with = select->args[SELECT_WITH];

    for (size_t i = 0; with != NULL && i < with->arg_count; i++)
        if (slice_equal(with->args[i]->text, name))
            return true;
    return false;
}

/* Does it, or a join under it, read a table by name? */
static bool
reads_table(const struct expr *select, const struct expr *from)
{
    if (from == NULL)
        return false;
    if (from->kind == QUERY_TABLE)
        return !is_with_name(select, from->text);
    if (from->kind == QUERY_JOIN)
        return reads_table(select, from->args[0]) || reads_table(select, from->args[1]);
    if (from->kind != EXPR_LIST)
        return false;
    for (size_t i = 0; i < from->arg_count; i++)
        if (reads_table(select, from->args[i]))
            return true;
    return false;
}

static const struct expr *
find_star(const struct expr *select)
{
    const struct expr *targets = select->args[SELECT_TARGETS];

    for (size_t i = 0; targets != NULL && i < targets->arg_count; i++) {
        const struct expr *value = targets->args[i]->args[0];

        if (value != NULL && value->kind == EXPR_STAR)
            return value;
    }
    return NULL;
}

void
rule_view_selects_star(struct lint *l, const struct view *v)
{
    const struct expr *select = v->query == NULL ? NULL : query_first_select(v->query);
    const struct expr *star = select == NULL ? NULL : find_star(select);
    struct diag *d;

    if (star == NULL || !reads_table(select, select->args[SELECT_FROM]))
        return;
    d = lint_found(l, star->span.source != 0 ? star->span : v->span,
                   "view \"%.*s\" keeps the columns that * means today",
                   SLICE_ARG(v->name));
    lint_hint(l, d, "the names of the columns");
}

/* ---- comparing columns ---- */

struct comparing {
    struct lint *l;
    const char *where; /* "view \"x\"" */
};

static const struct expr *
column_of(const struct expr *e)
{
    while (e != NULL && e->kind == EXPR_COLLATE)
        e = e->args[0];
    return e != NULL && e->kind == EXPR_COLUMN && e->result != NULL ? e : NULL;
}

/* What a database compares, or converts without being asked. */
static bool
may_compare(const struct type *a, const struct type *b)
{
    enum type_family x = type_family(a);
    enum type_family y = type_family(b);

    return a->dimensions != 0 || b->dimensions != 0 || x == y || x == FAMILY_NAMED
           || y == FAMILY_NAMED || x == FAMILY_OTHER || y == FAMILY_OTHER;
}

static bool
is_comparison(const struct expr *e)
{
    static const char *const operators[] = { "=", "<>", "<", ">", "<=", ">=" };

    if (e->kind == EXPR_IS_DISTINCT)
        return true;
    for (size_t i = 0; e->kind == EXPR_BINARY && i < ARRAY_LEN(operators); i++)
        if (slice_is(e->text, operators[i]))
            return true;
    return false;
}

static struct slice
column_text(struct lint *l, const struct expr *e)
{
    if (e->arg_count == 0 || e->args[0] == NULL)
        return e->text;
    return slice_format(l->a, "%.*s.%.*s", SLICE_ARG(e->args[0]->text),
                        SLICE_ARG(e->text));
}

static bool
compare_types(void *context, const struct expr *e)
{
    struct comparing *c = context;
    struct lint *l = c->l;
    const struct expr *a;
    const struct expr *b;
    struct diag *d;

    if (!is_comparison(e))
        return true;
    a = column_of(e->args[0]);
    b = column_of(e->args[1]);
    if (a == NULL || b == NULL || may_compare(a->result, b->result))
        return true;
    d = lint_found(l, e->span.source != 0 ? e->span : a->span,
                   "%s compares %.*s, which is %.*s, with %.*s, which is %.*s", c->where,
                   SLICE_ARG(column_text(l, a)), SLICE_ARG(lint_type_text(l, a->result)),
                   SLICE_ARG(column_text(l, b)), SLICE_ARG(lint_type_text(l, b->result)));
    lint_hint(l, d, "CAST(%.*s AS %.*s), or one type for both",
              SLICE_ARG(column_text(l, b)), SLICE_ARG(lint_type_text(l, a->result)));
    return true;
}

static void
compare_in(struct lint *l, const char *where, const struct expr *e)
{
    struct comparing c = { l, where };

    expr_walk(e, compare_types, &c);
}

static void
compare_in_table(struct lint *l, const struct table *t)
{
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->check != NULL)
            compare_in(l, "this constraint", t->constraints.items[i]->check);
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->generated != NULL)
            compare_in(l, "this column", t->columns.items[i]->generated);
}

void
rule_compares_different_types(struct lint *l)
{
    const struct catalog *c = l->catalog;

    VEC_EACH (i, &c->tables)
        compare_in_table(l, c->tables.items[i]);
    VEC_EACH (i, &c->indexes)
        compare_in(l, "this index", c->indexes.items[i]->where);
    VEC_EACH (i, &c->views)
        compare_in(l, "this view", c->views.items[i]->query);
    VEC_EACH (i, &c->sections)
        VEC_EACH (k, &c->sections.items[i]->queries)
            compare_in(l, "this section", c->sections.items[i]->queries.items[k]);
}

/* ---- sections ---- */

static struct slice
nearest_table(struct lint *l, struct slice wrong)
{
    struct slices names = { 0 };

    VEC_EACH (i, &l->catalog->tables)
        VEC_PUSH(l->a, &names.all, l->catalog->tables.items[i]->name);
    return diag_nearest(wrong, names.all.items, names.all.count);
}

static void
report_unknown_table(struct lint *l, const struct unknown_table *u)
{
    struct slice near = nearest_table(l, u->name);
    struct diag *d = lint_found(l, u->span,
                                "this section uses \"%.*s\", which nothing "
                                "declares",
                                SLICE_ARG(u->name));

    if (slice_is_none(near))
        lint_hint(l, d, "CREATE TABLE %.*s (...)", SLICE_ARG(u->name));
    else
        lint_hint(l, d, "did you mean \"%.*s\"?", SLICE_ARG(near));
}

void
rule_section_unknown_table(struct lint *l)
{
    VEC_EACH (i, &l->catalog->sections) {
        const struct section *section = l->catalog->sections.items[i];

        VEC_EACH (k, &section->unknown_tables)
            report_unknown_table(l, &section->unknown_tables.items[k]);
    }
}

/* "BatchStatus" and batch_status alike: "batchstatus". */
static struct slice
letters_of(struct lint *l, struct slice name)
{
    struct text t;

    text_init(&t, l->a);
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] != '_')
            text_addc(&t, name.ptr[i]);
    return slice_lower(l->a, text_slice(&t));
}

struct type_names {
    struct lint *l;
    struct map letters; /* letters_of → struct enum_type * */
};

static bool
names_typname(const struct expr *e)
{
    return (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
           && slice_is(e->text, "typname");
}

static bool
check_type_name(void *context, const struct expr *e)
{
    struct type_names *names = context;
    struct lint *l = names->l;
    const struct enum_type *type;
    const struct expr *text;
    struct diag *d;

    if (e->kind != EXPR_BINARY || !slice_is(e->text, "=") || !names_typname(e->args[0]))
        return true;
    text = e->args[1];
    if (text->kind != EXPR_STRING)
        return true;
    type = map_get(&names->letters, letters_of(l, text->text));
    if (type == NULL || slice_equal(type->name, text->text))
        return true;
    d = lint_found(l, text->span, "no type is called '%.*s'", SLICE_ARG(text->text));
    lint_note(l, d, type->span, "this one is called '%.*s'", SLICE_ARG(type->name));
    lint_hint(l, d, "typname = '%.*s'", SLICE_ARG(type->name));
    return true;
}

void
rule_type_name_misspelt(struct lint *l)
{
    struct type_names names = { .l = l };

    map_init(&names.letters, l->a);
    VEC_EACH (i, &l->catalog->enums)
        map_put(&names.letters, letters_of(l, l->catalog->enums.items[i]->name),
                l->catalog->enums.items[i]);
    VEC_EACH (i, &l->catalog->sections)
        VEC_EACH (k, &l->catalog->sections.items[i]->queries)
            expr_walk(l->catalog->sections.items[i]->queries.items[k], check_type_name,
                      &names);
}
