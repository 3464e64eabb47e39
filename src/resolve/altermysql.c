/*
 * The actions of ALTER TABLE that only MySQL has: a column declared anew, indexes whose
 * names live in their table, words about storage.
 */
#include "resolve/alter.h"

/* ---- indexes ---- */

/* By its name, or by the one that it was written with and that was taken elsewhere. */
struct work_index *
table_find_index(const struct work_table *w, struct slice name)
{
    VEC_EACH (i, &w->indexes) {
        struct work_index *index = w->indexes.items[i];

        if (slice_equal_fold(index->index->name, name)
            || (index->ast != NULL && slice_equal_fold(index->ast->name, name)))
            return index;
    }
    return NULL;
}

void
alter_add_index(const struct alteration *a)
{
    table_add_index(a->b, a->table, a->action->index, NULL, a->action->span);
}

static void
report_no_index(const struct alteration *a)
{
    struct slices names = { 0 };
    struct diag *d;

    if (a->action->if_exists || a->table->doubtful)
        return;
    d = diag_add(&a->b->s->diags, D_NO_SUCH_OBJECT, a->action->name_span,
                 "table \"%.*s\" has no index \"%.*s\"", SLICE_ARG(a->table->table->name),
                 SLICE_ARG(a->action->name));
    VEC_EACH (i, &a->table->indexes)
        if (!slice_is_none(a->table->indexes.items[i]->index->name))
            VEC_PUSH(a->b->a, &names.all, a->table->indexes.items[i]->index->name);
    hint_nearest(a->b->s, d, a->action->name, &names);
}

/* DROP INDEX drops UNIQUE constraints as well: there they are indexes. */
void
alter_drop_index(const struct alteration *a)
{
    struct work_index *index = table_find_index(a->table, a->action->name);
    struct work_constraint *c =
        index != NULL ? NULL
                      : table_find_work_constraint(a->b, a->table, a->action->name);

    if (index != NULL)
        index_drop(a->b, index);
    else if (c != NULL)
        drop_constraint(a->b, c, false);
    else
        report_no_index(a);
}

void
alter_rename_index(const struct alteration *a)
{
    struct work_index *index = table_find_index(a->table, a->action->name);
    struct work_constraint *c =
        index != NULL ? NULL
                      : table_find_work_constraint(a->b, a->table, a->action->name);

    if (index != NULL) {
        rename_work_index(a->b, index, a->action->new_name, a->action->name_span);
    } else if (c != NULL) {
        c->constraint->name = a->action->new_name;
        c->constraint->name_is_derived = false;
    } else {
        report_no_index(a);
    }
}

void
alter_drop_primary_key(const struct alteration *a)
{
    VEC_EACH (i, &a->table->constraints) {
        struct work_constraint *c = a->table->constraints.items[i];

        if (!c->dropped && c->constraint->kind == CONSTRAINT_PRIMARY_KEY) {
            drop_constraint(a->b, c, false);
            return;
        }
    }
    diag_add(&a->b->s->diags, D_NO_SUCH_OBJECT, a->action->span,
             "table \"%.*s\" has no primary key", SLICE_ARG(a->table->table->name));
}

/* ---- columns ---- */

/* What ENUM ('a', 'b') became: a check of this column's values and of nothing else. */
static bool
is_enum_check(const struct constraint *c, struct slice column)
{
    const struct expr *e = c->check;

    return c->kind == CONSTRAINT_CHECK && c->name_is_derived && e != NULL
           && e->kind == EXPR_IN && e->args[1]->kind == EXPR_LIST
           && (e->args[0]->kind == EXPR_NAME || e->args[0]->kind == EXPR_COLUMN)
           && slice_equal(e->args[0]->text, column);
}

static void
drop_enum_checks(const struct alteration *a, struct slice column)
{
    for (size_t i = a->table->constraints.count; i-- > 0;) {
        struct work_constraint *c = a->table->constraints.items[i];

        if (!c->dropped && is_enum_check(c->constraint, column))
            drop_constraint(a->b, c, false);
    }
}

static bool
is_in_primary_key(const struct work_table *w, struct slice column)
{
    VEC_EACH (i, &w->constraints) {
        const struct work_constraint *c = w->constraints.items[i];

        if (c->dropped || c->constraint->kind != CONSTRAINT_PRIMARY_KEY)
            continue;
        VEC_EACH (k, &c->constraint->keys.all)
            if (slice_equal(c->constraint->keys.all.items[k].column, column))
                return true;
    }
    return false;
}

/* CHANGE and MODIFY say all of the column again, and what they do not say is gone. */
void
alter_change_column(const struct alteration *a)
{
    struct column *c = table_need_column(a->b, a->table, a->action->name,
                                         a->action->name_span, a->action->if_exists);
    const struct ast_column *ast = a->action->column;
    struct column *said;

    if (c == NULL)
        return;
    drop_enum_checks(a, c->name);
    if (!slice_equal_fold(c->name, ast->name))
        rename_column(a->b, a->table, c, ast->name, a->action->name_span);
    said = column_make(a->b, ast);
    c->type = said->type;
    c->has_type = said->has_type;
    c->not_null = said->not_null || is_in_primary_key(a->table, c->name);
    c->default_value = said->default_value;
    c->null_default = false;
    c->generated = said->generated;
    c->generated_stored = said->generated_stored;
    c->identity = said->identity;
    c->numbering = said->numbering;
    c->collation = said->collation;
    c->comment = said->comment;
    c->touch = said->touch;
    c->span = said->span;
    VEC_EACH (i, &ast->constraints)
        table_add_constraint(a->b, a->table, ast->constraints.items[i], c->name);
    annotate_column(a->b, c, &a->action->annotations);
}

/* ---- the table ---- */

void
alter_comment(const struct alteration *a)
{
    a->table->table->comment = a->action->text;
}

/* How MySQL stores a table, or goes about it: no part of a schema. */
bool
is_mysql_storage(struct slice text)
{
    static const char *const words[] = {
        "engine",
        "auto_increment",
        "row_format",
        "convert to",
        "algorithm",
        "lock",
        "order by",
        "charset",
        "disable keys",
        "enable keys",
        "character set",
        "default charset",
        "default character set",
        "collate",
        "default collate",
        "force",
        "stats_persistent",
        "key_block_size",
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct slice word = slice_from(words[i]);
        char next = text.len > word.len ? text.ptr[word.len] : ' ';

        if (slice_equal_fold(slice_sub(text, 0, word.len), word)
            && (next == ' ' || next == '=' || next == '\n' || next == '\t'))
            return true;
    }
    return false;
}
