/*
 * Names that types and relations hand on to each other: each table and view has a type
 * for its rows, so whoever has a name is out of the way before another takes it.
 *
 *   a type that goes is set aside before all else (plan/aside.c);
 *   a table that goes is dropped late, so that data steps can read it, and steps aside
 *   for a type, which comes before that;
 *   a type that takes a name which is there is renamed behind the tables, and where its
 *   own name is taken before that, it is called otherwise meanwhile.
 */
#include "dialect/postgres/alter.h"

#include "base/sqltext.h"
#include "model/naming.h"
#include "model/retype.h"

static struct slice
key_of(const struct alter *a, struct slice schema, struct slice name)
{
    return catalog_key(&a->s->arena, schema, name);
}

static bool
is_type(const struct definition *d)
{
    return d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
           || d->detail == DETAIL_RANGE
           || (d->detail == DETAIL_NONE && slice_is(d->kind, "type"));
}

static bool
is_relation(const struct definition *d)
{
    return slice_ends(d->kind, "table") || slice_is(d->kind, "sequence")
           || d->detail == DETAIL_COMPOSITE;
}

/* ---- what is there, and what is taken ---- */

static void
note(struct alter *a, struct map *out, struct slice schema, struct slice name)
{
    map_put(out, key_of(a, schema, name), NULL);
}

static void
note_definition(struct alter *a, struct map *out, const struct definition *d)
{
    note(a, out, d->schema, d->name);
    if (d->detail == DETAIL_RANGE)
        note(a, out, d->schema, definition_multirange(&a->s->arena, d));
}

static void
note_names(struct alter *a, const struct catalog *c, struct map *out)
{
    VEC_EACH (i, &c->tables)
        note(a, out, c->tables.items[i]->schema, c->tables.items[i]->name);
    VEC_EACH (i, &c->views)
        note(a, out, c->views.items[i]->schema, c->views.items[i]->name);
    VEC_EACH (i, &c->enums)
        note(a, out, c->enums.items[i]->schema, c->enums.items[i]->name);
    VEC_EACH (i, &c->definitions)
        if (is_type(c->definitions.items[i]) || is_relation(c->definitions.items[i]))
            note_definition(a, out, c->definitions.items[i]);
}

static void
note_key(struct alter *a, const struct table *t, const struct constraint *k)
{
    if (constraint_has_index(k))
        note(a, &a->members_taken, t->schema, k->name);
}

static void
note_member(struct alter *a, const struct change *c)
{
    const struct change_side *n = &c->new;

    if (c->kind == CHANGE_ADD_CONSTRAINT || c->kind == CHANGE_RENAME_CONSTRAINT)
        note_key(a, n->table, n->constraint);
    if (c->kind == CHANGE_RENAME_INDEX) /* new ones come behind what goes */
        note(a, &a->members_taken, n->index->table->schema, n->index->name);
    for (size_t i = 0;
         c->kind == CHANGE_CREATE_TABLE && i < n->table->constraints.count; i++)
        note_key(a, n->table, n->table->constraints.items[i]);
}

static void
note_taken(struct alter *a, const struct change *c)
{
    const struct change_side *n = &c->new;
    bool renamed = c->kind == CHANGE_RENAME_DEFINITION;

    note_member(a, c);
    if (c->kind == CHANGE_CREATE_TABLE || c->kind == CHANGE_RENAME_TABLE)
        note(a, &a->relations_taken, n->table->schema, n->table->name);
    if (c->kind == CHANGE_RENAME_TABLE)
        note(a, &a->renamed_into, n->table->schema, n->table->name);
    if (c->kind == CHANGE_CREATE_ENUM || c->kind == CHANGE_RENAME_ENUM)
        note(a, &a->types_taken, n->enum_type->schema, n->enum_type->name);
    if (c->kind == CHANGE_RENAME_ENUM)
        note(a, &a->renamed_into, n->enum_type->schema, n->enum_type->name);
    if (!renamed && c->kind != CHANGE_CREATE_DEFINITION)
        return;
    if (is_type(n->definition))
        note_definition(a, &a->types_taken, n->definition);
    if (is_relation(n->definition))
        note_definition(a, &a->relations_taken, n->definition);
    if (renamed && (is_type(n->definition) || is_relation(n->definition)))
        note_definition(a, &a->renamed_into, n->definition);
}

/* One that nothing has, before or after. */
static struct slice
name_aside(struct alter *a, struct slice schema, struct slice name)
{
    struct arena *arena = &a->s->arena;
    struct slice out = SLICE_NONE;

    for (size_t n = 1;
         slice_is_none(out) || map_has(&a->all_names, key_of(a, schema, out)); n++) {
        out = n == 1 ? slice_format(arena, NAME_SET_ASIDE "%.*s", SLICE_ARG(name))
                     : slice_format(arena, NAME_SET_ASIDE "%zu_%.*s", n, SLICE_ARG(name));
        out = naming_clip(out, IDENTIFIER_BYTES_MAX);
    }
    note(a, &a->all_names, schema, out);
    return out;
}

