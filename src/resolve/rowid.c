/*
 * SQLite's declarations, read as declarations for another engine.  Its words for types
 * are taken for what they say; but INTEGER has eight bytes there, and the INTEGER PRIMARY
 * KEY is the row's own number, which SQLite counts (lang_createtable.html, "ROWIDs and
 * the INTEGER PRIMARY KEY").
 *
 * Needs: all statements applied.  Leaves: catalogs of other sources as they are.
 */
#include "resolve/definitions.h"

#include "diag/source.h"

/* The one column of the primary key; NULL: there are more, or none. */
static const struct column *
sole_key(const struct work_table *t)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i]->constraint;

        if (k->kind == CONSTRAINT_PRIMARY_KEY)
            return k->keys.all.count == 1
                       ? table_find_column(t->table, k->keys.all.items[0].column)
                       : NULL;
    }
    return NULL;
}

/* INT PRIMARY KEY is a column like any other. */
static bool
is_written_integer(const struct build *b, const struct work_column *w)
{
    return w->ast != NULL && w->ast->type_span.source != 0
           && slice_is_fold(source_slice(&b->s->sources, w->ast->type_span), "integer");
}

static void
take_column(struct build *b, const struct work_table *t, const struct work_column *w,
            const struct column *key)
{
    struct column *c = w->column;

    if (c->type.kind != TYPE_INT4 || c->type.dimensions > 0)
        return;
    if (c == key && is_written_integer(b, w) && !t->table->without_rowid
        && c->identity == IDENTITY_NONE && c->default_value == NULL) {
        c->identity = IDENTITY_BY_DEFAULT;
        c->not_null = true;
    }
    c->type.kind = TYPE_INT8;
}

void
rowids_take(struct build *b)
{
    if (!b->of_sqlite)
        return;
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        const struct column *key;

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        key = sole_key(o->u.table);
        VEC_EACH (k, &o->u.table->columns)
            take_column(b, o->u.table, &o->u.table->columns.items[k], key);
    }
}
