/*
 * The model of the generated C: tables, views and enums with what is decided about them.
 * C names that could clash are claimed afterwards (view_claim.c), when all are known.
 */
#include <assert.h>

#include "gen/view_model.h"

/* ---- columns ---- */

/* Names that parameters and static data of ours have in the generated functions. */
static bool
is_our_name(struct slice name)
{
    static const char *const ours[] = {
        "arena", "column_data", "columns",  "count", "cursor", "db",   "exists", "from",
        "items", "key",         "key_data", "order", "row",    "rows", "status", "to",
    };

    return slice_is_one_of(name, ours, ARRAY_LEN(ours))
           || slice_starts(name, "key_columns_") || slice_starts(name, "initial_items_");
}

void
column_name(struct gen_model *m, struct column_names *names, struct slice c_name,
            struct gen_column *out)
{
    struct arena *a = &m->s->arena;
    struct slice sql = slice_is_none(c_name)
                           ? name_not_in_capitals(a, slice_from(out->name))
                           : c_name;

    out->field = name_claim(&names->fields, name_field(a, sql), "");
    out->macro = name_claim(&names->macros, name_upper(a, name_part(a, sql)), "");
    out->param = is_our_name(out->field)
                     ? slice_format(a, "%.*s_value", SLICE_ARG(out->field))
                     : out->field;
}

struct slice
type_text(struct arena *a, const struct type *type)
{
    struct text t;

    text_init(&t, a);
    type_print(type, &t);
    return text_slice(&t);
}

static bool
add_column(struct gen_model *m, struct gen_table *t, struct column_names *names,
           const struct column *c, const struct lowered_columns *lowered)
{
    struct arena *a = &m->s->arena;
    struct gen_column *out = ARENA_NEW(a, struct gen_column);

    *out = (struct gen_column){
        .name = slice_z(a, c->name),
        .column = c,
        .type_text = c->has_type ? type_text(a, &c->type) : SLICE(""),
        .type = c->has_type ? model_base_type(m, &c->type) : NULL,
        .comment = c->comment,
        .nullable = !c->not_null,
        .has_default = c->default_value != NULL || c->identity != IDENTITY_NONE,
        .is_generated = c->generated != NULL || c->identity == IDENTITY_ALWAYS,
    };
    column_name(m, names, c->c_name, out);
    VEC_PUSH(a, &t->columns, out);
    return column_choose_codec(m, t, c, lowered, out);
}

/*
 * A rowid alias is never NULL, and has a value even where nothing says DEFAULT; that is
 * one only where every engine has it.
 */
static void
mark_rowid(struct gen_table *t, const struct table *lowered, bool is_only_engine)
{
    const struct column *rowid = table_rowid_column(lowered);

    VEC_EACH (i, &t->columns) {
        struct gen_column *c = t->columns.items[i];

        if (rowid == NULL || !slice_is(rowid->name, c->name))
            continue;
        c->is_rowid =
            c->codec == CODEC_INT16 || c->codec == CODEC_INT32 || c->codec == CODEC_INT64;
        c->has_default |= is_only_engine;
        c->nullable = false;
    }
}

/* The engines that have the table; more than one must agree about what is in it. */
static size_t
engine_count(const struct gen_model *m, const struct gen_table *t)
{
    size_t count = 0;

    for (size_t i = 0; i < m->request->chain_count; i++)
        count += t->lowered[i] != NULL;
    return count;
}

static void
mark_rowids(const struct gen_model *m, struct gen_table *t)
{
    for (size_t i = 0; i < m->request->chain_count; i++)
        if (t->lowered[i] != NULL && m->request->chains[i]->dialect->row_name != NULL)
            mark_rowid(t, t->lowered[i], engine_count(m, t) == 1);
}

/* ---- enums ---- */

static struct gen_enum *
new_enum(struct gen_model *m, struct slice title, const struct slices *labels)
{
    struct gen_enum *e = ARENA_NEW(&m->s->arena, struct gen_enum);

    e->title = title;
    e->labels = *labels;
    return e;
}

