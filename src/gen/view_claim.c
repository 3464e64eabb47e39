/*
 * Names for tables and enums.
 *
 * All names of a table share one stem (parking_vehicles), so that a clash renames the
 * table as a whole, never one function of it: `user` with a column `role` and a table
 * `user_role` do not make each other's names depend on luck.  Tables claim first, in the
 * order of the catalog, then types, then enums of single columns.
 */
#include "gen/view_model.h"

/* Names that belong to the schema, behind its prefix. */
static const char *const schema_suffixes[] = {
    "_open",        "_attach",  "_check",       "_migrate", "_migrate_with",
    "_status",      "_version", "_fingerprint", "_schema",  "_tables",
    "_table_count", "_H",       "_VERSION",     "_schema_postgres",
};

/* Names that a table has whatever its columns are; upper case: macros. */
static const char *const table_suffixes[] = {
    "",          "_cursor", "_mask",   "_table",   "_insert",   "_insert_many", "_load",
    "_get",      "_exists", "_update", "_delete",  "_count",    "_scan",
    "_next",     "_close",  "_all",    "_collect", "_mask_add", "_new_mask",
    "_all_mask", "_delete_list",
};

/* Where a table has initial rows; as macros too. */
static const char *const initial_suffixes[] = { "_initial", "_initial_count",
                                                "_initial_mask" };

static const char *const enum_suffixes[] = { "", "_text", "_from_text", "_labels" };

struct name_list {
    VEC(struct slice) items; /* without the stem */
};

static void
add_suffixes(struct arena *a, struct name_list *list, const char *const *suffixes,
             size_t count)
{
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(a, &list->items, slice_from(suffixes[i]));
}

static void
add_function(struct arena *a, struct name_list *list, bool exists, const char *before,
             struct slice by, const char *behind)
{
    if (exists)
        VEC_PUSH(a, &list->items,
                 slice_format(a, "_%s%.*s%s", before, SLICE_ARG(by), behind));
}

static void
list_functions(struct arena *a, const struct gen_table *t, struct name_list *list)
{
    add_suffixes(a, list, table_suffixes, ARRAY_LEN(table_suffixes));
    if (t->initial.count > 0)
        add_suffixes(a, list, initial_suffixes, ARRAY_LEN(initial_suffixes));
    VEC_EACH (i, &t->keys) {
        const struct gen_key *k = t->keys.items[i];

        add_function(a, list, k->has_find, "find_", k->by, "");
        add_function(a, list, k->has_upsert, "upsert_", k->by, "");
        add_function(a, list, k->has_cursor, "", k->by, "");
        add_function(a, list, k->has_range, "", k->by, "_range");
        add_function(a, list, k->has_list, "", k->by, "_list");
    }
}

static void
list_macros(struct arena *a, const struct gen_table *t, struct name_list *list)
{
    static const char *const fixed[] = { "_NEW", "_ALL", "_H" };

    add_suffixes(a, list, fixed, ARRAY_LEN(fixed));
    if (t->initial.count > 0) {
        VEC_PUSH(a, &list->items, SLICE("_INITIAL"));
        VEC_PUSH(a, &list->items, SLICE("_INITIAL_COUNT"));
    }
    VEC_EACH (i, &t->columns) {
        const struct gen_column *c = t->columns.items[i];

        VEC_PUSH(a, &list->items, slice_format(a, "_COL_%.*s", SLICE_ARG(c->macro)));
        if (column_has_scale(c))
            VEC_PUSH(a, &list->items,
                     slice_format(a, "_%.*s_SCALE", SLICE_ARG(c->macro)));
    }
}

static struct slice
join(struct arena *a, struct slice stem, struct slice suffix)
{
    size_t len = stem.len + suffix.len;
    char *both = ARENA_ARRAY(a, char, len);

    if (stem.len > 0)
        memcpy(both, stem.ptr, stem.len);
    if (suffix.len > 0)
        memcpy(both + stem.len, suffix.ptr, suffix.len);
    return (struct slice){ both, len };
}

static bool
is_free(struct gen_model *m, struct slice stem, const struct name_list *list)
{
    VEC_EACH (i, &list->items)
        if (map_has(&m->taken, join(&m->s->arena, stem, list->items.items[i])))
            return false;
    return true;
}

static void
take(struct gen_model *m, struct slice stem, const struct name_list *list)
{
    VEC_EACH (i, &list->items)
        map_put(&m->taken, join(&m->s->arena, stem, list->items.items[i]), m);
}

