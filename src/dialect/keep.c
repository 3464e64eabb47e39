/*
 * Which side tables a change takes, what they are called and what they hold.
 */
#include "dialect/keep.h"

#include <string.h>

#include "model/naming.h"

#define KEY_SUFFIX "_pkey"

/* ---- which columns ---- */

const struct column *
keep_newer_column(const struct keep_side *side, const struct column *older)
{
    const struct column *same;

    if (side->newer == NULL)
        return NULL;
    same = table_find_column(side->newer, older->name); /* nearly always */
    if (same != NULL && diff_old_column(side->older, side->newer, same) == older)
        return same;
    VEC_EACH (i, &side->newer->columns) {
        const struct column *c = side->newer->columns.items[i];

        if (diff_old_column(side->older, side->newer, c) == older)
            return c;
    }
    return NULL;
}

/* A table that is set aside is known by the one that takes its name: that has its key,
 * and the side table is called after it. */
static const struct table *
known_as(const struct table *t)
{
    return t->successor == NULL ? t : t->successor;
}

/* On the way back to a table that was divided by the column: it could not be parked. */
static bool
divided_rows(const struct table *t, const struct column *c)
{
    return t->successor != NULL && table_is_divided_by(t->successor, c->name);
}

/* A generated column is worked out again from the others. */
static void
find_columns(struct session *s, const struct keep_rules *rules,
             const struct changes *changes, struct keep_side *side)
{
    VEC_EACH (i, &side->older->columns) {
        struct keep_column c = { .older = side->older->columns.items[i],
                                 .now = SLICE_NONE };

        c.newer = keep_newer_column(side, c.older);
        if (c.older->generated != NULL || divided_rows(side->older, c.older)
            || (c.newer != NULL && c.newer->generated == NULL
                && !rules->is_rewritten(&s->arena, changes, &c, side)))
            continue;
        if (c.newer != NULL && c.newer->generated != NULL)
            c.newer = NULL; /* what it becomes says nothing of it */
        if (c.newer != NULL)
            c.now = slice_format(&s->arena, "schemac_now_%zu", side->columns.count + 1);
        VEC_PUSH(&s->arena, &side->columns, c);
    }
}

/* ---- the key ---- */

static bool
survives(const struct keep_side *side, const struct column *c)
{
    const struct column *newer = keep_newer_column(side, c);

    return newer != NULL && keep_find_column(side, c) == NULL
           && type_equal(&c->type, &newer->type);
}

static bool
is_key(const struct keep_rules *rules, const struct keep_side *side,
       const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all) {
        const struct column *c =
            keys->all.items[i].expr != NULL
                ? NULL
                : table_find_column(side->older, keys->all.items[i].column);

        if (c == NULL || !survives(side, c) || !rules->is_never_null(side->older, c))
            return false;
    }
    return keys->all.count > 0;
}

static bool
take_key(struct session *s, const struct keep_rules *rules, struct keep_side *side,
         const struct index_keys *keys)
{
    if (!is_key(rules, side, keys))
        return false;
    VEC_EACH (i, &keys->all)
        VEC_PUSH(&s->arena, &side->keys,
                 table_find_column(side->older, keys->all.items[i].column));
    return true;
}

/* The primary key, else another that no row is without. */
static bool
find_key(struct session *s, const struct keep_rules *rules, const struct catalog *older,
         struct keep_side *side)
{
    const struct table *t = known_as(side->older);

    if (t->primary_key != NULL && take_key(s, rules, side, &t->primary_key->keys))
        return true;
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->kind == CONSTRAINT_UNIQUE
            && take_key(s, rules, side, &t->constraints.items[i]->keys))
            return true;
    VEC_EACH (i, &older->indexes) {
        const struct index *x = older->indexes.items[i];

        if (x->table == t && x->unique && x->where == NULL
            && take_key(s, rules, side, &x->keys))
            return true;
    }
    side->obstacle = t->primary_key == NULL ? "no key tells its rows apart"
                                            : "its key changes in the same version";
    return false;
}