static void
add_enum_types(struct gen_model *m)
{
    const struct catalog *c = m->request->catalog;
    struct arena *a = &m->s->arena;

    VEC_EACH (i, &c->enums) {
        const struct enum_type *type = c->enums.items[i];
        struct slices labels = { .all = { .count = 0 } };
        struct gen_enum *e;

        if (type->values.count == 0)
            continue; /* nothing to enumerate: its columns are text */
        VEC_EACH (v, &type->values)
            VEC_PUSH(a, &labels.all, type->values.items[v].label);
        e = new_enum(m, type->name, &labels);
        e->type = type;
        e->comment = type->comment;
        VEC_PUSH(a, &m->enums, e);
        map_put(&m->enum_types, catalog_key(a, type->schema, type->name), e);
    }
}

struct gen_enum *
model_find_enum(struct gen_model *m, const struct type *type)
{
    if (type->kind != TYPE_NAMED || type->dimensions > 1)
        return NULL;
    return map_get(&m->enum_types, catalog_key(&m->s->arena, type->schema, type->name));
}

void
column_use_enum(struct gen_table *t, struct gen_column *c, const struct gen_enum *e)
{
    if (c->codec == CODEC_ARRAY)
        c->element = CODEC_ENUM;
    else if (c->type != NULL && c->type->dimensions > 0)
        return; /* another storage was asked for */
    else
        c->codec = CODEC_ENUM;
    c->enumeration = e;
    t->uses_enum_types |= e->type != NULL;
}

/* Two labels that are alike would be one value with two names. */
static bool
labels_differ(struct gen_model *m, const struct slices *labels)
{
    struct map seen;

    map_init(&seen, &m->s->arena);
    VEC_EACH (i, &labels->all)
        if (map_put(&seen, labels->all.items[i], &seen) != NULL)
            return false;
    return true;
}

static void
add_check_enum(struct gen_model *m, struct gen_table *t, const struct expr *check)
{
    struct slice name;
    struct slices labels;

    if (!check_lists_labels(check, &name, &labels, &m->s->arena)
        || !labels_differ(m, &labels))
        return;
    VEC_EACH (i, &t->columns) {
        struct gen_column *c = t->columns.items[i];
        struct gen_enum *e;

        if (!slice_is(name, c->name) || !c->is_text || c->codec != CODEC_TEXT)
            continue;
        e = new_enum(m,
                     slice_format(&m->s->arena, "%.*s.%s", SLICE_ARG(t->name), c->name),
                     &labels);
        e->comment = c->comment;
        VEC_PUSH(&m->s->arena, &t->enums, e);
        column_use_enum(t, c, e);
    }
}

/* A column with @c struct schemac_text stays text. */
static void
add_enums(struct gen_model *m, struct gen_table *t)
{
    VEC_EACH (i, &t->columns) {
        struct gen_column *c = t->columns.items[i];
        struct gen_enum *e = model_find_enum(m, &c->column->type);

        if (!slice_is_none(c->column->c_type))
            c->is_text = false;
        else if (e != NULL)
            column_use_enum(t, c, e);
    }
    VEC_EACH (i, &t->table->constraints) {
        const struct constraint *c = t->table->constraints.items[i];

        if (c->kind == CONSTRAINT_CHECK)
            add_check_enum(m, t, c->check);
    }
}

/* ---- tables ---- */

struct table_indexes {
    VEC(const struct index *) items;
};

/* Indexes by the table that they stand on, so that each is looked at once. */
static void
group_indexes(struct gen_model *m, struct map *by_table)
{
    const struct catalog *c = m->request->catalog;
    struct arena *a = &m->s->arena;

    map_init(by_table, a);
    VEC_EACH (i, &c->indexes) {
        const struct index *index = c->indexes.items[i];
        struct slice key = catalog_key(a, index->table->schema, index->table->name);
        struct table_indexes *group = map_get(by_table, key);

        if (group == NULL) {
            group = ARENA_NEW(a, struct table_indexes);
            map_put(by_table, key, group);
        }
        VEC_PUSH(a, &group->items, index);
    }
}

