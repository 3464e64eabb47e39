/*
 * What the two versions hold, counted, and what is new, changed and dropped, by table.
 */
#include <assert.h>

#include "plan/document.h"

/* ---- counts ---- */

static size_t
count_constraints(const struct catalog *c, enum constraint_kind kind)
{
    size_t n = 0;

    VEC_EACH (t, &c->tables)
        VEC_EACH (i, &c->tables.items[t]->constraints)
            n += c->tables.items[t]->constraints.items[i]->kind == kind ? 1 : 0;
    return n;
}

static size_t
count_tables(const struct catalog *c)
{
    return c->tables.count;
}

static size_t
count_columns(const struct catalog *c)
{
    size_t n = 0;

    VEC_EACH (t, &c->tables)
        n += c->tables.items[t]->columns.count;
    return n;
}

static size_t
count_primary_keys(const struct catalog *c)
{
    return count_constraints(c, CONSTRAINT_PRIMARY_KEY);
}

static size_t
count_unique(const struct catalog *c)
{
    return count_constraints(c, CONSTRAINT_UNIQUE);
}

static size_t
count_checks(const struct catalog *c)
{
    return count_constraints(c, CONSTRAINT_CHECK);
}

static size_t
count_foreign_keys(const struct catalog *c)
{
    return count_constraints(c, CONSTRAINT_FOREIGN_KEY);
}

static size_t
count_exclusions(const struct catalog *c)
{
    return count_constraints(c, CONSTRAINT_EXCLUDE);
}

static size_t
count_indexes(const struct catalog *c)
{
    return c->indexes.count;
}

static size_t
count_views(const struct catalog *c)
{
    return c->views.count;
}

static size_t
count_enums(const struct catalog *c)
{
    return c->enums.count;
}

static size_t
count_initial_rows(const struct catalog *c)
{
    size_t n = 0;

    VEC_EACH (i, &c->initial_rows)
        n += c->initial_rows.items[i]->rows.count;
    return n;
}

static const struct {
    const char *what;
    size_t (*count)(const struct catalog *c);
} counters[] = {
    { "tables", count_tables },
    { "columns", count_columns },
    { "primary keys", count_primary_keys },
    { "unique constraints", count_unique },
    { "check constraints", count_checks },
    { "foreign keys", count_foreign_keys },
    { "exclusion constraints", count_exclusions },
    { "indexes besides those of keys", count_indexes },
    { "views", count_views },
    { "enumerations", count_enums },
    { "initial rows", count_initial_rows },
};

static void
add_count_row(struct doc_part *p, struct slice what, size_t before, size_t after)
{
    if (before == 0 && after == 0)
        return;
    doc_cell(p->d, what);
    doc_number(p->d, before);
    doc_number(p->d, after);
    if (after == before)
        doc_cell(p->d, SLICE("0"));
    else if (after > before)
        doc_cellf(p->d, "+%zu", after - before);
    else
        doc_cellf(p->d, "-%zu", before - after);
}

struct kind_count {
    size_t before;
    size_t after;
};

static struct kind_count *
kind_count(struct doc_part *p, struct map *all, struct slice kind)
{
    struct kind_count *out = map_get(all, kind);

    if (out == NULL) {
        out = ARENA_NEW(&p->s->arena, struct kind_count);
        map_put(all, kind, out);
    }
    return out;
}

/* Triggers, functions, policies and the like, in the order in which they first appear. */
static void
add_definition_rows(struct doc_part *p)
{
    const struct catalog *from = p->plan->from;
    const struct catalog *to = p->plan->to;
    struct map all;

    map_init(&all, &p->s->arena);
    VEC_EACH (i, &from->definitions)
        kind_count(p, &all, from->definitions.items[i]->kind)->before++;
    VEC_EACH (i, &to->definitions)
        kind_count(p, &all, to->definitions.items[i]->kind)->after++;
    for (size_t i = 0; i < all.count; i++) {
        const struct kind_count *n = all.entries[i].value;

        add_count_row(p,
                      slice_format(&p->s->arena, "objects of kind %.*s",
                                   SLICE_ARG(all.entries[i].key)),
                      n->before, n->after);
    }
}

