/*
 * SQLite's virtual tables.  What an argument means is known to its module alone; of those
 * that come with SQLite we know which columns they make, so that queries over them are
 * checked, and which tables they keep their own data in.
 *
 *     fts5(title, body UNINDEXED, tokenize = 'porter')   title, body; hidden: rank
 *     rtree(id, x0, x1, +note)                           id, x0, x1, note
 *
 * [https://www.sqlite.org/fts5.html, fts3.html, rtree.html]
 */
#include "resolve/definitions.h"
#include "resolve/scope.h"

#include <string.h>

bool
is_virtual(const struct object *o)
{
    return o != NULL && o->role == ROLE_DEFINITION
           && o->u.definition->detail == DETAIL_VIRTUAL_TABLE;
}

/* ---- arguments ---- */

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static char
closing_quote(char c)
{
    return c == '[' ? ']' : c == '"' || c == '`' || c == '\'' ? c : '\0';
}

/* The first word or quoted name of *rest, which is cut off; none: there is no word. */
static struct slice
take_word(struct build *b, struct slice *rest)
{
    struct slice s = slice_trim(*rest);
    char close = s.len > 0 ? closing_quote(s.ptr[0]) : '\0';
    struct text out;
    size_t n = close != '\0';

    text_init(&out, b->a);
    for (; n < s.len; n++) {
        if (close == '\0' ? !is_word_byte(s.ptr[n]) : s.ptr[n] == close) {
            if (close == '\0' || n + 1 == s.len || s.ptr[n + 1] != close)
                break;
            n++; /* a quote that is doubled */
        }
        text_addc(&out, s.ptr[n]);
    }
    *rest = slice_trim(slice_sub(s, n + (close != '\0' && n < s.len), s.len));
    s = text_slice(&out);
    return s.len == 0 ? SLICE_NONE : close == '\0' ? slice_lower(b->a, s) : s;
}

struct shaping {
    struct build *b;
    struct virtual_table *to;
    struct table *shape;
    bool takes_columns; /* without any of its own it has those of another table */
};

static void
add_column(struct shaping *x, struct slice name, const struct type *type)
{
    struct column *c = ARENA_NEW(x->b->a, struct column);

    c->name = name;
    c->has_type = type != NULL;
    if (type != NULL)
        c->type = *type;
    VEC_PUSH(x->b->a, &x->shape->columns, c);
    map_put(&x->shape->column_names, name, c);
}

/* ---- modules ---- */

/* name = value is an option, and so is fts3's "tokenize porter". */
static void
take_fts5_argument(struct shaping *x, struct slice argument)
{
    struct slice name = take_word(x->b, &argument);

    if (!slice_starts(argument, "=") && !slice_is_none(name))
        add_column(x, name, NULL);
}

static void
take_fts4_argument(struct shaping *x, struct slice argument)
{
    struct slice name = take_word(x->b, &argument);

    if (!slice_starts(argument, "=")) {
        if (!slice_is_none(name) && !slice_is(name, "tokenize"))
            add_column(x, name, NULL);
        return;
    }
    argument = slice_sub(argument, 1, argument.len);
    if (slice_is(name, "languageid")) {
        name = take_word(x->b, &argument);
        VEC_PUSH(x->b->a, &x->to->hidden.all, name);
    } else if (slice_is(name, "content"))
        x->takes_columns = true;
}

static void
take_rtree_argument(struct shaping *x, struct slice argument)
{
    static const struct type integer = { .kind = TYPE_INT8 };
    static const struct type real = { .kind = TYPE_DOUBLE };
    bool is_own = slice_starts(argument, "+");
    struct slice name;

    if (is_own)
        argument = slice_sub(argument, 1, argument.len);
    name = take_word(x->b, &argument);
    if (slice_is_none(name))
        x->to->is_opaque = true;
    else if (x->shape->columns.count == 0
             || (!is_own && slice_ends(x->to->module, "i32")))
        add_column(x, name, &integer);
    else
        add_column(x, name, is_own ? NULL : &real);
}

/* A table that a module makes for itself: NAME_suffix with that column in front. */
struct shadow {
    const char *suffix;
    const char *column;
};

#define SHADOWS_MAX 6

static const struct module {
    const char *name;
    void (*take_argument)(struct shaping *x, struct slice argument);
    const char *only_column;  /* where the arguments say none; NULL: there must be one */
    const char *hidden;       /* beside one with the name of the table; NULL */
    bool is_searched_by_name; /* t MATCH '…' */
    struct shadow shadows[SHADOWS_MAX];
} modules[] = {
    { "fts5",
      take_fts5_argument,
      NULL,
      "rank",
      true,
      { { "data", "id" },
        { "idx", "segid" },
        { "content", "id" },
        { "docsize", "id" },
        { "config", "k" } } },
    { "fts4",
      take_fts4_argument,
      "content",
      "docid",
      true,
      { { "content", "docid" },
        { "segments", "blockid" },
        { "segdir", "level" },
        { "docsize", "docid" },
        { "stat", "id" } } },
    { "fts3",
      take_fts4_argument,
      "content",
      "docid",
      true,
      { { "content", "docid" }, { "segments", "blockid" }, { "segdir", "level" } } },
    { "rtree",
      take_rtree_argument,
      NULL,
      NULL,
      false,
      { { "node", "nodeno" }, { "parent", "nodeno" }, { "rowid", "rowid" } } },
    { "rtree_i32",
      take_rtree_argument,
      NULL,
      NULL,
      false,
      { { "node", "nodeno" }, { "parent", "nodeno" }, { "rowid", "rowid" } } },
};

