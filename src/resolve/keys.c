/*
 * Foreign keys: they lead to columns that are there, unique, and of a type that can be
 * equal.  Forward references and cycles are fine, as this runs when all tables stand.
 */
#include "resolve/build.h"

struct fk {
    struct build *b;
    struct work_constraint *work;
    struct constraint *c;
    const struct ast_constraint *ast; /* NULL: inherited */
    const struct work_table *from;
    const struct work_table *to;
};

static struct span
ref_span(const struct fk *k)
{
    return k->ast != NULL && k->ast->ref_table.span.source != 0 ? k->ast->ref_table.span
                                                                : k->c->span;
}

static struct span
ref_column_span(const struct fk *k, size_t i)
{
    if (k->ast == NULL || i >= k->ast->ref_columns.all.count)
        return ref_span(k);
    return k->ast->ref_columns.all.items[i].span;
}

/* ---- the table ---- */

static void
report_dropped(const struct fk *k, const struct span *drop)
{
    struct diag *d =
        diag_add(&k->b->s->diags, D_DROP_HAS_DEPENDANTS, *drop,
                 "table \"%.*s\" is still referred to by \"%.*s\"",
                 SLICE_ARG(k->c->ref_table), SLICE_ARG(k->from->table->name));

    diag_note(&k->b->s->diags, d, k->c->span, "this foreign key refers to it");
    diag_hint(&k->b->s->diags, d, "CASCADE drops the foreign key as well");
}

static void
report_no_table(const struct fk *k)
{
    struct slice key = catalog_key(k->b->a, k->c->ref_schema, k->c->ref_table);
    const struct span *drop = find_drop(k->b, key);
    const struct object *o =
        object_find(k->b, &k->b->relations, k->c->ref_schema, k->c->ref_table);
    struct diag *d;

    if (session_is_unread(k->b->s, k->c->ref_table))
        return;
    if (drop != NULL && o == NULL) {
        report_dropped(k, drop);
        return;
    }
    d = diag_add(&k->b->s->diags, D_NO_SUCH_TABLE, ref_span(k),
                 o == NULL ? "foreign key to a table \"%.*s\" that is not declared"
                           : "foreign key to \"%.*s\", which is not a table",
                 SLICE_ARG(k->c->ref_table));
    if (o != NULL)
        diag_note(&k->b->s->diags, d, o->span, "it is declared here");
    else
        hint_relation(k->b, d, k->c->ref_table);
}

/* SQLite notices it when a row is written, not before. */
static void
warn_of_no_table(const struct fk *k)
{
    diag_add(&k->b->s->diags, D_DANGLING_KEY, ref_span(k),
             "foreign key to a table \"%.*s\" that is not there: rows cannot be inserted "
             "while foreign keys are on",
             SLICE_ARG(k->c->ref_table));
}

/* ---- the columns ---- */

/* REFERENCES t: the columns of its primary key are filled in. */
static bool
fill_columns(const struct fk *k)
{
    const struct work_constraint *own = table_primary_key(k->to);
    const struct constraint *key = own == NULL ? NULL : own->constraint;
    struct diag *d;

    if (k->c->ref_columns.all.count > 0)
        return true;
    if (key == NULL) {
        if (!k->b->terms->checks_references)
            return false;
        d = diag_add(&k->b->s->diags, D_KEY_NOT_UNIQUE, ref_span(k),
                     "table \"%.*s\" has no primary key to refer to",
                     SLICE_ARG(k->to->table->name));
        diag_note(&k->b->s->diags, d, k->to->table->span, "it is declared here");
        return false;
    }
    VEC_EACH (i, &key->keys.all)
        VEC_PUSH(k->b->a, &k->c->ref_columns.all, key->keys.all.items[i].column);
    return true;
}

static bool
check_ref_columns(const struct fk *k)
{
    bool good = true;

    VEC_EACH (i, &k->c->ref_columns.all) {
        struct slice name = k->c->ref_columns.all.items[i];
        const struct column *c = find_column(k->to->table, name);
        const struct span *drop;
        struct diag *d;

        if (c != NULL) {
            k->c->ref_columns.all.items[i] = c->name;
            continue;
        }
        good = false;
        if (session_is_unread(k->b->s, name))
            continue;
        drop = find_drop(k->b, column_key(k->b, k->to->table, name));
        if (drop != NULL) {
            d = diag_add(&k->b->s->diags, D_DROP_HAS_DEPENDANTS, *drop,
                         "column \"%.*s\" of table \"%.*s\" is still referred to",
                         SLICE_ARG(name), SLICE_ARG(k->to->table->name));
            diag_note(&k->b->s->diags, d, k->c->span, "this foreign key refers to it");
            continue;
        }
        d = diag_add(&k->b->s->diags, D_NO_SUCH_COLUMN, ref_column_span(k, i),
                     "table \"%.*s\" has no column \"%.*s\"",
                     SLICE_ARG(k->to->table->name), SLICE_ARG(name));
        diag_note(&k->b->s->diags, d, k->to->table->span, "the table is declared here");
        hint_column(k->b->s, d, k->to->table, name);
    }
    return good;
}

/* As they are declared, where they are. */
static void
name_ref_columns(const struct fk *k)
{
    VEC_EACH (i, &k->c->ref_columns.all) {
        const struct column *c =
            find_column(k->to->table, k->c->ref_columns.all.items[i]);

        if (c != NULL)
            k->c->ref_columns.all.items[i] = c->name;
    }
}