void
doc_add_comparison(struct doc_part *p)
{
    doc_heading(p->d, p->level, SLICE("Version comparison"));
    doc_paragraph(p->d, "Counted in the terms of %s, as the database holds them.",
                  p->plan->dialect->name);
    DOC_TABLE(p->d, "What", "Before", "After", "Difference");
    for (size_t i = 0; i < ARRAY_LEN(counters); i++)
        add_count_row(p, slice_from(counters[i].what), counters[i].count(p->plan->from),
                      counters[i].count(p->plan->to));
    add_definition_rows(p);
    doc_end(p->d, "Both versions are empty.");
}

/* ---- new, changed, dropped ---- */

enum sort_of_change {
    SORT_UNLISTED,
    SORT_NEW,
    SORT_CHANGED,
    SORT_DROPPED,
};

static enum sort_of_change
sort_of(enum change_kind kind)
{
    static const enum sort_of_change sorts[CHANGE_KIND_COUNT] = {
        [CHANGE_CREATE_TABLE] = SORT_NEW,
        [CHANGE_DROP_TABLE] = SORT_DROPPED,
        [CHANGE_RENAME_TABLE] = SORT_CHANGED,
        [CHANGE_TABLE_OPTIONS] = SORT_CHANGED,
        [CHANGE_TABLE_PARENTS] = SORT_CHANGED,
        [CHANGE_PARTITION_KEY] = SORT_CHANGED,
        [CHANGE_MOVE_ROWS] = SORT_UNLISTED,
        [CHANGE_TABLE_COMMENT] = SORT_CHANGED,
        [CHANGE_APPEND_ONLY] = SORT_CHANGED,
        [CHANGE_ADD_COLUMN] = SORT_NEW,
        [CHANGE_DROP_COLUMN] = SORT_DROPPED,
        [CHANGE_RENAME_COLUMN] = SORT_CHANGED,
        [CHANGE_COLUMN_TYPE] = SORT_CHANGED,
        [CHANGE_COLUMN_NULLABILITY] = SORT_CHANGED,
        [CHANGE_COLUMN_DEFAULT] = SORT_CHANGED,
        [CHANGE_COLUMN_GENERATED] = SORT_CHANGED,
        [CHANGE_COLUMN_IDENTITY] = SORT_CHANGED,
        [CHANGE_COLUMN_COLLATION] = SORT_CHANGED,
        [CHANGE_COLUMN_STORAGE] = SORT_CHANGED,
        [CHANGE_COLUMN_COMMENT] = SORT_CHANGED,
        [CHANGE_COLUMN_TOUCH] = SORT_CHANGED,
        [CHANGE_COLUMN_ORDER] = SORT_CHANGED,
        [CHANGE_ADD_CONSTRAINT] = SORT_NEW,
        [CHANGE_DROP_CONSTRAINT] = SORT_DROPPED,
        [CHANGE_VALIDATE_CONSTRAINT] = SORT_CHANGED,
        [CHANGE_RENAME_CONSTRAINT] = SORT_CHANGED,
        [CHANGE_CREATE_INDEX] = SORT_NEW,
        [CHANGE_DROP_INDEX] = SORT_DROPPED,
        [CHANGE_INDEX_OPTIONS] = SORT_CHANGED,
        [CHANGE_RENAME_INDEX] = SORT_CHANGED,
        [CHANGE_CREATE_VIEW] = SORT_NEW,
        [CHANGE_DROP_VIEW] = SORT_DROPPED,
        [CHANGE_REPLACE_VIEW] = SORT_CHANGED,
        [CHANGE_SET_ASIDE] = SORT_CHANGED,
        [CHANGE_CREATE_ENUM] = SORT_NEW,
        [CHANGE_DROP_ENUM] = SORT_DROPPED,
        [CHANGE_RENAME_ENUM] = SORT_CHANGED,
        [CHANGE_ENUM_VALUES] = SORT_CHANGED,
        [CHANGE_CREATE_DEFINITION] = SORT_NEW,
        [CHANGE_DROP_DEFINITION] = SORT_DROPPED,
        [CHANGE_REPLACE_DEFINITION] = SORT_CHANGED,
        [CHANGE_RENAME_DEFINITION] = SORT_CHANGED,
        [CHANGE_OBJECT_COMMENT] = SORT_CHANGED,
        [CHANGE_INITIAL_ROWS] = SORT_NEW,
    };

    assert(sorts[kind] != SORT_UNLISTED);
    return sorts[kind];
}

