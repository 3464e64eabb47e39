/*
 * FULLTEXT and SPATIAL keys of MySQL.  The one becomes what PostgreSQL searches words by:
 *
 *     FULLTEXT (title, body)  →  USING gin (to_tsvector('simple',
 *                                    coalesce(title, '') || ' ' || coalesce(body, '')))
 *
 * 'simple' takes words as they are, as MySQL does, and being said it makes the expression
 * immutable.  SPATIAL becomes gist, which the types of PostGIS have.
 */
#include "dialect/postgres/postgres.h"

static const struct expr *
string_of(struct arena *a, struct span span, struct slice text)
{
    return expr_leaf(a, EXPR_STRING, span, text);
}

static const struct expr *
call_of(struct arena *a, struct span span, struct slice name, const struct expr *first,
        const struct expr *second)
{
    struct expr *call = expr_new(a, EXPR_CALL, span, name, CALL_ARGS + 2);

    call->args[CALL_ARGS] = first;
    call->args[CALL_ARGS + 1] = second;
    return call;
}

static const struct expr *
key_expr(struct arena *a, const struct index *x, size_t i)
{
    const struct index_key *k = &x->keys.all.items[i];

    return k->expr != NULL ? k->expr : expr_leaf(a, EXPR_COLUMN, x->span, k->column);
}

/* NULL in one column hides no words of the others. */
static const struct expr *
words_of(struct arena *a, const struct index *x)
{
    const struct expr *all = NULL;

    if (x->keys.all.count == 1)
        return key_expr(a, x, 0);
    VEC_EACH (i, &x->keys.all) {
        const struct expr *e = call_of(a, x->span, SLICE("coalesce"), key_expr(a, x, i),
                                       string_of(a, x->span, SLICE("")));

        if (all != NULL) {
            all = expr_2(a, EXPR_BINARY, x->span, SLICE("||"), all,
                         string_of(a, x->span, SLICE(" ")));
            e = expr_2(a, EXPR_BINARY, x->span, SLICE("||"), all, e);
        }
        all = e;
    }
    return all;
}

void
postgres_lower_method(struct session *s, struct index *x)
{
    struct index_key words = { .column = SLICE_NONE };

    if (slice_is(x->method, "spatial"))
        x->method = SLICE("gist");
    if (!slice_is(x->method, "fulltext"))
        return;
    words.expr =
        call_of(&s->arena, x->span, SLICE("to_tsvector"),
                string_of(&s->arena, x->span, SLICE("simple")), words_of(&s->arena, x));
    x->method = SLICE("gin");
    x->keys = (struct index_keys){ .all = { .count = 0 } };
    VEC_PUSH(&s->arena, &x->keys.all, words);
    diag_add(&s->diags, D_LOWER_FORM, x->span,
             "FULLTEXT becomes a gin index on to_tsvector('simple', …): search with "
             "to_tsvector(…) @@ to_tsquery(…)");
}