/* ---- what steps aside ---- */

/* The step itself; NULL: the name is left to it. */
static const struct change *
step_for(struct alter *a, const struct change *c)
{
    const struct definition *d = c->old.definition;
    struct slice key;

    if (c->kind == CHANGE_DROP_TABLE)
        key = key_of(a, c->old.table->schema, c->old.table->name);
    else if (c->kind == CHANGE_DROP_DEFINITION && is_relation(d) && !is_type(d))
        key = key_of(a, d->schema, d->name);
    else
        return NULL;
    if (map_has(&a->relations_taken, key) || map_has(&a->members_taken, key))
        return c;
    return (d == NULL || slice_ends(d->kind, "table")) && map_has(&a->types_taken, key)
               ? c
               : NULL;
}

/* Sequences that somebody else drops, or takes over. */
static bool
is_left_to_another(struct alter *a, const struct definition *d)
{
    return alter_goes_with_its_owner(a, d) || alter_serial_takes(a, d)
           || online_counts_by(a, d);
}

static void
find_steps(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = step_for(a, &a->r->changes->all.items[i]);
        const struct definition *d = c == NULL ? NULL : c->old.definition;
        struct slice schema;
        struct slice name;

        if (c == NULL || (d != NULL && is_left_to_another(a, d)))
            continue;
        schema = d == NULL ? c->old.table->schema : d->schema;
        name = d == NULL ? c->old.table->name : d->name;
        name = name_aside(a, schema, name);
        map_put(&a->stepped_aside,
                key_of(a, schema, d == NULL ? c->old.table->name : d->name),
                arena_copy(&a->s->arena, &name, sizeof name));
    }
}

void
alter_find_names(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->old_names, arena);
    map_init(&a->all_names, arena);
    map_init(&a->types_taken, arena);
    map_init(&a->relations_taken, arena);
    map_init(&a->members_taken, arena);
    map_init(&a->renamed_into, arena);
    map_init(&a->stepped_aside, arena);
    VEC_EACH (i, &a->r->changes->all)
        note_taken(a, &a->r->changes->all.items[i]);
    if (a->types_taken.count + a->relations_taken.count + a->members_taken.count == 0)
        return;
    note_names(a, a->r->from, &a->old_names);
    note_names(a, a->r->from, &a->all_names);
    note_names(a, a->r->to, &a->all_names);
    find_steps(a);
}

struct slice
alter_name_then(const struct alter *a, struct slice schema, struct slice name)
{
    const struct slice *then = a->stepped_aside.count == 0
                                   ? NULL
                                   : map_get(&a->stepped_aside, key_of(a, schema, name));

    return then == NULL ? name : *then;
}

bool
alter_name_is_there(const struct alter *a, struct slice schema, struct slice name)
{
    return a->old_names.count > 0 && map_has(&a->old_names, key_of(a, schema, name));
}

bool
alter_relation_takes_name(const struct alter *a, struct slice schema, struct slice name)
{
    return a->relations_taken.count > 0
           && map_has(&a->relations_taken, key_of(a, schema, name));
}

static bool
says_name(struct slice text, struct slice name)
{
    return sqltext_says_name((struct sqltext){ .rest = text }, name);
}

static bool
is_not_said(void *context, const struct expr *e)
{
    const struct slice *name = context;

    return slice_is_none(e->text) || !slice_equal(e->text, *name);
}

/* By @from, or @back on the way down. */
static bool
value_says(const struct alter *a, struct slice name)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct column *column = a->r->down ? c->old.column : c->new.column;
        const struct expr *value =
            column == NULL ? NULL : a->r->down ? column->back : column->from;

        if (value != NULL && !expr_walk(value, is_not_said, &name))
            return true;
    }
    return false;
}

static bool
section_says(const struct alter *a, struct slice name)
{
    const struct catalog *owner = a->r->down ? a->r->from : a->r->to;
    enum section_kind kind = a->r->down ? SECTION_ROLLBACK : SECTION_MIGRATE;

    for (size_t i = 0; a->r->has_data_step && i < owner->sections.count; i++) {
        const struct section *x = owner->sections.items[i];

        for (size_t k = 0; x->kind == kind && k < x->statements.count; k++)
            if (says_name(x->statements.items[k], name))
                return true;
    }
    return false;
}

static struct action *
room_action(struct alter *a, const struct change *c, struct slice name)
{
    struct action *to = alter_action(a, PHASE_GROW, GROW_ROOM, c);

    to->title = slice_format(&a->s->arena, "make room for %.*s", SLICE_ARG(name));
    return to;
}

