/*
 * Expressions that an engine spells in its own way, and what it made of ours.
 *
 * Not every respelling can be undone (what the server freezes when it reads it, aliases
 * that it makes others, functions whose types are not known).  So whoever applies a
 * declaration may remember, for each object with an expression, the digest of what was
 * declared, and let the engine say later whether its own text of it has changed since.
 * A difference in an object of which neither has changed is no difference.
 */
#include <inttypes.h>

#include "diff/diff.h"
#include "expr/sqlw.h"

/* Definitions whose text holds an expression, in the words of the engine's list. */
static const char *const kinds[] = { "domain", "policy", "rule", "trigger" };

/* ---- what an object says ---- */

static struct slice
digest(struct arena *a, struct slice text)
{
    return slice_format(a, "%016" PRIx64, slice_hash(text));
}

static void
add_expr(struct arena *a, struct text *out, const struct expr *e)
{
    if (e != NULL)
        text_add(out, expr_text(a, e));
    text_addc(out, ';');
}

static struct slice
say_column(struct arena *a, const struct column *c)
{
    struct text out;

    text_init(&out, a);
    add_expr(a, &out, c->default_value);
    add_expr(a, &out, c->generated);
    return text_slice(&out);
}

static struct slice
say_index(struct arena *a, const struct index *x)
{
    struct text out;

    text_init(&out, a);
    VEC_EACH (i, &x->keys.all) {
        const struct index_key *k = &x->keys.all.items[i];

        text_addf(&out, "%.*s %.*s %.*s %d %d ", SLICE_ARG(k->column),
                  SLICE_ARG(k->collation), SLICE_ARG(k->opclass), k->descending,
                  (int)k->nulls);
        add_expr(a, &out, k->expr);
    }
    add_expr(a, &out, x->where);
    VEC_EACH (i, &x->include.all)
        text_addf(&out, "%.*s ", SLICE_ARG(x->include.all.items[i]));
    text_addf(&out, "%d %d %.*s %.*s %.*s", x->unique, x->nulls_not_distinct,
              SLICE_ARG(x->method), SLICE_ARG(x->options), SLICE_ARG(x->tablespace));
    return text_slice(&out);
}

static struct slice
say_view(struct arena *a, const struct view *v)
{
    struct text out;

    text_init(&out, a);
    if (v->query == NULL)
        text_add(&out, v->text);
    else
        add_expr(a, &out, v->query);
    VEC_EACH (i, &v->columns)
        text_addf(&out, " %.*s", SLICE_ARG(v->columns.items[i].name));
    text_addf(&out, " %d %.*s", v->materialized, SLICE_ARG(v->options));
    return text_slice(&out);
}

static const char *
kind_of(const struct definition *d)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (slice_is(d->kind, kinds[i]))
            return kinds[i];
    return NULL;
}

/* ---- which object ---- */

static struct slice
schema_of(struct slice schema)
{
    return slice_is_none(schema) ? SLICE("public") : schema;
}

/* "kind TAB schema.table.member", or without the member where it is none. */
static struct slice
key_of(struct arena *a, const char *kind, struct slice schema, struct slice name,
       struct slice member)
{
    struct slice s = schema_of(schema);

    if (slice_is_none(member))
        return slice_format(a, "%s\t%.*s.%.*s", kind, SLICE_ARG(s), SLICE_ARG(name));
    return slice_format(a, "%s\t%.*s.%.*s.%.*s", kind, SLICE_ARG(s), SLICE_ARG(name),
                        SLICE_ARG(member));
}

struct said {
    struct slice key;
    struct slice text;
};

static bool
said_by_definition(struct arena *a, const struct definition *d, struct said *out)
{
    const char *kind = kind_of(d);
    bool on_table = !slice_is_none(d->table);

    if (kind == NULL)
        return false;
    out->key = key_of(a, kind, d->schema, on_table ? d->table : d->name,
                      on_table ? d->name : SLICE_NONE);
    out->text = d->normal;
    return true;
}

static bool
said_by_constraint(struct arena *a, const struct table *t, const struct constraint *k,
                   struct said *out)
{
    if (k->kind != CONSTRAINT_CHECK)
        return false;
    out->key = key_of(a, "check", t->schema, t->name, k->name);
    out->text = slice_format(a, "%.*s %d %d", SLICE_ARG(expr_text(a, k->check)),
                             k->not_valid, k->no_inherit);
    return true;
}

/* The object that the side is about; false: none with an expression. */
static bool
said_by(struct arena *a, const struct change_side *side, struct said *out)
{
    if (side->column != NULL) {
        out->key = key_of(a, "column", side->table->schema, side->table->name,
                          side->column->name);
        out->text = say_column(a, side->column);
        return true;
    }
    if (side->constraint != NULL)
        return said_by_constraint(a, side->table, side->constraint, out);
    if (side->index != NULL) {
        out->key = key_of(a, "index", side->index->table->schema, side->index->name,
                          SLICE_NONE);
        out->text = say_index(a, side->index);
        return true;
    }
    if (side->view != NULL) {
        out->key =
            key_of(a, "view", side->view->schema, side->view->name, SLICE_NONE);
        out->text = say_view(a, side->view);
        return true;
    }
    return side->definition != NULL && said_by_definition(a, side->definition, out);
}