void
column_names_init(struct gen_model *m, struct column_names *names)
{
    map_init(&names->fields, &m->s->arena);
    map_init(&names->macros, &m->s->arena);
}

static bool
report_missing(struct gen_model *m, const struct gen_table *t, const struct column *c)
{
    struct diag *d = diag_add(
        &m->s->diags, D_GEN_DIALECTS, c->span,
        "column \"%.*s\" of \"%.*s\" is not on every engine that the code is for, and no "
        "row is without it",
        SLICE_ARG(c->name), SLICE_ARG(t->table->name));

    diag_hint(&m->s->diags, d,
              "name the engine that the code is for: --dialect sqlite, "
              "or --dialect postgres");
    return false;
}

/*
 * C has what all engines have, so that a row means the same on each.  Rows come about
 * without the column where it may be NULL or has a value by itself.
 */
static bool
leave_out(struct gen_model *m, const struct gen_table *t, const struct column *c)
{
    if (c->not_null && c->default_value == NULL && c->identity == IDENTITY_NONE
        && c->generated == NULL)
        return report_missing(m, t, c);
    diag_add(&m->s->diags, D_LOWER_NOTE, c->span,
             "column \"%.*s\" of \"%.*s\" is not in C: it is not on every engine that "
             "the code is for",
             SLICE_ARG(c->name), SLICE_ARG(t->table->name));
    return true;
}

/* The column in each table that there is; how many have it. */
static size_t
find_lowered(const struct gen_model *m, const struct gen_table *t, const struct column *c,
             struct lowered_columns *out)
{
    size_t found = 0;

    *out = (struct lowered_columns){ .of = { NULL } };
    for (size_t i = 0; i < m->request->chain_count; i++) {
        if (t->lowered[i] != NULL)
            out->of[i] = table_find_column(t->lowered[i], c->name);
        found += out->of[i] != NULL;
    }
    return found;
}

/* A column that @only keeps for another dialect is not in the lowered table. */
static bool
add_columns(struct gen_model *m, struct gen_table *t)
{
    struct column_names names;
    bool ok = true;

    column_names_init(m, &names);
    VEC_EACH (i, &t->table->columns) {
        const struct column *c = t->table->columns.items[i];
        struct lowered_columns lowered;
        size_t found = find_lowered(m, t, c, &lowered);

        if (found == engine_count(m, t))
            ok &= add_column(m, t, &names, c, &lowered);
        else if (found > 0)
            ok &= leave_out(m, t, c);
    }
    return ok;
}

/* An engine without schemas has their names in those of the tables. */
static void
name_table(struct gen_model *m, struct gen_table *t)
{
    for (size_t i = 0; i < m->request->chain_count; i++) {
        const struct table *low = t->lowered[i];

        if (low == NULL)
            continue;
        if (!slice_is_none(t->name) && !slice_equal(t->name, low->name))
            t->flat_name = t->name;
        t->name = low->name;
        t->schema = low->schema;
    }
}

static bool
add_table(struct gen_model *m, struct gen_table *t, const struct map *indexes)
{
    struct arena *a = &m->s->arena;
    const struct table *table = t->table;
    const struct table_indexes *own =
        map_get(indexes, catalog_key(a, table->schema, table->name));
    bool ok;

    t->comment = table->comment;
    t->is_append_only = table->append_only;
    name_table(m, t);
    ok = add_columns(m, t);
    mark_rowids(m, t);
    add_enums(m, t);
    table_add_keys(m, t, own == NULL ? NULL : own->items.items,
                   own == NULL ? 0 : own->items.count);
    VEC_PUSH(a, &m->tables, t);
    return ok;
}

static struct slice
place_key(struct arena *a, struct span span)
{
    return slice_format(a, "%u:%u:%u", span.source, span.begin, span.end);
}

