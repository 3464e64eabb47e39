/*
 * Keys of a table, and which functions each of them gives.
 *
 * primary key      get, exists, update, delete; a range; upsert where it is not generated
 * UNIQUE           find, a range, upsert where a row that is there is told at once
 * index            a cursor, a range
 * foreign key      a cursor
 *
 * Each of them over one column also gives a cursor over the rows of a list.
 *
 * Functions are named by the columns, so that of several keys over the same columns the
 * first one gives them.  An index over an expression gives none: there is no value to ask
 * for.  What is unique on one engine only is an index to code that is for several; and
 * what one of them has as expressions (NULLS NOT DISTINCT) gives no upsert.
 */
#include "gen/view_model.h"

#define BY_BYTES_MAX                                                                     \
    200 /* of a function's name; a key over many columns is cut there                    \
         */

struct key_source {
    enum gen_key_kind kind;
    struct slice name;
    struct slice refers_to;
    struct slice comment;
    const struct constraint *constraint; /* NULL: an index */
    const struct index_keys *keys;
    struct span span;
    bool nulls_not_distinct;
};

static bool
column_number(const struct gen_table *t, struct slice name, size_t *number)
{
    VEC_EACH (i, &t->columns) {
        *number = i;
        if (slice_is(name, t->columns.items[i]->name))
            return true;
    }
    return false;
}

/* False where a part of the key is no column of the struct. */
static bool
list_columns(struct gen_model *m, const struct gen_table *t,
             const struct index_keys *keys, struct gen_key *key)
{
    VEC_EACH (i, &keys->all) {
        size_t number;

        if (keys->all.items[i].expr != NULL
            || !column_number(t, keys->all.items[i].column, &number))
            return false;
        VEC_PUSH(&m->s->arena, &key->columns, number);
    }
    return key->columns.count > 0;
}

/* "by_a_b" */
static struct slice
by_name(struct gen_model *m, const struct gen_table *t, const struct gen_key *key)
{
    struct text by;

    text_init(&by, &m->s->arena);
    text_addz(&by, "by");
    for (size_t i = 0; i < key->columns.count && by.len < BY_BYTES_MAX; i++) {
        const struct gen_column *c = t->columns.items[key->columns.items[i]];

        text_addf(&by, "_%.*s", SLICE_ARG(name_part(&m->s->arena, slice_from(c->name))));
    }
    return text_slice(&by);
}

/* What stands behind the name of a key's functions. */
static const char *const by_suffixes[] = { "", "_range", "_list" };

static struct slice
with_suffix(struct map *taken, struct slice by, size_t suffix)
{
    return slice_format(taken->arena, "%.*s%s", SLICE_ARG(by), by_suffixes[suffix]);
}

static bool
is_taken(struct map *taken, struct slice by)
{
    for (size_t i = 0; i < ARRAY_LEN(by_suffixes); i++)
        if (map_has(taken, with_suffix(taken, by, i)))
            return true;
    return false;
}

/* A name with which none of the functions is taken: by_x_range may be the cursor of a
 * column x_range. */
static struct slice
claim_by(struct map *taken, struct slice wanted)
{
    struct slice by = wanted;

    for (unsigned n = 2; is_taken(taken, by); n++)
        by = slice_format(taken->arena, "%.*s_%u", SLICE_ARG(wanted), n);
    for (size_t i = 0; i < ARRAY_LEN(by_suffixes); i++)
        map_put(taken, with_suffix(taken, by, i), taken);
    return by;
}

/* "0,3,": what keys over the same columns have in common. */
static struct slice
columns_text(struct gen_model *m, const struct gen_key *key)
{
    struct text t;

    text_init(&t, &m->s->arena);
    VEC_EACH (i, &key->columns)
        text_addf(&t, "%zu,", key->columns.items[i]);
    return text_slice(&t);
}

/* Is the order of the stored values that of the C values, on every engine? */
static bool
has_order(const struct gen_column *c)
{
    switch (c->codec) {
    case CODEC_INT16:
    case CODEC_INT32:
    case CODEC_INT64:
    case CODEC_FLOAT:
    case CODEC_DOUBLE:
    case CODEC_DECIMAL:
    case CODEC_DATE:
    case CODEC_TIME:
    case CODEC_TIMESTAMP:
        return true;
    case CODEC_TEXT:
        return c->is_text;
    case CODEC_BOOL:
    case CODEC_BYTES:
    case CODEC_UUID:
    case CODEC_ENUM:
    case CODEC_ARRAY:
    case CODEC_COUNT:
        break;
    }
    return false;
}

static bool
is_generated_key(const struct gen_table *t, const struct gen_key *key)
{
    VEC_EACH (i, &key->columns)
        if (t->columns.items[key->columns.items[i]]->has_default)
            return true;
    return false;
}

static bool
holds_computed(const struct gen_table *t, const struct gen_key *key)
{
    VEC_EACH (i, &key->columns)
        if (t->columns.items[key->columns.items[i]]->is_generated)
            return true;
    return false;
}

/* ON CONFLICT needs to be told of a row at once, on whichever engine. */
static bool
is_told_later(const struct gen_key *key)
{
    return key->constraint != NULL && key->constraint->deferral != DEFERRAL_NONE;
}

/* Has this engine made of the key one over expressions, which ON CONFLICT (columns) does
 * not find?  Its index is where the key was declared. */
static bool
is_of_expressions(const struct catalog *lowered, const struct key_source *source)
{
    VEC_EACH (i, &lowered->indexes)
        if (span_equal(lowered->indexes.items[i]->span, source->span)
            && index_keys_have_expression(&lowered->indexes.items[i]->keys))
            return true;
    return false;
}