/* ---- names ---- */

static struct slice
key_of(struct session *s, const struct table *t)
{
    return catalog_key(&s->arena, t->schema, t->name);
}

static bool
is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* schemac_kept_1_1_0_orders; two that are alike get a number. */
static void
name_side(struct session *s, const struct keep_request *r, struct map *taken,
          struct keep_side *side)
{
    struct slice version = r == NULL ? SLICE("") : r->version;
    const struct table *known = known_as(side->older);
    struct text t;
    struct slice name;

    text_init(&t, &s->arena);
    text_addz(&t, KEEP_PREFIX);
    for (size_t i = 0; i < version.len; i++)
        text_addc(&t, is_plain(version.ptr[i]) ? version.ptr[i] : '_');
    if (version.len > 0)
        text_addc(&t, '_');
    if (!slice_is_none(known->schema) && known->schema.len > 0)
        text_addf(&t, "%.*s_", SLICE_ARG(known->schema));
    text_add(&t, known->name);
    name = naming_clip(text_slice(&t), IDENTIFIER_BYTES_MAX);
    for (size_t n = 2; map_has(taken, slice_lower(&s->arena, name)); n++) {
        struct slice number = slice_format(&s->arena, "_%zu", n);
        struct slice stem =
            naming_clip(text_slice(&t), IDENTIFIER_BYTES_MAX - number.len);

        name = slice_format(&s->arena, "%.*s%.*s", SLICE_ARG(stem), SLICE_ARG(number));
    }
    map_put(taken, slice_lower(&s->arena, name), side);
    side->name = name;
}

/* ---- all of them ---- */

static bool
is_asked_for(const struct keep_request *r, const struct keep_side *side)
{
    return r != NULL && side->obstacle == NULL
           && (r->parked == NULL || map_has(r->parked, side->name));
}

static void
find_side(struct keep_sides *out, const struct keep_rules *rules,
          const struct catalog *older, const struct changes *changes,
          const struct table *t, const struct table *newer, struct map *taken)
{
    struct session *s = out->s;
    struct keep_side *side = ARENA_NEW(&s->arena, struct keep_side);

    *side = (struct keep_side){ .older = t, .newer = newer };
    find_columns(s, rules, changes, side);
    if (newer != NULL && side->columns.count == 0)
        return;
    side->obstacle = rules->obstacle(older, side);
    if (side->obstacle == NULL && newer != NULL)
        (void)find_key(s, rules, older, side);
    name_side(s, out->request, taken, side);
    side->is_there = is_asked_for(out->request, side);
    VEC_PUSH(&s->arena, &out->all, side);
    map_put(&out->by_table, catalog_key(&s->arena, t->schema, t->name), side);
}

/* A CHECK that is what the engine has of a type: other values of an enum. */
static bool
rules_column(const struct keep_side *side, const struct constraint *k)
{
    for (size_t i = 0; k->check != NULL && i < side->columns.count; i++)
        if (expr_mentions_column(k->check, side->columns.items[i].older->name))
            return true;
    return false;
}

/* Does `c` take values of the table away, or give it them back? */
static bool
moves_values(const struct keep_side *side, const struct change *c,
             const struct change_side *older)
{
    if (c->kind == CHANGE_DROP_TABLE || c->kind == CHANGE_CREATE_TABLE)
        return true;
    if (older->constraint != NULL)
        return rules_column(side, older->constraint);
    return older->column != NULL && c->kind != CHANGE_COLUMN_COMMENT
           && keep_find_column(side, older->column) != NULL;
}

