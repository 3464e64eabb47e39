/*
 * Range types: CREATE, and the type of several ranges that the server makes with one.
 */
#include <stdlib.h>

#include "expr/sqlw.h"
#include "resolve/definitions.h"

static struct slice
type_words(struct build *b, const struct type *t)
{
    struct text out;
    struct sqlw w;

    text_init(&out, b->a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_type(&w, t);
    return text_slice(&out);
}

static int
compare_settings(const void *a, const void *b)
{
    return slice_compare(((const struct setting *)a)->name,
                         ((const struct setting *)b)->name);
}

static const char *const range_options[] = {
    "subtype_opclass", "collation", "canonical", "subtype_diff", "multirange_type_name",
};

static void
take_range_option(struct build *b, struct range *r, const struct ast_type_option *o)
{
    struct type value = type_plain_schema(o->value);
    struct setting setting = { .name = o->name };
    struct slices names = { 0 };
    struct diag *d;

    if (slice_is(o->name, "subtype")) {
        r->subtype = value;
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(range_options); i++) {
        if (slice_is(o->name, range_options[i])) {
            setting.value = type_words(b, &value);
            VEC_PUSH(b->a, &r->options.all, setting);
            return;
        }
        VEC_PUSH(b->a, &names.all, slice_from(range_options[i]));
    }
    d = diag_add(&b->s->diags, D_BAD_TYPE, o->span, "a range type has no option \"%.*s\"",
                 SLICE_ARG(o->name));
    hint_nearest(b->s, d, o->name, &names);
}

static const struct ast_type_option *
find_option(const struct ast_create_range *ast, const char *name)
{
    VEC_EACH (i, &ast->options)
        if (slice_is(ast->options.items[i].name, name))
            return &ast->options.items[i];
    return NULL;
}

static struct slice
multirange_key(struct build *b, const struct object *o)
{
    return catalog_key(b->a, o->schema, definition_multirange(b->a, o->u.definition));
}

void
range_register(struct build *b, struct object *o)
{
    struct slice key = multirange_key(b, o);
    const struct object *other = map_get(&b->types.exact, key);

    if (other == NULL || other->dropped)
        names_put(b, &b->types, key, o);
}

void
range_forget(struct build *b, const struct object *o)
{
    struct slice key = multirange_key(b, o);

    if (map_get(&b->types.exact, key) == o)
        names_put(b, &b->types, key, NULL);
}

void
declare_range(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_range *ast = stmt->u.create_range;
    struct definition *d = definition_new(b, stmt, SLICE("type"), &ast->name);
    struct range *r = ARENA_NEW(b->a, struct range);

    VEC_EACH (i, &ast->options)
        take_range_option(b, r, &ast->options.items[i]);
    if (find_option(ast, "subtype") == NULL) {
        diag_add(&b->s->diags, D_BAD_TYPE, ast->name.span,
                 "range type \"%.*s\" does not say its SUBTYPE",
                 SLICE_ARG(ast->name.name));
        return;
    }
    if (r->options.all.count > 1)
        qsort(r->options.all.items, r->options.all.count, sizeof *r->options.all.items,
              compare_settings);
    d->detail = DETAIL_RANGE;
    d->u.range = r;
    definition_declare(b, stmt, d, false);
}

void
range_check(struct build *b, struct object *o)
{
    struct range *r = arena_copy(b->a, o->u.definition->u.range, sizeof *r);

    type_check(b, &r->subtype, o->span);
    o->u.definition->u.range = r;
    definition_respell(b, o);
}
