/*
 * The working state: names, objects, what a base catalog brings along.
 */
#include "resolve/build.h"

#include <assert.h>
#include <string.h>

#include "model/naming.h"

struct slice
schema_plain(struct slice schema)
{
    if (slice_is(schema, "public") || slice_is(schema, "main"))
        return SLICE_NONE;
    return schema;
}

struct slice
name_kept(const struct build *b, struct slice name)
{
    size_t max = b->engine->name_bytes_max;

    return max == 0 ? name : naming_clip(name, max);
}

struct slice
schema_of(const struct ast_name *name)
{
    return schema_plain(name->schema);
}

struct slice
table_key(const struct build *b, const struct table *t)
{
    return catalog_key(b->a, t->schema, t->name);
}

struct slice
column_key(struct build *b, const struct table *t, struct slice column)
{
    struct slice key = table_key(b, t);

    return slice_format(b->a, "%.*s(%.*s)", SLICE_ARG(key), SLICE_ARG(column));
}

struct slice
definition_key(struct build *b, struct slice kind, struct slice schema, struct slice name,
               struct slice table)
{
    struct slice key = catalog_key(b->a, schema, name);

    return slice_format(b->a, "%.*s %.*s on %.*s", SLICE_ARG(kind), SLICE_ARG(key),
                        SLICE_ARG(table));
}

void
remember_drop(struct build *b, struct slice key, struct span span)
{
    map_put(&b->drops, key, arena_copy(b->a, &span, sizeof span));
}

const struct span *
find_drop(const struct build *b, struct slice key)
{
    return map_get(&b->drops, key);
}

/* ---- objects by name ---- */

/* Kinds of definitions that a message calls by their name. */
static const char *const definition_words[] = {
    "domain",        "sequence",      "schema",   "extension", "statistics",
    "virtual table", "foreign table", "function", "procedure", "aggregate",
    "trigger",       "rule",          "policy",   "type",      "collation",
};

const char *
object_words(const struct object *o)
{
    static const char *const words[] = {
        [ROLE_TABLE] = "table",
        [ROLE_VIEW] = "view",
        [ROLE_INDEX] = "index",
        [ROLE_ENUM] = "type",
        [ROLE_DEFINITION] = "object that is kept as text",
    };
    static_assert(ARRAY_LEN(words) == ROLE_DEFINITION + 1, "name every role");

    for (size_t i = 0; o->role == ROLE_DEFINITION && i < ARRAY_LEN(definition_words); i++)
        if (slice_is(o->u.definition->kind, definition_words[i]))
            return definition_words[i];
    return words[o->role];
}

const char *
object_a_word(struct build *b, const struct object *o)
{
    const char *words = object_words(o);

    return slice_z(b->a,
                   slice_format(b->a, "%s %s",
                                strchr("aeiou", words[0]) != NULL ? "an" : "a", words));
}

struct object *
object_add(struct build *b, enum object_role role, struct slice schema, struct slice name,
           struct span span)
{
    struct object *o = ARENA_NEW(b->a, struct object);

    o->role = role;
    o->schema = schema;
    o->name = name;
    o->span = span;
    VEC_PUSH(b->a, &b->objects, o);
    return o;
}

void
names_put(struct build *b, struct names *names, struct slice key, struct object *o)
{
    struct slice folded = slice_lower(b->a, key);

    map_put(&names->exact, key, o);
    if (!slice_equal(folded, key))
        map_put(&names->folded, folded, o);
}

struct object *
object_find(const struct build *b, const struct names *names, struct slice schema,
            struct slice name)
{
    struct slice key = catalog_key(b->a, schema, name);
    struct object *o = map_get(&names->exact, key);

    if (o == NULL && b->engine->name_bytes_max > 0
        && name.len > b->engine->name_bytes_max)
        o = map_get(&names->exact, catalog_key(b->a, schema, name_kept(b, name)));

    if (o == NULL)
        o = map_get(&names->exact, slice_lower(b->a, key));
    return o != NULL ? o : map_get(&names->folded, slice_lower(b->a, key));
}

static void
report_duplicate(struct build *b, const struct object *o, const struct object *other,
                 struct slice name, struct span span)
{
    struct diag *d;

    if (o->role == other->role)
        d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
                     "%s \"%.*s\" is declared twice", object_words(o), SLICE_ARG(name));
    else
        d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
                     "%s \"%.*s\" has the name of %s", object_words(o), SLICE_ARG(name),
                     object_a_word(b, other));
    diag_note(&b->s->diags, d, other->span, "it is declared here first");
}

bool
only_differs(struct slice a, struct slice b)
{
    return !slice_is_none(a) && !slice_is_none(b) && !slice_equal(a, b);
}

bool
object_declare(struct build *b, struct names *names, struct object *o)
{
    struct slice key = catalog_key(b->a, o->schema, o->name);
    struct object *other = map_get(&names->exact, key);

    if (other != NULL && other->role == o->role && only_differs(other->only, o->only))
        return true;
    if (other != NULL) {
        report_duplicate(b, o, other, o->name, o->span);
        o->dropped = true;
        if (other->role == ROLE_TABLE && o->role == ROLE_TABLE)
            other->u.table->doubtful = true;
        return false;
    }
    names_put(b, names, key, o);
    return true;
}

void
object_drop(struct build *b, struct names *names, struct object *o)
{
    struct slice key;

    o->dropped = true;
    if (slice_is_none(o->name))
        return;
    key = catalog_key(b->a, o->schema, o->name);
    if (map_get(&names->exact, key) == o)
        names_put(b, names, key, NULL);
}