static void
find_occasions(struct keep_sides *sides, const struct changes *changes, bool down)
{
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];
        const struct change_side *older = down ? &c->new : &c->old;
        struct keep_side *side;

        if (older->table == NULL)
            continue;
        side = map_get(&sides->by_table, catalog_key(&sides->s->arena,
                                                     older->table->schema,
                                                     older->table->name));
        if (side != NULL && moves_values(side, c, older))
            VEC_PUSH(&sides->s->arena, &side->occasions.all, c);
    }
}

void
keep_find(struct session *s, const struct keep_rules *rules,
          const struct keep_request *request, const struct catalog *older,
          const struct changes *changes, bool down, struct keep_sides *out)
{
    struct map taken;
    struct map successors;

    *out = (struct keep_sides){ .s = s, .request = request };
    map_init(&out->by_table, &s->arena);
    map_init(&taken, &s->arena);
    map_init(&successors, &s->arena);
    VEC_EACH (i, &older->tables)
        if (older->tables.items[i]->successor != NULL)
            map_put(&successors, key_of(s, older->tables.items[i]->successor), NULL);
    VEC_EACH (i, &older->tables) {
        const struct table *t = older->tables.items[i];

        if (map_has(&successors, key_of(s, t)))
            continue; /* its rows come from the one that was set aside */
        find_side(out, rules, older, changes, t,
                  down ? diff_old_table(changes, t) : diff_new_table(changes, t), &taken);
    }
    find_occasions(out, changes, down);
}

const struct keep_side *
keep_of_table(const struct keep_sides *all, const struct table *older)
{
    return map_get(&all->by_table,
                   catalog_key(&all->s->arena, older->schema, older->name));
}

const struct keep_side *
keep_of_column(const struct keep_sides *all, const struct table *older,
               const struct column *c)
{
    const struct keep_side *side = keep_of_table(all, older);

    return side != NULL && side->is_there && keep_find_column(side, c) != NULL ? side
                                                                               : NULL;
}

const struct keep_column *
keep_find_column(const struct keep_side *side, const struct column *older)
{
    VEC_EACH (i, &side->columns)
        if (side->columns.items[i].older == older)
            return &side->columns.items[i];
    return NULL;
}

const struct column *
keep_counter(const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->identity != IDENTITY_NONE)
            return t->columns.items[i];
    return NULL;
}

/* ---- words ---- */

bool
keep_is_missing(const struct keep_side *side, const struct keep_column *c)
{
    const struct column *newer = c->newer;

    if (newer == NULL && side->newer != NULL)
        newer = table_find_gone(side->newer, c->older->name);
    return newer == NULL || newer->back == NULL || newer->back->span.source == 0;
}

/* "t.c, t.d"; those that are declared to come back by @back are left out where `lost`. */
static size_t
add_columns(const struct keep_side *side, bool lost, struct text *out)
{
    size_t count = 0;

    VEC_EACH (i, &side->columns) {
        const struct keep_column *c = &side->columns.items[i];

        if (lost && !keep_is_missing(side, c))
            continue;
        text_addf(out, "%s%.*s.%.*s", count++ > 0 ? ", " : "",
                  SLICE_ARG(side->older->name), SLICE_ARG(c->older->name));
    }
    return count;
}

struct slice
keep_what(struct arena *a, const struct keep_side *side)
{
    struct text out;

    if (side->newer == NULL)
        return slice_format(a, "table %.*s", SLICE_ARG(side->older->name));
    text_init(&out, a);
    text_addz(&out, side->columns.count > 1 ? "columns " : "column ");
    (void)add_columns(side, false, &out);
    return text_slice(&out);
}

void
keep_tell_missing(struct arena *a, const struct keep_side *side, struct slice stake,
                  struct actions *out)
{
    struct text t;

    text_init(&t, a);
    if (side->newer == NULL)
        text_addf(&t, "the rows of %.*s", SLICE_ARG(side->older->name));
    else
        text_addz(&t, "the values of ");
    if (side->newer == NULL || add_columns(side, true, &t) > 0)
        VEC_PUSH(a, &out->missing, ((struct not_returned){ text_slice(&t), stake }));
}