static struct slice
table_of_side(struct arena *a, const struct change_side *s)
{
    const struct table *t = s->table != NULL   ? s->table
                            : s->index != NULL ? s->index->table
                            : s->rows != NULL  ? s->rows->table
                                               : NULL;

    if (t != NULL)
        return catalog_key(a, t->schema, t->name);
    if (s->definition != NULL && !slice_is_none(s->definition->table))
        return s->definition->table;
    return SLICE("");
}

static struct slice
table_of(struct arena *a, const struct change *c)
{
    struct slice new = table_of_side(a, &c->new);

    return new.len > 0 ? new : table_of_side(a, &c->old);
}

static void
write_column(struct sqlw *w, const struct column *c)
{
    if (c->has_type)
        sqlw_type(w, &c->type);
    if (!slice_is_none(c->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, c->collation);
    }
    if (c->not_null)
        sqlw_kw(w, "NOT NULL");
    if (c->default_value != NULL) {
        sqlw_kw(w, "DEFAULT");
        sqlw_expr(w, c->default_value);
    }
    if (c->generated != NULL) {
        sqlw_kw(w, "GENERATED ALWAYS AS");
        sqlw_expr_parens(w, c->generated);
    }
}

static void
write_keys(struct sqlw *w, const struct index_keys *keys)
{
    sqlw_open(w);
    VEC_EACH (i, &keys->all) {
        if (i > 0)
            sqlw_comma(w);
        if (keys->all.items[i].expr != NULL)
            sqlw_expr(w, keys->all.items[i].expr);
        else
            sqlw_ident(w, keys->all.items[i].column);
    }
    sqlw_close(w);
}

static void
write_constraint(struct sqlw *w, const struct constraint *c)
{
    sqlw_kw(w, constraint_kind_words(c->kind));
    if (c->kind == CONSTRAINT_CHECK)
        sqlw_expr_parens(w, c->check);
    else
        write_keys(w, &c->keys);
    if (c->kind != CONSTRAINT_FOREIGN_KEY)
        return;
    sqlw_kw(w, "REFERENCES");
    sqlw_qualified(w, c->ref_schema, c->ref_table);
    sqlw_idents(w, c->ref_columns.all.items, c->ref_columns.all.count);
    if (c->on_delete != FK_NO_ACTION) {
        sqlw_kw(w, "ON DELETE");
        sqlw_kw(w, fk_action_words(c->on_delete));
    }
}

static void
write_index(struct sqlw *w, const struct index *x)
{
    if (x->unique)
        sqlw_kw(w, "UNIQUE");
    sqlw_kw(w, "ON");
    sqlw_ident(w, x->table->name);
    write_keys(w, &x->keys);
    if (x->where == NULL)
        return;
    sqlw_kw(w, "WHERE");
    sqlw_expr(w, x->where);
}

static void
write_enum(struct sqlw *w, const struct enum_type *e)
{
    VEC_EACH (i, &e->values) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_string(w, e->values.items[i].label);
    }
}

static void
write_view(struct sqlw *w, const struct view *v)
{
    sqlw_open(w);
    VEC_EACH (i, &v->columns) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_ident(w, v->columns.items[i].name);
    }
    sqlw_close(w);
}

