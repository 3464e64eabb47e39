/*
 * Parents and partitions of tables that stay, and how relations are kept: options,
 * places, the flags of row security.
 *
 * A table leaves its parents first and joins new ones last, when its own columns and
 * constraints are what a child's must be.
 */
#include "dialect/postgres/alter.h"

/* ---- parents ---- */

/* The tie of `t` to its parent number `i`, cut or made. */
static struct slice
tie_text(struct alter *a, const struct table *t, size_t i, bool make)
{
    const struct relation_name *parent = &t->parents.all.items[i];
    struct slice own = alter_name(a, t->schema, t->name);
    struct slice other = alter_name(a, parent->schema, parent->name);

    if (t->bound != NULL && !make)
        return slice_format(&a->s->arena, "ALTER TABLE %.*s DETACH PARTITION %.*s",
                            SLICE_ARG(other), SLICE_ARG(own));
    return slice_format(&a->s->arena, "ALTER TABLE %.*s %sINHERIT %.*s", SLICE_ARG(own),
                        make ? "" : "NO ", SLICE_ARG(other));
}

static void
cut_ties(struct alter *a, const struct change *c)
{
    const struct table *old = c->old.table;
    struct action *to = alter_action(a, PHASE_CLEAR, alter_detach_order(a, old), c);

    alter_require_unreferred(a, to, old);
    VEC_EACH (i, &old->parents.all)
        alter_sql(a, to, tie_text(a, old, i, false));
    online_tell_why_at_once(a, to, old);
}

void
alter_parents(struct alter *a, const struct change *c)
{
    const struct table *old = c->old.table;
    const struct table *new = c->new.table;
    struct action *to;

    if (old->parents.all.count > 0 && !online_detach(a, c))
        cut_ties(a, c);
    if (new->parents.all.count == 0 || online_attach(a, c))
        return;
    to = alter_action(a, PHASE_INDEX, INDEX_ATTACH, c);
    to->scans = new->bound != NULL;
    if (new->bound != NULL)
        alter_require_part(a, to, c);
    VEC_EACH (i, &new->parents.all)
        alter_sql(a, to,
                  new->bound != NULL ? postgres_attach(a->s, new)
                                     : tie_text(a, new, i, true));
}

/* Parents, by catalog_key, that get a partition: an old one must not be in its way. */
void
alter_find_growing_parents(struct alter *a)
{
    map_init(&a->growing, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct table *t = c->new.table;

        if ((c->kind == CHANGE_CREATE_TABLE || c->kind == CHANGE_TABLE_PARENTS)
            && t->bound != NULL)
            map_put(&a->growing,
                    catalog_key(&a->s->arena, t->parents.all.items[0].schema,
                                t->parents.all.items[0].name),
                    NULL);
    }
}

static bool
is_in_growing_whole(const struct alter *a, const struct table *t)
{
    return map_has(&a->growing, catalog_key(&a->s->arena, t->parents.all.items[0].schema,
                                            t->parents.all.items[0].name));
}

/* That stays: one that goes takes its partitions along. */
static bool
is_in_referred_whole(const struct alter *a, const struct table *t)
{
    const struct table *whole = catalog_whole_of(a->r->from, t);

    return whole != NULL && diff_new_table(a->r->changes, whole) != NULL
           && alter_is_referred_to(a, t);
}

void
alter_detach_dropped(struct alter *a, const struct change *c)
{
    const struct table *t = c->old.table;
    bool is_referred = is_in_referred_whole(a, t);
    struct action *to;

    if (t->bound == NULL || !(is_referred || is_in_growing_whole(a, t))
        || online_detach(a, c))
        return;
    to = alter_action(a, PHASE_CLEAR, alter_detach_order(a, t), c);
    alter_require_unreferred(a, to, t);
    alter_sql(a, to, tie_text(a, t, 0, false));
    alter_reason(a, to,
                 is_referred ? "Foreign keys to the whole stand on it, too, and the "
                               "server drops no table under them."
                             : "Its values may be those of a new partition.");
    online_tell_why_at_once(a, to, t);
}

/* ---- options ---- */

static bool
same_word(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || slice_equal(a, b));
}

