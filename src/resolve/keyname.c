/*
 * Names that a key cannot share.  PostgreSQL makes an index by the name of each primary
 * key, UNIQUE and EXCLUDE, and an index is a relation, as tables are.  In a neutral
 * catalog a key lives in its table, as on SQLite and MySQL, and has another name on
 * PostgreSQL where it must (dialect/postgres/lower_names.c); in PostgreSQL's own terms it
 * is as the server would take it.
 *
 * Needs: all statements applied.  The names that nobody wrote step aside by themselves.
 */
#include "resolve/definitions.h"

struct key_names {
    struct build *b;
    struct map first; /* catalog_key → struct work_constraint * */
};

static bool
is_given(const struct work_constraint *c)
{
    const struct constraint *k = c->constraint;

    return constraint_has_index(k) && !c->dropped && c->parent == NULL
           && !slice_is_none(k->name) && !k->name_is_derived;
}

static bool
is_for_another(const struct build *b, struct slice only)
{
    return only_differs(only, slice_from(b->terms->dialect));
}

/* A table, a view, an index, a sequence, a composite type; NULL. */
static const struct object *
relation_named(const struct build *b, struct slice key)
{
    const struct object *o = map_get(&b->relations.exact, key);

    if (o != NULL && !o->dropped)
        return o;
    o = map_get(&b->types.exact, key);
    return o != NULL && !o->dropped && o->role == ROLE_DEFINITION
                   && o->u.definition->detail == DETAIL_COMPOSITE
               ? o
               : NULL;
}

static void
add_hint(struct build *b, struct diag *d)
{
    diag_hint(&b->s->diags, d,
              "PostgreSQL makes an index for each key, by its name, and indexes share "
              "their names with tables: give one of them another name");
}

/* Said at the key, or at what a later version makes beside it. */
static void
report_relation(struct build *b, const struct work_constraint *c, const struct object *o)
{
    const struct constraint *k = c->constraint;
    struct slice table = c->owner->table->name;
    struct diag *d;

    if (c->ast != NULL) {
        d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, k->span,
                     "constraint \"%.*s\" of table \"%.*s\" has the name of %s",
                     SLICE_ARG(k->name), SLICE_ARG(table), object_a_word(b, o));
        diag_note(&b->s->diags, d, o->span, "it is declared here");
    } else {
        d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, o->span,
                     "%s \"%.*s\" has the name of a constraint of table \"%.*s\"",
                     object_words(o), SLICE_ARG(o->name), SLICE_ARG(table));
        diag_note(&b->s->diags, d, k->span, "it is declared here");
    }
    add_hint(b, d);
}

static void
report_key(struct build *b, const struct work_constraint *c,
           const struct work_constraint *first)
{
    bool is_later = c->ast != NULL || first->ast == NULL;
    const struct work_constraint *at = is_later ? c : first;
    const struct work_constraint *other = is_later ? first : c;
    struct diag *d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, at->constraint->span,
                              "constraint \"%.*s\" of table \"%.*s\" has the name of one "
                              "of table \"%.*s\"",
                              SLICE_ARG(at->constraint->name),
                              SLICE_ARG(at->owner->table->name),
                              SLICE_ARG(other->owner->table->name));

    diag_note(&b->s->diags, d, other->constraint->span, "it is declared here");
    add_hint(b, d);
}

static void
check_key(struct key_names *x, struct work_constraint *c)
{
    struct build *b = x->b;
    struct slice key = catalog_key(b->a, c->owner->table->schema, c->constraint->name);
    const struct object *o = relation_named(b, key);
    const struct work_constraint *first = map_get(&x->first, key);

    if (o != NULL)
        report_relation(b, c, o);
    else if (first != NULL)
        report_key(b, c, first);
    else
        map_put(&x->first, key, c);
}

void
key_names_check(struct build *b)
{
    struct key_names x = { .b = b };

    map_init(&x.first, b->a);
    for (size_t i = 0; b->terms->keys_are_relations && i < b->objects.count; i++) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->constraints) {
            struct work_constraint *c = o->u.table->constraints.items[k];

            if (is_given(c) && !is_for_another(b, c->constraint->only))
                check_key(&x, c);
        }
    }
}