static void
step_aside(struct alter *a, const struct change *c)
{
    const struct definition *d = c->old.definition;
    struct slice schema = d == NULL ? c->old.table->schema : d->schema;
    struct slice name = d == NULL ? c->old.table->name : d->name;
    struct slice then = alter_name_then(a, schema, name);
    bool counts = d != NULL && slice_is(d->kind, "sequence");
    struct action *to;

    if (slice_equal(then, name))
        return;
    if (section_says(a, name) || value_says(a, name)) {
        alter_refuse(a, c,
                     "another object takes its name before a data step of the same "
                     "version says it; drop it in a version of its own");
        return;
    }
    to = room_action(a, c, name);
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER %s %.*s RENAME TO %.*s",
                           counts ? "SEQUENCE" : "TABLE",
                           SLICE_ARG(alter_name(a, schema, name)),
                           SLICE_ARG(alter_ident(a, then))));
    alter_reason(a, to,
                 "Its name is another's from now on, and it is dropped when nothing "
                 "needs it any more.");
}

static struct slice
sequence_name(struct alter *a, const struct table *t, const struct column *c)
{
    return c->numbering != NULL && !slice_is_none(c->numbering->own_name)
               ? c->numbering->own_name
               : naming_sequence(a->s, t, c);
}

static bool
is_identity(const struct column *c)
{
    return (c->identity == IDENTITY_ALWAYS || c->identity == IDENTITY_BY_DEFAULT)
           && !c->inherited;
}

/* The sequence of a column that stays, and is called otherwise from now on. */
static void
rename_sequence(struct alter *a, const struct table *old, const struct table *new,
                const struct column *c)
{
    const struct column *was = diff_old_column(old, new, c);
    struct change change = { .kind = CHANGE_COLUMN_IDENTITY,
                             .old = { .table = old, .column = was },
                             .new = { .table = new, .column = c } };
    struct slice before;
    struct slice after = sequence_name(a, new, c);
    struct slice key;
    struct action *to;

    if (was == NULL || !is_identity(was))
        return;
    before = sequence_name(a, old, was);
    key = key_of(a, old->schema, before);
    if (slice_equal(before, after)
        || (!map_has(&a->types_taken, key) && !map_has(&a->relations_taken, key)))
        return;
    to = room_action(a, &change, before);
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER SEQUENCE IF EXISTS %.*s RENAME TO %.*s",
                           SLICE_ARG(alter_name(a, old->schema, before)),
                           SLICE_ARG(alter_ident(a, after))));
}

static void
rename_sequences(struct alter *a)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *new = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, new);

        for (size_t k = 0; old != NULL && k < new->columns.count; k++)
            if (is_identity(new->columns.items[k]))
                rename_sequence(a, old, new, new->columns.items[k]);
    }
}

void
alter_step_aside(struct alter *a)
{
    if (a->types_taken.count + a->relations_taken.count > 0)
        rename_sequences(a);
    for (size_t i = 0; a->stepped_aside.count > 0 && i < a->r->changes->all.count; i++) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_DROP_TABLE || c->kind == CHANGE_DROP_DEFINITION)
            step_aside(a, c);
    }
}

bool
alter_in_names_then(const struct alter *a, struct definition *d)
{
    struct slice name = alter_name_then(a, d->schema, d->name);
    bool changed = !slice_equal(name, d->name);
    struct retyping rows;

    d->name = name;
    if (d->detail != DETAIL_ROUTINE)
        return changed;
    retyping_init(&rows, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct table *old = c->old.table;

        if (c->kind == CHANGE_RENAME_TABLE)
            retyping_add(&rows, old->schema, old->name, c->new.table->schema,
                         c->new.table->name);
        else if (c->kind == CHANGE_DROP_TABLE)
            retyping_add(&rows, old->schema, old->name, old->schema,
                         alter_name_then(a, old->schema, old->name));
    }
    return retype_definition(&rows, d) || changed;
}

/* ---- rows as types ---- */

/* Relations whose names types take. */
static void
find_rows(const struct alter *a, struct retyping *out)
{
    const struct catalog *c = a->r->from;

    retyping_init(out, &a->s->arena);
    for (size_t i = 0; a->types_taken.count > 0 && i < c->tables.count + c->views.count;
         i++) {
        const struct table *t = i < c->tables.count ? c->tables.items[i] : NULL;
        const struct view *v = t != NULL ? NULL : c->views.items[i - c->tables.count];
        struct slice schema = t != NULL ? t->schema : v->schema;
        struct slice name = t != NULL ? t->name : v->name;

        if (map_has(&a->types_taken, key_of(a, schema, name)))
            retyping_add(out, schema, name, schema, name);
    }
}

