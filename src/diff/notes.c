/*
 * What a person should look at before running a change: a drop beside an addition that
 * looks like a rename, a rename of something that is not there, columns in another order.
 */
#include "diff/diff.h"

struct notes {
    struct session *s;
    const struct table *table;    /* the new side of the table that is looked at */
    const struct change *added;   /* the last column added */
    const struct change *dropped; /* the last column dropped */
    size_t added_count;
    size_t dropped_count;
    bool is_fresh; /* nothing was there, so that nothing could be renamed */
};

static void
note_rename(const struct notes *n)
{
    const struct column *new;
    const struct column *old;
    struct diag *diag;

    if (n->added_count != 1 || n->dropped_count != 1)
        return;
    new = n->added->new.column;
    old = n->dropped->old.column;
    if (!slice_is_none(new->was) || new->from != NULL
        || !type_equal(&new->type, &old->type))
        return; /* where its values come from is said, or it cannot be the same one */
    diag = diag_add(
        &n->s->diags, D_LOOKS_LIKE_RENAME, new->span,
        "column \"%.*s\" of \"%.*s\" is dropped and \"%.*s\" of the same type is "
        "added: its values are lost",
        SLICE_ARG(old->name), SLICE_ARG(n->table->name), SLICE_ARG(new->name));
    diag_hint(&n->s->diags, diag,
              "if it is the same column, write -- @was %.*s behind \"%.*s\"",
              SLICE_ARG(old->name), SLICE_ARG(new->name));
}

static void
begin_table(struct notes *n, const struct table *t)
{
    note_rename(n);
    *n = (struct notes){ .s = n->s, .table = t, .is_fresh = n->is_fresh };
}

static void
note_unknown(const struct notes *n, struct slice was, struct slice name,
             struct span span)
{
    if (slice_is_none(was) || n->is_fresh)
        return;
    diag_add(&n->s->diags, D_RENAME_UNKNOWN, span,
             "\"%.*s\" is new: there is no \"%.*s\" that it could have been",
             SLICE_ARG(name), SLICE_ARG(was));
}

static void
look_at(struct notes *n, const struct change *c)
{
    if (c->kind == CHANGE_ADD_COLUMN) {
        n->added = c;
        n->added_count++;
        note_unknown(n, c->new.column->was, c->new.column->name, c->new.column->span);
    }
    if (c->kind == CHANGE_DROP_COLUMN) {
        n->dropped = c;
        n->dropped_count++;
    }
    if (c->kind == CHANGE_CREATE_TABLE)
        note_unknown(n, c->new.table->was, c->new.table->name, c->new.table->span);
    if (c->kind == CHANGE_COLUMN_ORDER)
        diag_add(
            &n->s->diags, D_COLUMN_ORDER, c->new.table->span,
            "the columns of \"%.*s\" are declared in another order; rows keep the old "
            "one until the table is rebuilt",
            SLICE_ARG(c->new.table->name));
}

static bool
is_fresh(const struct changes *changes)
{
    VEC_EACH (i, &changes->all)
        if (changes->all.items[i].old.table != NULL)
            return false;
    return changes->pair_of_old.count == 0;
}

void
diff_notes(struct session *s, const struct changes *changes)
{
    struct notes n = { .s = s, .is_fresh = is_fresh(changes) };

    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];

        if (c->new.table != n.table)
            begin_table(&n, c->new.table);
        look_at(&n, c);
    }
    begin_table(&n, NULL);
}
