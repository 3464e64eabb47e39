/*
 * Names that other engines have and PostgreSQL has not, or has only once: collations of
 * SQLite and MySQL, keys whose names live in their table there and in their schema here,
 * and the sequences of columns that count.
 */
#include "dialect/postgres/postgres.h"

#include "model/naming.h"

/* ---- collations ---- */

static const char *const mysql_charsets[] = {
    "ascii_", "big5_", "cp12",  "eucjpms_", "gb18030_", "gbk_",  "koi8",
    "latin",  "sjis_", "ucs2_", "utf16",    "utf32_",   "utf8_", "utf8mb",
};

/* utf8mb4_general_ci, latin1_bin, in lower case: PostgreSQL's own are called otherwise.
 */
static bool
is_mysql_collation(struct slice name)
{
    if (!slice_ends(name, "_ci") && !slice_ends(name, "_cs") && !slice_ends(name, "_bin"))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(mysql_charsets); i++)
        if (slice_starts(name, mysql_charsets[i]))
            return true;
    return false;
}

/* What is lost with it; NULL: nothing.  False: it may well be PostgreSQL's. */
static bool
find_foreign(struct arena *a, struct slice name, const char **lost)
{
    struct slice lower = slice_lower(a, name);

    *lost = NULL;
    if (slice_is(lower, "binary"))
        return true;
    if (slice_is(lower, "rtrim"))
        *lost = "blanks at the end count";
    else if (slice_is(lower, "nocase"))
        *lost = "letters compare with their case";
    else if (!is_mysql_collation(lower))
        return false;
    else if (slice_ends(lower, "_ci"))
        *lost = "letters compare with their case and accents";
    return true;
}

void
postgres_lower_collation(struct session *s, struct slice *collation, struct span span,
                         struct slice name)
{
    const char *lost;
    bool by_bytes;

    if (slice_is_none(*collation) || !find_foreign(&s->arena, *collation, &lost))
        return;
    if (lost != NULL)
        diag_add(&s->diags, D_LOWER_NOTE, span,
                 "\"%.*s\": PostgreSQL has no collation \"%.*s\": %s", SLICE_ARG(name),
                 SLICE_ARG(*collation), lost);
    by_bytes = slice_ends(slice_lower(&s->arena, *collation), "_bin");
    *collation = by_bytes ? SLICE("C") : SLICE_NONE;
}

/* ---- names of keys ---- */

static struct map *
names_of(struct arena *a, struct map *schemas, struct slice schema)
{
    struct slice key = slice_is_none(schema) ? SLICE("") : schema;
    struct map *names = map_get(schemas, key);

    if (names == NULL) {
        names = ARENA_NEW(a, struct map);
        map_init(names, a);
        map_put(schemas, key, names);
    }
    return names;
}

static void
take_names(struct arena *a, struct map *schemas, const struct catalog *c)
{
    VEC_EACH (i, &c->tables) {
        const struct table *t = c->tables.items[i];

        map_put(names_of(a, schemas, t->schema), t->name, schemas);
    }
    VEC_EACH (i, &c->views) {
        const struct view *v = c->views.items[i];

        map_put(names_of(a, schemas, v->schema), v->name, schemas);
    }
    VEC_EACH (i, &c->indexes) {
        const struct index *x = c->indexes.items[i];

        map_put(names_of(a, schemas, x->table->schema), x->name, schemas);
    }
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_COMPOSITE || slice_is(d->kind, "sequence")
            || slice_ends(d->kind, "table"))
            map_put(names_of(a, schemas, d->schema), d->name, schemas);
    }
}

static void
rename_key(struct session *s, struct map *taken, const struct table *t,
           struct constraint *k)
{
    struct slices columns = { 0 };
    struct slice old = k->name;

    naming_index_columns(s, &k->keys, &k->include, &columns);
    k->name = k->kind == CONSTRAINT_PRIMARY_KEY
                  ? naming_derive(s, taken, t->name, NULL, "pkey")
                  : naming_derive(s, taken, t->name, &columns,
                                  k->kind == CONSTRAINT_UNIQUE ? "key" : "excl");
    k->shares_name = false;
    diag_add(&s->diags, D_LOWER_FORM, k->span,
             "\"%.*s\" is called \"%.*s\" in PostgreSQL, where another relation has that "
             "name",
             SLICE_ARG(old), SLICE_ARG(k->name));
}

/* The server looks for a name that no relation has, not whether a type has it, and what
 * comes later has to do with what is left. */
static void
name_sequence(struct session *s, const struct map *taken, const struct map *types,
              const struct table *t, struct column *c)
{
    struct slice usual = naming_sequence(s, t, c);
    struct sequence *numbering;
    struct slice name = usual;

    for (unsigned n = 1; map_has(taken, name) || map_has(types, name); n++)
        name = slice_format(&s->arena, "%.*s%u", SLICE_ARG(usual), n);
    if (slice_equal(name, usual))
        return;
    numbering = ARENA_NEW(&s->arena, struct sequence);
    *numbering = numbering_of(c->numbering);
    numbering->own_name = name;
    c->numbering = numbering;
    diag_add(&s->diags, D_LOWER_FORM, c->span,
             "the sequence of \"%.*s\" is called \"%.*s\" in PostgreSQL, where something "
             "else is called \"%.*s\"",
             SLICE_ARG(c->name), SLICE_ARG(name), SLICE_ARG(usual));
}

static void
name_sequences(struct session *s, const struct map *taken, const struct map *types,
               struct table *t)
{
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];
        bool is_named = c->numbering != NULL && !slice_is_none(c->numbering->own_name);

        if ((c->identity == IDENTITY_ALWAYS || c->identity == IDENTITY_BY_DEFAULT)
            && !c->inherited && !is_named)
            name_sequence(s, taken, types, t, c);
    }
}

static void
take_types(struct arena *a, struct map *schemas, const struct catalog *c)
{
    VEC_EACH (i, &c->enums) {
        const struct enum_type *e = c->enums.items[i];

        map_put(names_of(a, schemas, e->schema), e->name, schemas);
    }
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN || d->detail == DETAIL_RANGE)
            map_put(names_of(a, schemas, d->schema), d->name, schemas);
    }
}

static void
rename_keys(struct session *s, struct map *taken, struct table *t)
{
    VEC_EACH (n, &t->constraints) {
        struct constraint *k = t->constraints.items[n];

        if (!constraint_has_index(k) || slice_is_none(k->name))
            continue;
        if (map_get(taken, k->name) == NULL)
            map_put(taken, k->name, k);
        else
            rename_key(s, taken, t, k);
    }
}

void
postgres_free_names(struct session *s, struct catalog *c)
{
    struct map schemas;
    struct map types;

    map_init(&schemas, &s->arena);
    map_init(&types, &s->arena);
    take_names(&s->arena, &schemas, c);
    take_types(&s->arena, &types, c);
    VEC_EACH (i, &c->tables)
        rename_keys(s, names_of(&s->arena, &schemas, c->tables.items[i]->schema),
                    c->tables.items[i]);
    VEC_EACH (i, &c->tables)
        name_sequences(s, names_of(&s->arena, &schemas, c->tables.items[i]->schema),
                       names_of(&s->arena, &types, c->tables.items[i]->schema),
                       c->tables.items[i]);
}