static const struct module *
find_module(struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(modules); i++)
        if (slice_is_fold(name, modules[i].name))
            return &modules[i];
    return NULL;
}

static void
give_shape(struct build *b, struct virtual_table *v, const struct definition *d)
{
    const struct module *m = find_module(v->module);
    struct shaping x = { .b = b, .to = v, .shape = ARENA_NEW(b->a, struct table) };

    memset(&v->hidden, 0, sizeof v->hidden);
    v->shape = x.shape;
    v->is_opaque = m == NULL;
    x.shape->schema = d->schema;
    x.shape->name = d->name;
    x.shape->span = d->span;
    map_init(&x.shape->column_names, b->a);
    if (m == NULL)
        return;
    VEC_EACH (i, &v->arguments.all)
        m->take_argument(&x, v->arguments.all.items[i]);
    if (x.shape->columns.count == 0 && !x.takes_columns && m->only_column != NULL)
        add_column(&x, slice_from(m->only_column), NULL);
    if (m->is_searched_by_name)
        VEC_PUSH(b->a, &v->hidden.all, d->name);
    if (m->hidden != NULL)
        VEC_PUSH(b->a, &v->hidden.all, slice_from(m->hidden));
    v->is_opaque = v->is_opaque || x.shape->columns.count == 0;
}

/* ---- CREATE, ALTER ---- */

void
declare_virtual(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_virtual *ast = stmt->u.create_virtual;
    struct definition *d = definition_new(b, stmt, SLICE("virtual table"), &ast->name);
    struct virtual_table *v = ARENA_NEW(b->a, struct virtual_table);

    if (is_temporary(b, &ast->name)) {
        temporary_add(b, &ast->name, "virtual table");
        return;
    }
    v->module = ast->module;
    VEC_EACH (i, &ast->arguments) {
        struct slice argument = definition_normal(b->a, ast->arguments.items[i]);

        VEC_PUSH(b->a, &v->arguments.all, argument);
    }
    give_shape(b, v, d);
    d->detail = DETAIL_VIRTUAL_TABLE;
    d->u.virtual_table = v;
    definition_declare(b, stmt, d, ast->if_not_exists);
}

void
rename_virtual(struct build *b, struct object *o, struct slice name, struct span span)
{
    struct virtual_table *v =
        arena_copy(b->a, o->u.definition->u.virtual_table, sizeof *v);

    if (!object_may_rename(b, &b->relations, o, o->schema, name, span))
        return;
    views_follow_table(b, v->shape, o->schema, name);
    if (!definition_rename(b, o, o->schema, name, span))
        return;
    give_shape(b, v, o->u.definition);
    o->u.definition->u.virtual_table = v;
}

/* SQLite: "virtual tables may not be altered", but for their names. */
void
alter_virtual(struct build *b, struct object *o, const struct ast_alter_table *ast)
{
    VEC_EACH (i, &ast->actions) {
        const struct ast_alter *action = ast->actions.items[i];

        if (action->kind == ALTER_RENAME_TABLE)
            rename_virtual(b, o, action->new_name, ast->name.span);
        else
            diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, ast->name.span,
                     "\"%.*s\" is a virtual table: nothing but its name can be altered",
                     SLICE_ARG(o->name));
    }
}

/* ---- the tables behind them ---- */

static const struct shadow *
find_shadow(const struct object *o, struct slice suffix)
{
    const struct module *m = find_module(o->u.definition->u.virtual_table->module);

    for (size_t i = 0; m != NULL && i < SHADOWS_MAX; i++)
        if (m->shadows[i].suffix != NULL && slice_is_fold(suffix, m->shadows[i].suffix))
            return &m->shadows[i];
    return NULL;
}

static const struct shadow *
shadow_of_name(const struct build *b, struct slice schema, struct slice name,
               const struct object **owner)
{
    for (size_t i = 1; i < name.len; i++) {
        const struct object *o;

        if (name.ptr[i] != '_')
            continue;
        o = object_find(b, &b->relations, schema, slice_sub(name, 0, i));
        if (!is_virtual(o))
            continue;
        *owner = o;
        return find_shadow(o, slice_sub(name, i + 1, name.len));
    }
    return NULL;
}

const struct object *
virtual_owner(const struct build *b, struct slice schema, struct slice name)
{
    const struct object *owner = NULL;

    return shadow_of_name(b, schema, name, &owner) == NULL ? NULL : owner;
}

/* What the module made is no declaration; what only has its name cannot be made. */
static void
take_shadow(struct build *b, struct object *o, const struct object *owner,
            const struct shadow *shadow)
{
    const struct table *t = o->u.table->table;
    struct diag *d;

    if (t->columns.count > 0
        && slice_is_fold(t->columns.items[0]->name, shadow->column)) {
        drop_object(b, o, o->span);
        return;
    }
    d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, o->span,
                 "table \"%.*s\" has the name of one that the virtual table \"%.*s\" "
                 "makes for itself",
                 SLICE_ARG(o->name), SLICE_ARG(owner->name));
    diag_note(&b->s->diags, d, owner->span, "it is declared here");
}

static bool
has_virtual_tables(const struct build *b)
{
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && is_virtual(b->objects.items[i]))
            return true;
    return false;
}

void
virtual_take_shadows(struct build *b)
{
    if (!has_virtual_tables(b))
        return;
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];
        const struct object *owner = NULL;
        const struct shadow *shadow;

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        shadow = shadow_of_name(b, o->schema, o->name, &owner);
        if (shadow != NULL)
            take_shadow(b, o, owner, shadow);
    }
}
