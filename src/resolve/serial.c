/*
 * A dump tells a serial column in three statements: CREATE SEQUENCE, ALTER SEQUENCE …
 * OWNED BY and a default of nextval().  Where all three say exactly what the server makes
 * of serial, the column is serial again and the statements are gone.
 *
 * Needs: all statements applied.  Leaves: what was changed by hand as it is written.
 */
#include "resolve/build.h"

#include "expr/sqlw.h"
#include "model/naming.h"

struct serials {
    struct build *b;
    struct map texts; /* normal text of a definition → struct object * */
};

static const struct expr *
nextval_argument(const struct expr *e)
{
    if (e == NULL || e->kind != EXPR_CALL || !slice_is(e->text, "nextval")
        || e->arg_count != CALL_ARGS + 1)
        return NULL;
    e = e->args[CALL_ARGS];
    if (e->kind == EXPR_CAST)
        e = e->args[0];
    return e->kind == EXPR_STRING ? e : NULL;
}

/* Dumps say the schema always. */
static struct slice
dumped_name(struct build *b, struct slice schema, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, b->a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_qualified(&w, slice_is_none(schema) ? SLICE("public") : schema, name);
    return text_slice(&out);
}

static struct slice
sequence_name(struct build *b, const struct table *t, const struct column *c)
{
    struct slices columns = { 0 };
    struct map taken;

    map_init(&taken, b->a);
    VEC_PUSH(b->a, &columns.all, c->name);
    return naming_derive(b->s, &taken, t->name, &columns, "seq");
}

static const char *
sequence_type(enum type_kind kind)
{
    if (kind == TYPE_INT2)
        return " AS smallint";
    return kind == TYPE_INT4 ? " AS integer" : "";
}

static void
fold_column(struct serials *x, const struct table *t, struct column *c)
{
    struct arena *a = x->b->a;
    const struct expr *argument = nextval_argument(c->default_value);
    struct slice sequence;
    struct slice column;
    struct object *made;
    struct object *owned;

    if (argument == NULL)
        return;
    sequence = dumped_name(x->b, t->schema, sequence_name(x->b, t, c));
    column = dumped_name(x->b, SLICE("x"), c->name);
    column = slice_sub(column, 1, column.len); /* ".id" */
    made = map_get(&x->texts,
                   slice_format(a,
                                "CREATE SEQUENCE %.*s%s START WITH 1 INCREMENT BY 1 "
                                "NO MINVALUE NO MAXVALUE CACHE 1",
                                SLICE_ARG(sequence), sequence_type(c->type.kind)));
    owned =
        map_get(&x->texts, slice_format(a, "ALTER SEQUENCE %.*s OWNED BY %.*s%.*s",
                                        SLICE_ARG(sequence),
                                        SLICE_ARG(dumped_name(x->b, t->schema, t->name)),
                                        SLICE_ARG(column)));
    if (made == NULL || owned == NULL || !slice_equal(argument->text, sequence))
        return;
    definition_drop(x->b, made);
    definition_drop(x->b, owned);
    c->identity = IDENTITY_SERIAL;
    c->default_value = NULL;
    c->not_null = true;
}

void
serials_fold(struct build *b)
{
    struct serials x = { .b = b };

    map_init(&x.texts, b->a);
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_DEFINITION)
            map_put(&x.texts, o->u.definition->normal, o);
    }
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->table->columns)
            fold_column(&x, o->u.table->table, o->u.table->table->columns.items[k]);
    }
}