/* ---- as a table ---- */

/* No default, no rule: it takes what was there. */
static void
add_value(struct session *s, struct table *t, const struct column *from,
          struct slice name, bool is_member_of_key)
{
    struct column *c = ARENA_NEW(&s->arena, struct column);

    *c = (struct column){
        .name = name,
        .was = SLICE_NONE,
        .not_null_name = SLICE_NONE,
        .not_null_on_conflict = SLICE_NONE,
        .storage = SLICE_NONE,
        .compression = SLICE_NONE,
        .options = SLICE(""),
        .comment = SLICE(""),
        .collation = SLICE_NONE,
        .only = SLICE_NONE,
        .type_override_dialect = SLICE_NONE,
        .c_type = SLICE_NONE,
        .c_name = SLICE_NONE,
        .is_local = true,
        .not_null = is_member_of_key,
        .number = t->columns.count,
    };
    if (from != NULL) {
        c->type = from->type;
        c->has_type = from->has_type;
        c->collation = from->collation;
    } else {
        c->type = (struct type){ .kind = TYPE_TEXT };
        c->has_type = true;
    }
    VEC_PUSH(&s->arena, &t->columns, c);
    map_put(&t->column_names, c->name, c);
}

static void
add_key(struct session *s, const struct keep_side *side, struct table *t)
{
    struct constraint *k = ARENA_NEW(&s->arena, struct constraint);
    struct slice stem =
        naming_clip(side->name, IDENTIFIER_BYTES_MAX - strlen(KEY_SUFFIX));

    *k = (struct constraint){
        .kind = CONSTRAINT_PRIMARY_KEY,
        .name = slice_format(&s->arena, "%.*s%s", SLICE_ARG(stem), KEY_SUFFIX),
        .name_is_derived = true,
        .was = SLICE_NONE,
        .ref_schema = SLICE_NONE,
        .ref_table = SLICE_NONE,
        .method = SLICE_NONE,
        .on_conflict = SLICE_NONE,
        .options = SLICE(""),
        .tablespace = SLICE_NONE,
        .comment = SLICE(""),
        .only = SLICE_NONE,
        .is_local = true,
    };
    VEC_EACH (i, &side->keys)
        VEC_PUSH(&s->arena, &k->keys.all,
                 ((struct index_key){ .column = side->keys.items[i]->name,
                                      .collation = SLICE_NONE,
                                      .opclass = SLICE_NONE }));
    VEC_PUSH(&s->arena, &t->constraints, k);
    t->primary_key = k;
}

struct table *
keep_as_table(struct session *s, const struct keep_side *side)
{
    struct table *t = ARENA_NEW(&s->arena, struct table);

    *t = (struct table){
        .schema = SLICE_NONE,
        .name = side->name,
        .was = SLICE_NONE,
        .strict = side->older->strict,
        .options = SLICE(""),
        .of_type = { SLICE_NONE, SLICE_NONE },
        .tablespace = SLICE_NONE,
        .method = SLICE_NONE,
        .replica_identity = SLICE_NONE,
        .replica_index = SLICE_NONE,
        .clustered_on = SLICE_NONE,
        .row_security_only = SLICE_NONE,
        .comment = SLICE(""),
        .c_name = SLICE_NONE,
        .only = SLICE_NONE,
    };
    map_init(&t->column_names, &s->arena);
    VEC_EACH (i, &side->keys)
        add_value(s, t, side->keys.items[i], side->keys.items[i]->name, true);
    VEC_EACH (i, &side->columns)
        add_value(s, t, side->columns.items[i].older, side->columns.items[i].older->name,
                  false);
    VEC_EACH (i, &side->columns)
        if (!slice_is_none(side->columns.items[i].now))
            add_value(s, t, NULL, side->columns.items[i].now, false);
    if (side->keys.count > 0)
        add_key(s, side, t);
    return t;
}
