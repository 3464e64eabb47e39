/*
 * Definitions are compared by text.  Several may share a name (overloaded functions,
 * grants without any), so equal texts are paired first and names only decide what is a
 * replacement.  Objects that stand on a dropped table go with it and are no change.
 */
#include "diff/differ.h"

#include "expr/sqlw.h"

/* "kind schema table name signature": blanks cannot be mistaken, the kind has a fixed
 * place.  A right on one routine is none on another of its name. */
static struct slice
definition_key(struct differ *d, const struct definition *r)
{
    struct arena *a = &d->s->arena;
    struct slice key = slice_format(a, "%.*s\1%.*s\1%.*s\1%.*s\1%.*s", SLICE_ARG(r->kind),
                                    SLICE_ARG(r->schema), SLICE_ARG(r->table),
                                    SLICE_ARG(r->name), SLICE_ARG(r->signature));

    if (r->detail != DETAIL_GRANT)
        return key;
    return slice_format(a, "%.*s\1%.*s\1%.*s", SLICE_ARG(key),
                        SLICE_ARG(r->u.grant->object_kind),
                        SLICE_ARG(r->u.grant->arguments));
}

/* The key of what @was names: another name, perhaps "schema.name". */
static struct slice
old_key(struct differ *d, const struct definition *r)
{
    const struct slice said = differ_was(d, r->schema, r->name, r->was);
    const struct relation_name name = was_name(r->schema, said);
    struct definition was = *r;

    if (slice_is_none(said))
        return SLICE_NONE;
    if (r->detail == DETAIL_SCHEMA && !differ_renames_schema(d, r))
        return SLICE_NONE;
    was.schema = name.schema;
    was.name = name.name;
    return definition_key(d, &was);
}

/* The n-th object of one key is called "key n", so that names stay unique. */
static struct slice
number_key(struct differ *d, struct map *seen, struct slice key)
{
    uintptr_t n = (uintptr_t)map_get(seen, key) + 1;

    map_put(seen, key, (void *)n);
    return n == 1 ? key
                  : slice_format(&d->s->arena, "%.*s\1%zu", SLICE_ARG(key), (size_t)n);
}

/* Where an old object is once its table is where the new side has it: what stands on a
 * table, or is a sequence of one of its columns, moves with it. */
static struct definition
followed(const struct differ *d, const struct definition *r)
{
    struct definition now = *r;
    bool is_owned = r->detail == DETAIL_SEQUENCE
                    && !slice_is_none(r->u.sequence->owner_table);
    const struct table_pair *p = NULL;

    if (!slice_is_none(r->table))
        p = pair_of_old_table(d, r->schema, r->table);
    else if (is_owned && same_text(r->schema, r->u.sequence->owner_schema))
        p = pair_of_old_table(d, r->schema, r->u.sequence->owner_table);
    if (p == NULL)
        return now;
    now.schema = p->new->schema;
    if (!slice_is_none(r->table))
        now.table = p->new->name;
    return now;
}

/* It stands on a table or a view that is gone. */
static bool
goes_with_table(const struct differ *d, const struct definition *r)
{
    if (r->detail == DETAIL_STATISTICS)
        return pair_of_old_table(d, r->u.statistics->table_schema, r->u.statistics->table)
               == NULL;
    if (slice_is_none(r->table))
        return false;
    if (catalog_find_table(d->from, r->schema, r->table) != NULL)
        return pair_of_old_table(d, r->schema, r->table) == NULL;
    return catalog_find_view(d->from, r->schema, r->table) != NULL
           && catalog_find_view(d->to, r->schema, r->table) == NULL;
}

struct definition_side {
    const struct catalog *catalog;
    bool is_old;
    struct nameds texts; /* key with text */
    struct nameds names; /* key alone; those without a name have only their text */
};

/* What is compared. */
static struct slice
normal_of(const struct differ *d, const struct definition *r)
{
    return d->forms == NULL ? r->normal : d->forms->definition(d->new_world, r)->normal;
}

static void
name_definitions(struct differ *d, struct definition_side *side)
{
    struct arena *a = &d->s->arena;
    struct map texts;
    struct map names;

    map_init(&texts, a);
    map_init(&names, a);
    VEC_EACH (i, &side->catalog->definitions) {
        const struct definition *r = side->catalog->definitions.items[i];
        const struct definition now = side->is_old ? followed(d, r) : *r;
        struct slice key = definition_key(d, &now);
        struct slice text =
            slice_format(a, "%.*s\1%.*s", SLICE_ARG(key), SLICE_ARG(normal_of(d, r)));

        text = number_key(d, &texts, text);
        VEC_PUSH(a, &side->texts.all, ((struct named){ text, SLICE_NONE }));
        VEC_PUSH(a, &side->names.all,
                 ((struct named){ slice_is_none(r->name) ? text : key, old_key(d, r) }));
    }
}

/* Names of those that have no partner yet; the matched ones get a name that no other
 * side has. */