/* "fillfactor" of "fillfactor = 70, …" */
static struct slice
option_names(struct alter *a, struct slice options)
{
    struct text out;
    bool value = false;

    text_init(&out, &a->s->arena);
    for (size_t i = 0; i < options.len; i++) {
        char ch = options.ptr[i];

        value = ch == ',' ? false : value || ch == '=';
        if (!value)
            text_addc(&out, ch);
    }
    return text_slice(&out);
}

static void
set_options(struct alter *a, const struct change *c, struct action *to)
{
    struct slice name = alter_name(a, c->new.table->schema, c->new.table->name);
    struct slice gone = option_names(a, c->old.table->options);

    if (same_word(c->old.table->options, c->new.table->options))
        return;
    if (gone.len > 0)
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s RESET (%.*s)",
                               SLICE_ARG(name), SLICE_ARG(gone)));
    if (c->new.table->options.len > 0)
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s SET (%.*s)",
                               SLICE_ARG(name), SLICE_ARG(c->new.table->options)));
}

/* ALTER TABLE t words value. */
static void
set_word(struct alter *a, struct action *to, const struct table *t, const char *words,
         struct slice value)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, words);
    if (!slice_is_none(value))
        sqlw_ident(&st.w, value);
    alter_sql(a, to, postgres_end(&st));
}

static void
set_places(struct alter *a, struct action *to, const struct table *old,
           const struct table *new)
{
    if (!same_word(old->tablespace, new->tablespace)) {
        set_word(a, to, new, "SET TABLESPACE",
                 slice_is_none(new->tablespace) ? SLICE("pg_default") : new->tablespace);
        to->rewrites = true;
    }
    if (!same_word(old->method, new->method)) {
        set_word(a, to, new, "SET ACCESS METHOD",
                 slice_is_none(new->method) ? SLICE("heap") : new->method);
        to->rewrites = true;
    }
    if (old->row_security != new->row_security)
        set_word(a, to, new,
                 new->row_security ? "ENABLE ROW LEVEL SECURITY"
                                   : "DISABLE ROW LEVEL SECURITY",
                 SLICE_NONE);
    if (old->force_row_security != new->force_row_security)
        set_word(a, to, new,
                 new->force_row_security ? "FORCE ROW LEVEL SECURITY"
                                         : "NO FORCE ROW LEVEL SECURITY",
                 SLICE_NONE);
}

/* What names an index comes when all indexes are there. */
static void
set_index_choices(struct alter *a, const struct change *c)
{
    const struct table *old = c->old.table;
    const struct table *new = c->new.table;
    struct action *to;

    if (same_word(old->clustered_on, new->clustered_on)
        && same_word(old->replica_identity, new->replica_identity)
        && same_word(old->replica_index, new->replica_index))
        return;
    to = alter_action(a, PHASE_RESTORE, 0, c);
    if (online_is_in_use(a, new))
        online_settle(to, SETTLE_CHOICES);
    if (slice_is_none(new->clustered_on) && !slice_is_none(old->clustered_on))
        set_word(a, to, new, "SET WITHOUT CLUSTER", SLICE_NONE);
    if (slice_is_none(new->replica_identity) && !slice_is_none(old->replica_identity))
        set_word(a, to, new, "REPLICA IDENTITY DEFAULT", SLICE_NONE);
    postgres_add_index_choices(a->s, new, to);
}

/* An index that is made anew is chosen anew; a choice that changes is a change itself. */
void
alter_choose_index(struct alter *a, const struct change *c)
{
    const struct index *x = c->new.index;
    const struct table *new = x->table;
    const struct table *old = diff_old_table(a->r->changes, new);
    struct action *to;

    if (old == NULL || !same_word(old->clustered_on, new->clustered_on)
        || !same_word(old->replica_identity, new->replica_identity)
        || !same_word(old->replica_index, new->replica_index)
        || (!same_word(x->name, new->clustered_on)
            && !same_word(x->name, new->replica_index)))
        return;
    to = alter_action(a, PHASE_RESTORE, 0, c);
    if (online_is_in_use(a, new))
        online_settle(to, SETTLE_CHOICES);
    postgres_add_index_choices(a->s, new, to);
    alter_reason(a, to, "The table forgets it with the old index.");
}

static bool
is_index_choice_only(const struct table *old, const struct table *new)
{
    return same_word(old->options, new->options)
           && same_word(old->tablespace, new->tablespace)
           && same_word(old->method, new->method) && old->unlogged == new->unlogged
           && old->row_security == new->row_security
           && old->force_row_security == new->force_row_security;
}