static bool
check_count(const struct fk *k)
{
    size_t from = k->c->keys.all.count;
    size_t to = k->c->ref_columns.all.count;
    struct diag *d;

    if (from == to)
        return true;
    d = diag_add(&k->b->s->diags, D_KEY_COLUMN_COUNT, k->c->span,
                 "a foreign key of %zu column%s to %zu column%s", from,
                 from == 1 ? "" : "s", to, to == 1 ? "" : "s");
    diag_note(&k->b->s->diags, d, k->to->table->span, "the table it refers to is here");
    return false;
}

/* ---- unique ---- */

static bool
same_columns(const struct slices *columns, const struct index_keys *keys)
{
    if (columns->all.count != keys->all.count)
        return false;
    VEC_EACH (i, &columns->all)
        if (!column_is_in(keys, columns->all.items[i]))
            return false;
    return true;
}

static bool
is_unique(const struct work_table *w, const struct slices *columns)
{
    VEC_EACH (i, &w->constraints) {
        const struct constraint *c = w->constraints.items[i]->constraint;

        if ((c->kind == CONSTRAINT_PRIMARY_KEY || c->kind == CONSTRAINT_UNIQUE)
            && same_columns(columns, &c->keys))
            return true;
    }
    VEC_EACH (i, &w->indexes) {
        const struct index *x = w->indexes.items[i]->index;

        if (x->unique && x->where == NULL && same_columns(columns, &x->keys))
            return true;
    }
    return false;
}

static bool
has_broken_key(const struct work_table *w)
{
    VEC_EACH (i, &w->constraints)
        if (w->constraints.items[i]->broken)
            return true;
    return false;
}

static bool
check_unique(const struct fk *k)
{
    struct text names;
    struct slice list;
    struct diag *d;

    if (is_unique(k->to, &k->c->ref_columns) || has_broken_key(k->to))
        return true;
    text_init(&names, k->b->a);
    VEC_EACH (i, &k->c->ref_columns.all)
        text_addf(&names, "%s%.*s", i == 0 ? "" : ", ",
                  SLICE_ARG(k->c->ref_columns.all.items[i]));
    list = text_slice(&names);
    d = diag_add(&k->b->s->diags, D_KEY_NOT_UNIQUE,
                 k->c->ref_columns.all.count == 1 ? ref_column_span(k, 0) : ref_span(k),
                 "foreign key to %.*s (%.*s), which is not unique",
                 SLICE_ARG(k->to->table->name), SLICE_ARG(list));
    diag_note(&k->b->s->diags, d, k->to->table->span, "the table is declared here");
    diag_hint(&k->b->s->diags, d, "UNIQUE (%.*s) on table \"%.*s\"", SLICE_ARG(list),
              SLICE_ARG(k->to->table->name));
    return false;
}

/* ---- types ---- */

/* An extension's type: what it is made of is not known here. */
static bool
is_unknown(const struct build *b, const struct type *t)
{
    return t->kind == TYPE_NAMED && type_enum(b, t) == NULL;
}

static bool
types_clash(const struct build *b, const struct type *x, const struct type *y)
{
    x = type_plain(b, x);
    y = type_plain(b, y);
    if (is_unknown(b, x) || is_unknown(b, y))
        return false;
    if (x->dimensions != y->dimensions || type_family(x) != type_family(y))
        return true;
    if (type_family(x) == FAMILY_OTHER)
        return x->kind != y->kind;
    return x->kind == TYPE_NAMED && type_enum(b, x) != type_enum(b, y);
}

static struct slice
type_text(const struct build *b, const struct type *t)
{
    struct text out;

    text_init(&out, b->a);
    type_print(t, &out);
    return text_slice(&out);
}

static void
check_types(const struct fk *k)
{
    VEC_EACH (i, &k->c->keys.all) {
        const struct column *from =
            table_find_column(k->from->table, k->c->keys.all.items[i].column);
        const struct column *to =
            table_find_column(k->to->table, k->c->ref_columns.all.items[i]);
        struct slice from_type;
        struct slice to_type;
        struct diag *d;

        if (from == NULL || to == NULL || !from->has_type || !to->has_type
            || !types_clash(k->b, &from->type, &to->type))
            continue;
        from_type = type_text(k->b, &from->type);
        to_type = type_text(k->b, &to->type);
        d = diag_add(&k->b->s->diags, D_KEY_TYPE_CLASH, from->span,
                     "column \"%.*s\" is %.*s and refers to \"%.*s\", which is %.*s",
                     SLICE_ARG(from->name), SLICE_ARG(from_type), SLICE_ARG(to->name),
                     SLICE_ARG(to_type));
        diag_note(&k->b->s->diags, d, to->span, "it is declared here");
        return;
    }
}

/* ---- all of them ---- */

static void
check_key(struct build *b, struct work_constraint *work)
{
    struct constraint *c = work->constraint;
    struct fk k = { .b = b, .work = work, .c = c, .ast = work->ast, .from = work->owner };

    if (c->kind != CONSTRAINT_FOREIGN_KEY || work->broken)
        return;
    k.to = table_find(b, c->ref_schema, c->ref_table);
    if (k.to == NULL) {
        const struct ast_name name = { .schema = c->ref_schema, .name = c->ref_table };

        if (is_definition_relation(b, &name))
            return;
        if (b->terms->checks_references)
            report_no_table(&k);
        else
            warn_of_no_table(&k);
        return;
    }
    c->ref_schema = k.to->table->schema;
    c->ref_table = k.to->table->name;
    if (!fill_columns(&k))
        return;
    if (!b->terms->checks_references || k.to->doubtful || k.from->doubtful)
        name_ref_columns(&k);
    else if (check_count(&k) && check_ref_columns(&k) && check_unique(&k))
        check_types(&k);
}

void
keys_check(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->constraints)
            check_key(b, o->u.table->constraints.items[k]);
    }
}