static void
number_unmatched(struct differ *d, struct nameds *names, const size_t *partner,
                 const char *taken)
{
    struct map seen;

    map_init(&seen, &d->s->arena);
    VEC_EACH (i, &names->all) {
        struct named *n = &names->all.items[i];

        if (partner[i] == MATCH_NONE)
            n->name = number_key(d, &seen, n->name);
        else
            n->name = slice_format(&d->s->arena, "\1%s %zu", taken, i);
    }
}

static bool
is_renamed(const struct differ *d, const struct definition *old,
           const struct definition *new)
{
    return !slice_is_none(new->name) && slice_is_none(new->table)
           && (!slice_equal(old->name, new->name)
               || !same_text(followed(d, old).schema, new->schema));
}

/* Columns and other types are compared as if they had said the new name. */
static void
register_rename(struct differ *d, const struct definition *old,
                const struct definition *new)
{
    if (!is_renamed(d, old, new)
        || !(slice_is(new->kind, "domain") || slice_is(new->kind, "type")))
        return;
    differ_add_type(d, old->schema, old->name, new->schema, new->name);
    if (old->detail == DETAIL_RANGE && new->detail == DETAIL_RANGE)
        differ_add_type(d, old->schema, definition_multirange(&d->s->arena, old),
                        new->schema, definition_multirange(&d->s->arena, new));
}

void
match_definitions(struct differ *d)
{
    struct definition_side old = { .catalog = d->from, .is_old = true };
    struct definition_side new = { .catalog = d->to };
    struct matching same;

    name_definitions(d, &old);
    name_definitions(d, &new);
    match_names(&d->s->arena, &old.texts, &new.texts, &same);
    number_unmatched(d, &old.names, same.new_of_old, "old");
    number_unmatched(d, &new.names, same.old_of_new, "new");
    match_names(&d->s->arena, &old.names, &new.names, &d->definitions);
    VEC_EACH (i, &d->to->definitions) {
        size_t at = d->definitions.old_of_new[i];

        if (at != MATCH_NONE)
            register_rename(d, d->from->definitions.items[at],
                            d->to->definitions.items[i]);
        if (same.old_of_new[i] != MATCH_NONE) {
            d->definitions.old_of_new[i] = same.old_of_new[i];
            d->definitions.new_of_old[same.old_of_new[i]] = i;
        }
    }
}

static void
add_definition_change(struct differ *d, enum change_kind kind,
                      const struct definition *old, const struct definition *new)
{
    add_change(d, kind, (struct change_side){ .definition = old },
               (struct change_side){ .definition = new });
}

static bool
same_comment(const struct differ *d, const struct definition *old,
             const struct definition *new)
{
    return same_text(old->comment, new->comment)
           || (d->forms != NULL && d->forms->same_comment(old, new));
}

/* What goes before its table gets another name or place: it is told where it is. */
static bool
goes_first(const struct definition *r)
{
    return r->detail == DETAIL_TRIGGER || r->detail == DETAIL_POLICY
           || r->detail == DETAIL_RULE;
}

/* Which version of an extension is there is the server's affair until one is declared. */
static const struct definition *
as_far_as_declared(const struct differ *d, const struct definition *old,
                   const struct definition *new)
{
    struct definition *out;
    struct extension *e;

    if (old->detail != DETAIL_EXTENSION || new->detail != DETAIL_EXTENSION
        || slice_is_none(old->u.extension->version)
        || !slice_is_none(new->u.extension->version))
        return old;
    out = arena_copy(&d->s->arena, old, sizeof *out);
    e = arena_copy(&d->s->arena, old->u.extension, sizeof *e);
    e->version = SLICE_NONE;
    out->u.extension = e;
    definition_spell(&d->s->arena, out, &sql_style_canonical);
    return out;
}

static void
diff_matched(struct differ *d, const struct definition *old, const struct definition *new)
{
    const struct definition *renamed = differ_rename_definition(d, old, new);

    if (is_renamed(d, old, new))
        add_definition_change(d, CHANGE_RENAME_DEFINITION, old, new);
    if (!slice_equal(normal_of(d, as_far_as_declared(d, renamed, new)),
                     normal_of(d, new)))
        add_definition_change(d, CHANGE_REPLACE_DEFINITION,
                              goes_first(old) ? old : renamed, new);
    if (!same_comment(d, old, new))
        add_definition_change(d, CHANGE_OBJECT_COMMENT, renamed, new);
}

void
diff_definitions(struct differ *d)
{
    VEC_EACH (i, &d->to->definitions) {
        size_t at = d->definitions.old_of_new[i];
        const struct definition *new = d->to->definitions.items[i];

        if (at == MATCH_NONE || goes_with_table(d, d->from->definitions.items[at]))
            add_definition_change(d, CHANGE_CREATE_DEFINITION, NULL, new);
        else
            diff_matched(d, d->from->definitions.items[at], new);
    }
    VEC_EACH (i, &d->from->definitions) {
        const struct definition *old = d->from->definitions.items[i];

        if (d->definitions.new_of_old[i] == MATCH_NONE && !goes_with_table(d, old))
            add_definition_change(d, CHANGE_DROP_DEFINITION, old, NULL);
    }
}