void
alter_refuse_rows_as_types(struct alter *a)
{
    struct retyping rows;

    find_rows(a, &rows);
    for (size_t i = 0; rows.names.count > 0 && i < a->r->from->definitions.count; i++) {
        const struct definition *old = a->r->from->definitions.items[i];
        struct definition d = *old;

        if (map_has(&a->changed_definitions, alter_definition_key(a, old))
            || !retype_definition(&rows, &d))
            continue;
        diag_add(&a->s->diags, D_CHANGE_IMPOSSIBLE, old->span,
                 "%.*s \"%.*s\" takes or gives rows of a table or view whose name a type "
                 "takes: drop it in a version before, or give the type another name",
                 SLICE_ARG(old->kind), SLICE_ARG(old->name));
        a->failed = true;
    }
}

/* ---- types by other names ---- */

/* A type as a rename finds or leaves it; `word`: of ALTER. */
struct type_name {
    const char *word;
    struct slice schema;
    struct slice name;
    struct slice multirange; /* none: it is no range */
};

static struct type_name
name_of(struct alter *a, const struct change_side *side)
{
    const struct definition *d = side->definition;
    struct type_name out = { .word = "TYPE" };

    if (d == NULL) {
        out.schema = side->enum_type->schema;
        out.name = side->enum_type->name;
        return out;
    }
    out.schema = d->schema;
    out.name = d->name;
    out.word = d->detail == DETAIL_DOMAIN     ? "DOMAIN"
               : d->detail == DETAIL_SEQUENCE ? "SEQUENCE"
                                              : "TYPE";
    if (d->detail == DETAIL_RANGE)
        out.multirange = definition_multirange(&a->s->arena, d);
    return out;
}

static bool
is_in(const struct alter *a, const struct map *names, const struct type_name *t)
{
    return map_has(names, key_of(a, t->schema, t->name))
           || (!slice_is_none(t->multirange)
               && map_has(names, key_of(a, t->schema, t->multirange)));
}

static void
rename_one(struct alter *a, struct action *to, const char *word, struct slice schema,
           struct slice old, struct slice new)
{
    if (!slice_equal(old, new))
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER %s %.*s RENAME TO %.*s", word,
                               SLICE_ARG(alter_name(a, schema, old)),
                               SLICE_ARG(alter_ident(a, new))));
}

static void
move_one(struct alter *a, struct action *to, const struct type_name *old,
         struct slice name, struct slice schema)
{
    if (slice_is_none(schema))
        schema = SLICE("public");
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER %s %.*s SET SCHEMA %.*s", old->word,
                           SLICE_ARG(alter_name(a, old->schema, name)),
                           SLICE_ARG(alter_ident(a, schema))));
}

/* The server leaves the type of several ranges as and where it is. */
static void
rename_type(struct alter *a, struct action *to, const struct type_name *old,
            const struct type_name *new)
{
    bool has_multirange = !slice_is_none(old->multirange);

    if (!slice_equal(old->schema, new->schema)) {
        move_one(a, to, old, old->name, new->schema);
        if (has_multirange)
            move_one(a, to, old, old->multirange, new->schema);
    }
    rename_one(a, to, old->word, new->schema, old->name, new->name);
    if (has_multirange)
        rename_one(a, to, old->word, new->schema, old->multirange, new->multirange);
}

void
alter_rename_aside(struct alter *a, struct action *to, const struct change *c)
{
    const struct type_name old = name_of(a, &c->old);
    const struct type_name new = name_of(a, &c->new);

    rename_type(a, to, &old, &new);
}

static struct type_name
set_aside(struct alter *a, const struct change *c, const struct type_name *old)
{
    struct type_name then = *old;
    struct action *to = room_action(a, c, old->name);

    then.name = name_aside(a, old->schema, old->name);
    if (!slice_is_none(old->multirange))
        then.multirange = name_aside(a, old->schema, old->multirange);
    rename_type(a, to, old, &then);
    to->lock = NULL;
    alter_reason(a, to,
                 "Its name is taken before the one that it gets is free, so that it has "
                 "another one meanwhile.");
    return then;
}

/* Its new name is free once tables have theirs. */
void
alter_rename_type(struct alter *a, const struct change *c)
{
    struct type_name old = name_of(a, &c->old);
    const struct type_name new = name_of(a, &c->new);
    bool is_late = is_in(a, &a->old_names, &new);
    struct action *to = alter_action(
        a, PHASE_GROW, is_late ? GROW_RENAME_LATE : GROW_RENAME_TYPES, c);

    if (c->old.enum_type != NULL)
        to->lock = NULL;
    if (is_late && is_in(a, &a->renamed_into, &old))
        old = set_aside(a, c, &old);
    rename_type(a, to, &old, &new);
}