/* ---- the list ---- */

static void
add_line(struct arena *a, struct text *out, const struct change_side *side)
{
    struct said said;

    if (!said_by(a, side, &said))
        return;
    text_addf(out, "%.*s\t%.*s\n", SLICE_ARG(digest(a, said.text)), SLICE_ARG(said.key));
}

static void
add_table(struct arena *a, struct text *out, const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        if (c->default_value != NULL || c->generated != NULL)
            add_line(a, out, &(struct change_side){ .table = t, .column = c });
    }
    VEC_EACH (i, &t->constraints)
        add_line(a, out,
                 &(struct change_side){ .table = t,
                                        .constraint = t->constraints.items[i] });
}

static bool
index_has_expression(const struct index *x)
{
    return index_keys_have_expression(&x->keys) || x->where != NULL;
}

struct slice
diff_expressions(struct session *s, const struct catalog *c)
{
    struct arena *a = &s->arena;
    struct text out;

    text_init(&out, a);
    VEC_EACH (i, &c->tables)
        add_table(a, &out, c->tables.items[i]);
    VEC_EACH (i, &c->indexes)
        if (index_has_expression(c->indexes.items[i]))
            add_line(a, &out, &(struct change_side){ .index = c->indexes.items[i] });
    VEC_EACH (i, &c->views)
        add_line(a, &out, &(struct change_side){ .view = c->views.items[i] });
    VEC_EACH (i, &c->definitions)
        add_line(a, &out, &(struct change_side){ .definition = c->definitions.items[i] });
    return text_slice(&out);
}

void
diff_known_read(struct session *s, struct slice lines, struct diff_known *out)
{
    size_t at = 0;

    map_init(&out->digests, &s->arena);
    while (at < lines.len) {
        size_t tab = at;
        size_t end = at;

        while (end < lines.len && lines.ptr[end] != '\n')
            end++;
        while (tab < end && lines.ptr[tab] != '\t')
            tab++;
        if (tab < end) {
            struct slice *known = ARENA_NEW(&s->arena, struct slice);

            *known = slice_copy(&s->arena, slice_sub(lines, at, tab));
            map_put(&out->digests,
                    slice_copy(&s->arena, slice_sub(lines, tab + 1, end)), known);
        }
        at = end + 1;
    }
}

/* ---- changes that are none ---- */

/* Of kinds that an expression alone may make. */
static bool
may_be_respelling(enum change_kind kind)
{
    return kind == CHANGE_COLUMN_DEFAULT || kind == CHANGE_COLUMN_GENERATED
           || kind == CHANGE_ADD_CONSTRAINT || kind == CHANGE_DROP_CONSTRAINT
           || kind == CHANGE_CREATE_INDEX || kind == CHANGE_DROP_INDEX
           || kind == CHANGE_REPLACE_VIEW || kind == CHANGE_REPLACE_DEFINITION
           || kind == CHANGE_CREATE_VIEW || kind == CHANGE_DROP_VIEW;
}

/* The key of the declared object that the change is about, where its digest is known. */
static bool
is_as_applied(struct arena *a, const struct diff_known *known, const struct change *c,
              struct slice *key)
{
    const struct change_side *declared = known->declared_is_old ? &c->old : &c->new;
    const struct slice *digest_then;
    struct said said;

    if (!said_by(a, declared, &said))
        return false;
    *key = said.key;
    digest_then = map_get(&known->digests, said.key);
    return digest_then != NULL && slice_equal(*digest_then, digest(a, said.text));
}

/*
 * What is dropped and made again under its name is two changes: the keys of the declared
 * halves that are as applied, whose other half is there too.
 */
static void
collect_keys(struct arena *a, const struct diff_known *known,
             const struct changes *changes, struct map *declared, struct map *live)
{
    map_init(declared, a);
    map_init(live, a);
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];
        const struct change_side *other = known->declared_is_old ? &c->new : &c->old;
        struct said said;
        struct slice key;

        if (!may_be_respelling(c->kind))
            continue;
        if (is_as_applied(a, known, c, &key))
            map_put(declared, key, declared);
        if (said_by(a, other, &said))
            map_put(live, said.key, live);
    }
}

static bool
is_known(const struct map *declared, const struct map *live, struct slice key)
{
    return map_has(declared, key) && map_has(live, key);
}

void
diff_drop_respellings(struct session *s, const struct diff_known *known,
                      const struct changes *changes, struct changes *out)
{
    struct arena *a = &s->arena;
    struct map declared;
    struct map live;

    *out = (struct changes){ .stored = changes->stored,
                             .pair_of_old = changes->pair_of_old,
                             .pair_of_new = changes->pair_of_new };
    collect_keys(a, known, changes, &declared, &live);
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];
        struct said old;
        struct said new;

        if (may_be_respelling(c->kind)
            && ((said_by(a, &c->old, &old) && is_known(&declared, &live, old.key))
                || (said_by(a, &c->new, &new) && is_known(&declared, &live, new.key))))
            continue;
        VEC_PUSH(&s->arena, &out->all, *c);
    }
}