/* Where tables are declared; lowering makes others, which count. */
static void
list_places(struct gen_model *m, struct map *places)
{
    const struct catalog *c = m->request->catalog;

    map_init(places, &m->s->arena);
    VEC_EACH (i, &c->tables)
        map_put(places, place_key(&m->s->arena, c->tables.items[i]->span), places);
}

/*
 * Lowering keeps the order, and leaves out what @only keeps for another dialect and,
 * after telling so, what the dialect has no place for.  What stays stands where it is
 * declared.  `at`: the next table of the lowered catalog that was not looked at.
 */
static const struct table *
next_lowered(struct gen_model *m, const struct catalog *lowered,
             const struct map *places, const struct table *declared, size_t *at)
{
    while (*at < lowered->tables.count
           && !map_has(places,
                       place_key(&m->s->arena, lowered->tables.items[*at]->span)))
        ++*at;
    if (*at == lowered->tables.count
        || !span_equal(lowered->tables.items[*at]->span, declared->span))
        return NULL;
    return lowered->tables.items[(*at)++];
}

static bool
add_tables(struct gen_model *m)
{
    const struct gen_request *r = m->request;
    size_t at[GEN_CHAINS_MAX] = { 0 };
    struct map indexes, places;
    bool ok = true;

    group_indexes(m, &indexes);
    list_places(m, &places);
    VEC_EACH (i, &r->catalog->tables) {
        struct gen_table *t = ARENA_NEW(&m->s->arena, struct gen_table);

        t->table = r->catalog->tables.items[i];
        t->name = t->flat_name = SLICE_NONE;
        for (size_t k = 0; k < r->chain_count; k++)
            t->lowered[k] =
                next_lowered(m, r->chains[k]->lowered, &places, t->table, &at[k]);
        if (engine_count(m, t) > 0)
            ok &= add_table(m, t, &indexes);
    }
    return ok;
}

/* ---- the whole ---- */

/* schemac_ is the runtime's; a digit cannot begin a function's name. */
static struct slice
choose_prefix(struct gen_model *m)
{
    struct arena *a = &m->s->arena;
    struct slice prefix = name_part(a, m->name);

    if (slice_is(prefix, "schemac") || slice_starts(prefix, "schemac_"))
        return slice_format(a, "db_%.*s", SLICE_ARG(prefix));
    if (prefix.ptr[0] >= '0' && prefix.ptr[0] <= '9')
        return slice_format(a, "db%.*s", SLICE_ARG(prefix));
    return prefix;
}

bool
model_is_ours(const struct gen_model *m, struct slice only)
{
    for (size_t i = 0; i < m->request->chain_count; i++)
        if (slice_is(only, m->request->chains[i]->dialect->name))
            return true;
    return slice_is_none(only);
}

bool
model_is_everywhere(const struct gen_model *m, struct slice only)
{
    return slice_is_none(only)
           || (m->request->chain_count == 1 && model_is_ours(m, only));
}

static void
list_domains(struct gen_model *m)
{
    const struct catalog *c = m->request->catalog;

    map_init(&m->domains, &m->s->arena);
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN)
            map_put(&m->domains, catalog_key(&m->s->arena, d->schema, d->name),
                    (void *)(uintptr_t)d->u.domain);
    }
}

bool
model_build(struct session *s, const struct gen_request *request, struct gen_model *out)
{
    bool ok;

    *out = (struct gen_model){ .s = s, .request = request };
    out->name = request->catalog->name;
    if (slice_is_none(out->name) || out->name.len == 0)
        out->name = SLICE("db");
    out->prefix = choose_prefix(out);
    out->upper = name_upper(&s->arena, out->prefix);
    map_init(&out->enum_types, &s->arena);
    add_enum_types(out);
    list_domains(out);
    ok = add_tables(out);
    model_mark_triggered(out);
    model_collect_initial(out);
    return model_add_views(out) && ok;
}