bool
object_may_rename(struct build *b, const struct names *names, const struct object *o,
                  struct slice schema, struct slice name, struct span span)
{
    const struct object *other = map_get(&names->exact, catalog_key(b->a, schema, name));

    if (other == o)
        return true;
    if (other == NULL)
        return rowtype_allows(b, o, schema, name, span);
    report_duplicate(b, o, other, name, span);
    return false;
}

void
object_rename(struct build *b, struct names *names, struct object *o, struct slice schema,
              struct slice name)
{
    struct slice key = catalog_key(b->a, schema, name);

    if (!slice_is_none(o->name))
        names_put(b, names, catalog_key(b->a, o->schema, o->name), NULL);
    names_put(b, names, key, o);
    o->schema = schema;
    o->name = name;
}

struct work_table *
table_find(const struct build *b, struct slice schema, struct slice name)
{
    const struct object *o = object_find(b, &b->relations, schema, name);

    return o != NULL && o->role == ROLE_TABLE ? o->u.table : NULL;
}

bool
is_definition_relation(const struct build *b, const struct ast_name *name)
{
    const struct object *o = object_find(b, &b->relations, schema_of(name), name->name);

    return o != NULL && o->role == ROLE_DEFINITION;
}

struct work_table *
table_need(struct build *b, const struct ast_name *name, bool if_exists)
{
    const struct object *o = object_find(b, &b->relations, schema_of(name), name->name);
    struct diag *d;

    if (o != NULL && o->role == ROLE_TABLE)
        return o->u.table;
    if (if_exists || session_is_unread(b->s, name->name))
        return NULL;
    if (o != NULL) {
        d = diag_add(&b->s->diags, D_NO_SUCH_TABLE, name->span,
                     "\"%.*s\" is not a table but %s", SLICE_ARG(name->name),
                     object_a_word(b, o));
        diag_note(&b->s->diags, d, o->span, "it is declared here");
        return NULL;
    }
    d = diag_add(&b->s->diags, D_NO_SUCH_TABLE, name->span, "there is no table \"%.*s\"",
                 SLICE_ARG(name->name));
    hint_relation(b, d, name->name);
    return NULL;
}

struct referrers *
referrers_of(struct build *b, struct slice key)
{
    struct referrers *r;

    key = slice_lower(b->a, key);
    r = map_get(&b->referrers, key);
    if (r == NULL) {
        r = ARENA_NEW(b->a, struct referrers);
        map_put(&b->referrers, key, r);
    }
    return r;
}

struct readers *
readers_of(struct build *b, struct slice key)
{
    struct readers *r;

    key = slice_lower(b->a, key);
    r = map_get(&b->readers, key);
    if (r == NULL) {
        r = ARENA_NEW(b->a, struct readers);
        map_put(&b->readers, key, r);
    }
    return r;
}

void
build_init(struct build *b, struct session *s, const struct resolve_input *in)
{
    *b = (struct build){ .s = s, .a = &s->arena, .terms = terms_find(SLICE_NONE) };
    b->engine = b->terms;
    b->mode = in->mode;
    b->is_bare = in->is_bare;
    b->out = catalog_new(b->a);
    b->out->name = in->name;
    b->out->version = in->version;
    map_init(&b->relations.exact, b->a);
    map_init(&b->relations.folded, b->a);
    map_init(&b->types.exact, b->a);
    map_init(&b->types.folded, b->a);
    map_init(&b->definitions, b->a);
    map_init(&b->routines, b->a);
    map_init(&b->routine_names, b->a);
    map_init(&b->bound, b->a);
    map_init(&b->drops, b->a);
    map_init(&b->grants, b->a);
    map_init(&b->given, b->a);
    map_init(&b->sequences, b->a);
    map_init(&b->temporaries, b->a);
    map_init(&b->referrers, b->a);
    map_init(&b->readers, b->a);
}

/* ---- the catalog's lists, from what is left ---- */

static void
finish_table(struct build *b, struct work_table *w)
{
    struct table *t = w->table;

    map_init(&t->column_names, b->a);
    VEC_EACH (i, &t->columns) {
        t->columns.items[i]->number = i;
        map_put(&t->column_names, t->columns.items[i]->name, t->columns.items[i]);
    }
    t->constraints.count = 0;
    t->primary_key =
        table_primary_key(w) == NULL ? NULL : table_primary_key(w)->constraint;
    if (t->primary_key != NULL)
        VEC_PUSH(b->a, &t->constraints, (struct constraint *)t->primary_key);
    VEC_EACH (i, &w->constraints)
        if (w->constraints.items[i]->constraint != t->primary_key)
            VEC_PUSH(b->a, &t->constraints, w->constraints.items[i]->constraint);
    catalog_add_table(b->out, b->a, t);
}

static void
finish_object(struct build *b, struct object *o)
{
    switch (o->role) {
    case ROLE_TABLE:
        finish_table(b, o->u.table);
        break;
    case ROLE_VIEW:
        catalog_add_view(b->out, b->a, o->u.view->view);
        break;
    case ROLE_INDEX:
        VEC_PUSH(b->a, &b->out->indexes, o->u.index->index);
        break;
    case ROLE_ENUM:
        catalog_add_enum(b->out, b->a, o->u.enum_type->type);
        break;
    case ROLE_DEFINITION:
        VEC_PUSH(b->a, &b->out->definitions, o->u.definition);
        break;
    }
}

void
build_finish(struct build *b)
{
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped)
            finish_object(b, b->objects.items[i]);
    VEC_EACH (i, &b->rows)
        if (!b->rows.items[i]->dropped)
            VEC_PUSH(b->a, &b->out->initial_rows, b->rows.items[i]->rows);
}