/* What the innermost thing of a side is, in SQL's words; empty: its name says all. */
static struct slice
describe(struct doc_part *p, const struct change_side *s)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &p->s->arena);
    sqlw_init(&w, p->plan->dialect->style, &out);
    if (s->column != NULL)
        write_column(&w, s->column);
    else if (s->constraint != NULL)
        write_constraint(&w, s->constraint);
    else if (s->index != NULL)
        write_index(&w, s->index);
    else if (s->view != NULL)
        write_view(&w, s->view);
    else if (s->enum_type != NULL)
        write_enum(&w, s->enum_type);
    else if (s->rows != NULL || s->definition != NULL || s->table == NULL)
        return SLICE("");
    else
        return slice_format(&p->s->arena, "%zu columns, %zu constraints",
                            s->table->columns.count, s->table->constraints.count);
    return slice_trim(text_slice(&out));
}

static bool
is_of_sql(const struct change_side *s)
{
    return s->column != NULL || s->constraint != NULL || s->index != NULL
           || s->view != NULL || s->enum_type != NULL;
}

static bool
is_about_comment(enum change_kind kind)
{
    return kind == CHANGE_TABLE_COMMENT || kind == CHANGE_COLUMN_COMMENT
           || kind == CHANGE_OBJECT_COMMENT;
}

static struct slice
comment_of(const struct change_side *s)
{
    if (s->column != NULL)
        return s->column->comment;
    if (s->constraint != NULL)
        return s->constraint->comment;
    if (s->index != NULL)
        return s->index->comment;
    if (s->view != NULL)
        return s->view->comment;
    if (s->enum_type != NULL)
        return s->enum_type->comment;
    if (s->definition != NULL)
        return s->definition->comment;
    return s->table == NULL ? SLICE_NONE : s->table->comment;
}

static void
add_description(struct doc_part *p, const struct change *c, const struct change_side *s)
{
    if (is_about_comment(c->kind))
        doc_cell(p->d, comment_of(s));
    else if (is_of_sql(s))
        doc_code(p->d, describe(p, s));
    else
        doc_cell(p->d, describe(p, s));
}

struct table_changes {
    VEC(const struct change *) all;
};

/* Table → its changes, tables in the order in which the diff lists them. */
static void
group_by_table(struct doc_part *p, struct map *out)
{
    struct arena *a = &p->s->arena;

    map_init(out, a);
    VEC_EACH (i, &p->plan->changes->all) {
        const struct change *c = &p->plan->changes->all.items[i];
        struct slice table = table_of(a, c);
        struct table_changes *of = map_get(out, table);

        if (of == NULL) {
            of = ARENA_NEW(a, struct table_changes);
            map_put(out, table, of);
        }
        VEC_PUSH(a, &of->all, c);
    }
}

static void
add_change_row(struct doc_part *p, struct slice table, const struct change *c)
{
    enum sort_of_change sort = sort_of(c->kind);

    doc_cell(p->d, table);
    doc_cell(p->d, change_title(&p->s->arena, c));
    if (sort != SORT_NEW)
        add_description(p, c, &c->old);
    if (sort != SORT_DROPPED)
        add_description(p, c, &c->new);
}

static void
add_rows_of_sort(struct doc_part *p, const struct map *groups, enum sort_of_change sort,
                 const char *none)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct table_changes *of = groups->entries[i].value;

        VEC_EACH (k, &of->all)
            if (sort_of(of->all.items[k]->kind) == sort)
                add_change_row(p, groups->entries[i].key, of->all.items[k]);
    }
    doc_end(p->d, none);
}

void
doc_add_changes(struct doc_part *p)
{
    struct map groups;

    group_by_table(p, &groups);
    doc_heading(p->d, p->level, SLICE("What changes, by table"));
    doc_heading(p->d, p->level + 1, SLICE("New"));
    DOC_TABLE(p->d, "Table", "Change", "What it is");
    add_rows_of_sort(p, &groups, SORT_NEW, "Nothing is new.");
    doc_heading(p->d, p->level + 1, SLICE("Changed"));
    DOC_TABLE(p->d, "Table", "Change", "Before", "After");
    add_rows_of_sort(p, &groups, SORT_CHANGED, "Nothing is changed.");
    doc_heading(p->d, p->level + 1, SLICE("Dropped"));
    DOC_TABLE(p->d, "Table", "Change", "What it was");
    add_rows_of_sort(p, &groups, SORT_DROPPED, "Nothing is dropped.");
}