/* Only what is asked for of NULL is another key on another engine. */
static bool
is_by_columns(const struct gen_model *m, const struct key_source *source)
{
    for (size_t i = 0; i < m->request->chain_count && source->nulls_not_distinct; i++)
        if (is_of_expressions(m->request->chains[i]->lowered, source))
            return false;
    return true;
}

/* `first` is the key over the same columns that came first; perhaps `key` itself. */
static void
choose_functions(const struct gen_table *t, const struct gen_key *key,
                 struct gen_key *first)
{
    const struct gen_column *last =
        t->columns.items[key->columns.items[key->columns.count - 1]];
    bool is_key = first->kind == GEN_KEY_PRIMARY || first->kind == GEN_KEY_UNIQUE;
    bool can_upsert = !t->is_append_only && !holds_computed(t, key)
                      && !is_told_later(key) && key->is_by_columns;

    switch (key->kind) {
    case GEN_KEY_PRIMARY:
        first->has_upsert = can_upsert && !is_generated_key(t, key);
        first->has_range = has_order(last);
        break;
    case GEN_KEY_UNIQUE:
        first->has_find |= first->kind != GEN_KEY_PRIMARY;
        first->has_upsert |= first->kind != GEN_KEY_PRIMARY && can_upsert;
        first->has_range |= has_order(last);
        break;
    case GEN_KEY_INDEX:
        first->has_cursor |= !is_key;
        first->has_range |= has_order(last);
        break;
    case GEN_KEY_FOREIGN:
        first->has_cursor |= !is_key;
        break;
    }
}

struct key_names {
    struct map by_columns; /* columns_text → struct gen_key *, the first one */
    struct map by;         /* function names */
    struct map macros;
};

static void
add_key(struct gen_model *m, struct gen_table *t, struct key_names *names,
        const struct key_source *source)
{
    struct arena *a = &m->s->arena;
    struct gen_key *key = ARENA_NEW(a, struct gen_key);
    struct gen_key *first;
    struct slice columns;

    if (!list_columns(m, t, source->keys, key))
        return;
    key->kind = source->kind;
    key->name = source->name;
    key->refers_to = source->refers_to;
    key->comment = source->comment;
    key->constraint = source->constraint;
    key->is_by_columns = is_by_columns(m, source);
    key->macro = name_claim(
        &names->macros,
        slice_format(a, "KEY_%.*s", SLICE_ARG(name_upper(a, name_part(a, source->name)))),
        "");
    columns = columns_text(m, key);
    first = map_get(&names->by_columns, columns);
    if (first == NULL) {
        first = key;
        map_put(&names->by_columns, columns, key);
        key->by = claim_by(&names->by, by_name(m, t, key));
        key->has_list = key->columns.count == 1
                        && t->columns.items[key->columns.items[0]]->codec != CODEC_ARRAY;
    }
    choose_functions(t, key, first);
    VEC_PUSH(a, &t->keys, key);
}

/* Constraints of one kind; in a second round those that only refer. */
static void
add_constraints(struct gen_model *m, struct gen_table *t, struct key_names *names,
                bool foreign)
{
    VEC_EACH (i, &t->table->constraints) {
        const struct constraint *c = t->table->constraints.items[i];
        struct key_source source = {
            .name = c->name,
            .comment = c->comment,
            .constraint = c,
            .keys = &c->keys,
            .span = c->span,
            .nulls_not_distinct = c->nulls_not_distinct,
        };

        if ((c->kind == CONSTRAINT_FOREIGN_KEY) != foreign || !model_is_ours(m, c->only))
            continue;
        if (c->kind == CONSTRAINT_CHECK || c->kind == CONSTRAINT_EXCLUDE)
            continue;
        source.kind = foreign                             ? GEN_KEY_FOREIGN
                      : !model_is_everywhere(m, c->only)  ? GEN_KEY_INDEX
                      : c->kind == CONSTRAINT_PRIMARY_KEY ? GEN_KEY_PRIMARY
                                                          : GEN_KEY_UNIQUE;
        source.refers_to = c->ref_table;
        add_key(m, t, names, &source);
    }
}

/* Only these methods have something to do with equality and order. */
static bool
is_ordinary(const struct index *index)
{
    return slice_is(index->method, "btree") || slice_is(index->method, "hash");
}

/* Of all rows, wherever the code runs. */
static bool
is_unique(const struct gen_model *m, const struct index *index)
{
    return index->unique && index->where == NULL && model_is_everywhere(m, index->only);
}

void
table_add_keys(struct gen_model *m, struct gen_table *t,
               const struct index *const *indexes, size_t index_count)
{
    struct key_names names;

    map_init(&names.by_columns, &m->s->arena);
    map_init(&names.by, &m->s->arena);
    map_init(&names.macros, &m->s->arena);
    add_constraints(m, t, &names, false);
    for (size_t i = 0; i < index_count; i++) {
        const struct index *x = indexes[i];
        struct key_source source = {
            .kind = is_unique(m, x) ? GEN_KEY_UNIQUE : GEN_KEY_INDEX,
            .name = x->name,
            .comment = x->comment,
            .keys = &x->keys,
            .span = x->span,
            .nulls_not_distinct = x->nulls_not_distinct,
        };

        if (!model_is_ours(m, x->only))
            continue;
        VEC_PUSH(&m->s->arena, &t->indexes, x);
        if (is_ordinary(x))
            add_key(m, t, &names, &source);
    }
    add_constraints(m, t, &names, true);
    t->has_primary = t->keys.count > 0 && t->keys.items[0]->kind == GEN_KEY_PRIMARY;
}
