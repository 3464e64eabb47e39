#include "model/clauses.h"

void
clause_names(struct sqlw *w, const char *words, const struct slices *names)
{
    if (names->all.count == 0)
        return;
    if (words != NULL)
        sqlw_kw(w, words);
    sqlw_idents(w, names->all.items, names->all.count);
}

/* A call may stand as it is; any other expression needs parentheses of its own. */
static void
write_member(struct sqlw *w, const struct index_key *k)
{
    if (k->expr == NULL)
        sqlw_ident(w, k->column);
    else if (k->expr->kind == EXPR_CALL && (k->expr->flags & EXPR_SPECIAL) == 0)
        sqlw_expr(w, k->expr);
    else
        sqlw_expr_parens(w, k->expr);
}

static void
write_key(struct sqlw *w, const struct index_key *k)
{
    write_member(w, k);
    if (!slice_is_none(k->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, k->collation);
    }
    if (!slice_is_none(k->opclass))
        sqlw_raw(w, k->opclass);
    if (k->descending)
        sqlw_kw(w, "DESC");
    if (k->nulls != NULLS_DEFAULT)
        sqlw_kw(w, nulls_order_words(k->nulls));
    if (!slice_is_none(k->operator)) {
        sqlw_kw(w, "WITH");
        sqlw_raw(w, k->operator);
    }
}

void
clause_keys(struct sqlw *w, const struct index_keys *keys)
{
    sqlw_open(w);
    VEC_EACH (i, &keys->all) {
        if (i > 0)
            sqlw_comma(w);
        write_key(w, &keys->all.items[i]);
    }
    sqlw_close(w);
}

static void
write_action(struct sqlw *w, const char *event, enum fk_action action)
{
    if (action == FK_NO_ACTION)
        return;
    sqlw_kw(w, event);
    sqlw_kw(w, fk_action_words(action));
}

void
clause_references(struct sqlw *w, const struct constraint *k)
{
    sqlw_kw(w, "REFERENCES");
    sqlw_qualified(w, k->ref_schema, k->ref_table);
    clause_names(w, NULL, &k->ref_columns);
    if (k->match != FK_MATCH_SIMPLE)
        sqlw_kw(w, fk_match_words(k->match));
    write_action(w, "ON DELETE", k->on_delete);
    clause_names(w, NULL, &k->set_columns);
    write_action(w, "ON UPDATE", k->on_update);
}