void
alter_options(struct alter *a, const struct change *c)
{
    struct postgres_statement st;
    struct action *to;

    set_index_choices(a, c);
    if (is_index_choice_only(c->old.table, c->new.table))
        return;
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    set_options(a, c, to);
    set_places(a, to, c->old.table, c->new.table);
    if (c->old.table->unlogged == c->new.table->unlogged)
        return;
    postgres_begin_alter(a->s, &st, c->new.table,
                         c->new.table->unlogged ? "SET UNLOGGED" : "SET LOGGED");
    alter_sql(a, to, postgres_end(&st));
    to->rewrites = true;
}

/* ---- columns ---- */

static void
set_column(struct alter *a, struct action *to, const struct change *c, const char *words,
           struct slice value)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "ALTER TABLE ONLY");
    sqlw_qualified(&st.w, c->new.table->schema, c->new.table->name);
    sqlw_kw(&st.w, "ALTER COLUMN");
    sqlw_ident(&st.w, c->new.column->name);
    sqlw_kw(&st.w, words);
    sqlw_raw(&st.w, value);
    alter_sql(a, to, postgres_end(&st));
}

/* What a type's values are stored like where nobody says otherwise. */
static struct slice
usual_storage(const struct type *t)
{
    switch (type_family(t)) {
    case FAMILY_NUMBER:
        return t->kind == TYPE_DECIMAL ? SLICE("main") : SLICE("plain");
    case FAMILY_BOOLEAN:
    case FAMILY_TIME:
    case FAMILY_UUID:
        return SLICE("plain");
    case FAMILY_TEXT:
    case FAMILY_BYTES:
    case FAMILY_OTHER:
    case FAMILY_NAMED:
        return SLICE("extended");
    }
    return SLICE("extended");
}

static void
set_column_options(struct alter *a, struct action *to, const struct change *c)
{
    struct slice gone = option_names(a, c->old.column->options);

    if (same_word(c->old.column->options, c->new.column->options))
        return;
    if (gone.len > 0)
        set_column(a, to, c, "RESET",
                   slice_format(&a->s->arena, "(%.*s)", SLICE_ARG(gone)));
    if (c->new.column->options.len > 0)
        set_column(
            a, to, c, "SET",
            slice_format(&a->s->arena, "(%.*s)", SLICE_ARG(c->new.column->options)));
}

void
alter_column_storage(struct alter *a, const struct change *c)
{
    const struct column *old = c->old.column;
    const struct column *new = c->new.column;
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);

    if (!same_word(old->storage, new->storage))
        set_column(a, to, c, "SET STORAGE",
                   slice_is_none(new->storage) ? usual_storage(&new->type)
                                               : new->storage);
    if (!same_word(old->compression, new->compression))
        set_column(a, to, c, "SET COMPRESSION",
                   slice_is_none(new->compression) ? SLICE("default") : new->compression);
    if (old->has_statistics != new->has_statistics || old->statistics != new->statistics)
        set_column(a, to, c, "SET STATISTICS",
                   slice_format(&a->s->arena, "%lld",
                                new->has_statistics ? (long long)new->statistics : -1LL));
    set_column_options(a, to, c);
}

/* ---- indexes ---- */

void
alter_index_options(struct alter *a, const struct change *c)
{
    const struct index *old = c->old.index;
    const struct index *new = c->new.index;
    struct action *to = alter_action(a, PHASE_INDEX, INDEX_ATTACH, c);
    struct slice name = alter_name(a, new->table->schema, new->name);
    struct slice place =
        slice_is_none(new->tablespace) ? SLICE("pg_default") : new->tablespace;

    if (!same_word(old->tablespace, new->tablespace)) {
        place = alter_ident(a, place);
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER INDEX %.*s SET TABLESPACE %.*s",
                               SLICE_ARG(name), SLICE_ARG(place)));
    }
    VEC_EACH (i, &new->keys.all)
        if (old->keys.all.items[i].has_statistics
            && !new->keys.all.items[i].has_statistics)
            alter_sql(a, to,
                      slice_format(&a->s->arena,
                                   "ALTER INDEX %.*s ALTER COLUMN %zu SET STATISTICS -1",
                                   SLICE_ARG(name), i + 1));
    postgres_add_index_settings(a->s, new, to);
}