/* `wanted`, or with a suffix, or with a number: the first whose names are all free. */
static struct slice
claim_stem(struct gen_model *m, struct slice wanted, const char *suffix,
           const struct name_list *lower, const struct name_list *upper)
{
    struct arena *a = &m->s->arena;
    struct slice stem = wanted;

    for (unsigned n = 1;
         !is_free(m, stem, lower) || !is_free(m, name_upper(a, stem), upper); n++)
        stem = n == 1 ? slice_format(a, "%.*s_%s", SLICE_ARG(wanted), suffix)
                      : slice_format(a, "%.*s_%s_%u", SLICE_ARG(wanted), suffix, n);
    take(m, stem, lower);
    take(m, name_upper(a, stem), upper);
    return stem;
}

static void
claim_schema(struct gen_model *m)
{
    struct arena *a = &m->s->arena;
    static const char *const files[] = { "", "_versions", "_enums", "_migrations_sqlite",
                                         "_migrations_postgres" };

    for (size_t i = 0; i < ARRAY_LEN(schema_suffixes); i++) {
        struct slice suffix = slice_from(schema_suffixes[i]);

        map_put(&m->taken, join(a, m->prefix, suffix), m);
        map_put(&m->taken, join(a, m->upper, suffix), m);
    }
    for (size_t i = 0; i < ARRAY_LEN(files); i++)
        name_claim(&m->files, slice_lower(a, join(a, m->prefix, slice_from(files[i]))),
                   "");
}

/* A table of another schema than the default one has its name in front. */
static struct slice
table_sql_name(struct arena *a, const struct gen_table *t)
{
    struct slice schema = t->table != NULL ? t->table->schema : t->view->schema;
    struct slice name = t->table != NULL ? t->table->name : t->view->name;

    if (t->table != NULL && !slice_is_none(t->table->c_name))
        return t->table->c_name;
    if (slice_is_none(schema))
        return name;
    return slice_format(a, "%.*s_%.*s", SLICE_ARG(schema), SLICE_ARG(name));
}

static void
claim_table(struct gen_model *m, struct gen_table *t)
{
    struct arena *a = &m->s->arena;
    const char *kind = t->view == NULL ? "table" : "view";
    struct name_list lower = { .items = { .count = 0 } };
    struct name_list upper = { .items = { .count = 0 } };
    struct slice wanted = slice_format(a, "%.*s_%.*s", SLICE_ARG(m->prefix),
                                       SLICE_ARG(name_part(a, table_sql_name(a, t))));

    list_functions(a, t, &lower);
    list_macros(a, t, &upper);
    t->c = claim_stem(m, wanted, kind, &lower, &upper);
    t->upper = name_upper(a, t->c);
    t->file = name_claim(&m->files, slice_lower(a, t->c),
                         slice_z(a, slice_format(a, "_%s", kind)));
}

static void
claim_enum(struct gen_model *m, struct gen_enum *e, struct slice stem, struct slice name)
{
    struct arena *a = &m->s->arena;
    struct name_list lower = { .items = { .count = 0 } };
    struct name_list upper = { .items = { .count = 0 } };

    add_suffixes(a, &lower, enum_suffixes, ARRAY_LEN(enum_suffixes));
    if (e->type != NULL)
        VEC_PUSH(a, &lower.items, SLICE("_array"));
    VEC_PUSH(a, &upper.items, SLICE("_NULL"));
    VEC_PUSH(a, &upper.items, SLICE("_COUNT"));
    VEC_EACH (i, &e->labels.all)
        VEC_PUSH(
            a, &upper.items,
            slice_format(a, "_%.*s",
                         SLICE_ARG(name_upper(a, name_part(a, e->labels.all.items[i])))));
    e->c = claim_stem(
        m, slice_format(a, "%.*s_%.*s", SLICE_ARG(stem), SLICE_ARG(name_part(a, name))),
        "enum", &lower, &upper);
}

static void
claim_check_enums(struct gen_model *m, struct gen_table *t)
{
    VEC_EACH (i, &t->columns) {
        const struct gen_column *c = t->columns.items[i];

        VEC_EACH (e, &t->enums)
            if (t->enums.items[e] == c->enumeration)
                claim_enum(m, t->enums.items[e], t->c, c->field);
    }
}

void
model_claim_names(struct gen_model *m)
{
    map_init(&m->taken, &m->s->arena);
    map_init(&m->files, &m->s->arena);
    claim_schema(m);
    VEC_EACH (i, &m->tables)
        claim_table(m, m->tables.items[i]);
    VEC_EACH (i, &m->enums)
        claim_enum(m, m->enums.items[i], m->prefix, m->enums.items[i]->title);
    VEC_EACH (i, &m->tables)
        claim_check_enums(m, m->tables.items[i]);
}
