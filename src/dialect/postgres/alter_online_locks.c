/*
 * Locks on several tables that others use, taken at once and before anything else:
 * whoever holds one and waits for another can meet somebody who does so the other way
 * round.
 *
 * Of such two the server ends the one that looks for a deadlock first, deadlock_timeout
 * after it began to wait (manual, 20.12).  The other one has waited from the moment we
 * had our first lock, so we give up before: all our waiting with a lock in our hands is
 * no longer than half of that time, then the transaction is rolled back and tried again.
 *
 * What a transaction locks is read off its statements, as whoever made them knows of one
 * table each.
 */
#include "dialect/postgres/alter.h"

#include <stdlib.h>
#include <string.h>

#include "base/sqltext.h"

#define WAIT_LEAST_MS 10 /* for many tables: less would never get a lock */

struct lock {
    const struct table *old;
    bool is_access; /* ACCESS EXCLUSIVE; else SHARE ROW EXCLUSIVE */
    size_t place;   /* what is referred to comes first, as in most programs */
};

/* Of the old side. */
struct holdings {
    struct map indexes; /* catalog_key → the struct table * that it is on */
    struct map heirs;   /* catalog_key of a table → how many inherit, from 1 */
};

/* Of one transaction. */
struct locks {
    struct alter *a;
    const struct holdings *holdings;
    struct map known; /* catalog_key of an old table → its place in `all`, from 1 */
    VEC(struct lock) all;
    size_t views; /* that are dropped, which readers hold as well … */
    bool begins_with_views; /* … before the first table is locked */
    bool by_then; /* tables have their new names already */
};

/* ---- which tables ---- */

static void
list(struct locks *l, const struct table *old, bool is_access)
{
    struct slice key = catalog_key(&l->a->s->arena, old->schema, old->name);
    size_t at = (size_t)(uintptr_t)map_get(&l->known, key);
    struct lock new = {
        .old = old,
        .is_access = is_access,
        .place = order_of_table(l->a->s, &l->a->old_order, old),
    };

    if (at > 0) {
        l->all.items[at - 1].is_access |= is_access;
        return;
    }
    VEC_PUSH(&l->a->s->arena, &l->all, new);
    map_put(&l->known, key, (void *)(uintptr_t)l->all.count);
}

static const struct table *
old_of_new(const struct locks *l, struct slice schema, struct slice name)
{
    const struct table *new = catalog_find_table(l->a->r->to, schema, name);

    return new == NULL ? NULL : diff_old_table(l->a->r->changes, new);
}

/* NULL: a table that is new, or something else. */
static const struct table *
find_old(const struct locks *l, struct slice schema, struct slice name)
{
    const struct table *old = catalog_find_table(l->a->r->from, schema, name);
    const struct table *then = old_of_new(l, schema, name);

    if (l->by_then)
        return then;
    return old != NULL ? old : then;
}

/* ---- reading statements ---- */

struct reader {
    struct locks *locks;
    struct sqltext rest;
    bool is_access;
    const struct table *table; /* that the statement is about; NULL */
};

static bool
is_name(struct sqltext_token t)
{
    return t.kind == SQLTEXT_WORD || t.kind == SQLTEXT_QUOTED;
}

/* Words that may stand between TABLE, INDEX or ON and the name. */
static bool
is_filler(struct sqltext_token t)
{
    return sqltext_is_word(t, "if") || sqltext_is_word(t, "not")
           || sqltext_is_word(t, "exists") || sqltext_is_word(t, "only");
}

static bool
read_name(struct reader *r, struct slice *schema, struct slice *name)
{
    struct arena *arena = &r->locks->a->s->arena;
    struct sqltext_token t = sqltext_next_code(&r->rest);
    struct sqltext ahead;

    while (is_filler(t))
        t = sqltext_next_code(&r->rest);
    if (!is_name(t))
        return false;
    *schema = SLICE_NONE;
    *name = sqltext_name(arena, t);
    ahead = r->rest;
    if (!slice_is(sqltext_next_code(&ahead).text, "."))
        return true;
    *schema = slice_is(*name, "public") ? SLICE_NONE : *name;
    *name = sqltext_name(arena, sqltext_next_code(&ahead));
    r->rest = ahead;
    return true;
}

static const struct table *
read_table(struct reader *r, bool is_access)
{
    struct slice schema;
    struct slice name;
    const struct table *old;

    if (!read_name(r, &schema, &name))
        return NULL;
    old = find_old(r->locks, schema, name);
    if (old != NULL)
        list(r->locks, old, is_access);
    return old;
}

/* The triggers of a foreign key that goes are on both sides. */
static void
list_other_side(struct reader *r, const struct constraint *k)
{
    const struct table *other =
        catalog_find_table(r->locks->a->r->from, k->ref_schema, k->ref_table);

    if (k->kind == CONSTRAINT_FOREIGN_KEY && other != NULL)
        list(r->locks, other, true);
}

static void
list_keys_of(struct reader *r, struct slice constraint, struct slice column)
{
    for (size_t i = 0; r->table != NULL && i < r->table->constraints.count; i++) {
        const struct constraint *k = r->table->constraints.items[i];

        if ((slice_is_none(constraint) && slice_is_none(column))
            || (!slice_is_none(constraint) && slice_equal(k->name, constraint))
            || (!slice_is_none(column) && column_is_in(&k->keys, column)))
            list_other_side(r, k);
    }
}

static void
read_drop(struct reader *r)
{
    struct sqltext_token what = sqltext_next_code(&r->rest);
    struct slice schema;
    struct slice name;

    if (sqltext_is_word(what, "constraint") && read_name(r, &schema, &name))
        list_keys_of(r, name, SLICE_NONE);
    else if (sqltext_is_word(what, "column") && read_name(r, &schema, &name))
        list_keys_of(r, SLICE_NONE, name);
}

/* Behind ALTER TABLE or CREATE TABLE. */
static void
read_actions(struct reader *r)
{
    struct sqltext_token t;

    while ((t = sqltext_next_code(&r->rest)).kind != SQLTEXT_END) {
        if (sqltext_is_word(t, "references"))
            (void)read_table(r, false);
        else if (sqltext_is_word(t, "drop"))
            read_drop(r);
    }
}

/* Who ties partitions together takes care of the locks: the parent's is a weak one. */
static bool
ties_partition(struct sqltext t)
{
    struct sqltext_token token = sqltext_next_code(&t);

    return (sqltext_is_word(token, "attach") || sqltext_is_word(token, "detach"))
           && sqltext_is_word(sqltext_next_code(&t), "partition");
}

static void
read_alter_table(struct reader *r)
{
    struct reader ahead = *r;
    struct slice schema;
    struct slice name;

    if (!read_name(&ahead, &schema, &name) || ties_partition(ahead.rest))
        return;
    r->table = read_table(r, r->is_access);
    read_actions(r);
}

static void
read_drop_table(struct reader *r)
{
    r->table = read_table(r, true);
    list_keys_of(r, SLICE_NONE, SLICE_NONE);
}

static void
read_create_table(struct reader *r)
{
    struct sqltext_token t = sqltext_next_code(&r->rest);

    while (is_name(t) && !sqltext_is_word(t, "partition"))
        t = sqltext_next_code(&r->rest);
    if (sqltext_is_word(t, "partition")
        && sqltext_is_word(sqltext_next_code(&r->rest), "of"))
        (void)read_table(r, true);
    read_actions(r);
}

/* CREATE TRIGGER … ON t, DROP POLICY … ON t, CREATE INDEX … ON t. */
static void
read_behind_on(struct reader *r)
{
    struct sqltext_token t;

    while ((t = sqltext_next_code(&r->rest)).kind != SQLTEXT_END)
        if (sqltext_is_word(t, "on")) {
            (void)read_table(r, r->is_access);
            return;
        }
}

static void
read_drop_index(struct reader *r)
{
    struct slice schema;
    struct slice name;
    const struct table *t = NULL;

    if (read_name(r, &schema, &name))
        t = map_get(&r->locks->holdings->indexes,
                    catalog_key(&r->locks->a->s->arena, schema, name));
    if (t != NULL)
        list(r->locks, t, true);
}

static void
read_drop_view(struct reader *r)
{
    r->locks->views++;
}

static const struct {
    const char *words[2];
    void (*read)(struct reader *r);
} statements[] = {
    { { "alter", "table" }, read_alter_table },
    { { "drop", "table" }, read_drop_table },
    { { "create", "table" }, read_create_table },
    { { "create", "trigger" }, read_behind_on },
    { { "drop", "trigger" }, read_behind_on },
    { { "create", "policy" }, read_behind_on },
    { { "drop", "policy" }, read_behind_on },
    { { "drop", "rule" }, read_behind_on },
    { { "create", "index" }, read_behind_on },
    { { "create", "unique" }, read_behind_on },
    { { "create", "constraint" }, read_behind_on },
    { { "drop", "index" }, read_drop_index },
    { { "drop", "view" }, read_drop_view },
};

static void
read_statement(struct locks *l, struct slice sql, bool is_access)
{
    struct reader r = { .locks = l, .rest = { .rest = sql }, .is_access = is_access };
    struct sqltext_token verb = sqltext_next_code(&r.rest);
    struct sqltext_token what = sqltext_next_code(&r.rest);

    for (size_t i = 0; i < ARRAY_LEN(statements); i++)
        if (sqltext_is_word(verb, statements[i].words[0])
            && sqltext_is_word(what, statements[i].words[1]))
            statements[i].read(&r);
}

static bool
stops_writers(const struct action *to)
{
    static const char *const locks[] = { "ACCESS EXCLUSIVE", "EXCLUSIVE",
                                         "SHARE ROW EXCLUSIVE", "SHARE" };

    for (size_t i = 0; to->lock != NULL && i < ARRAY_LEN(locks); i++)
        if (strcmp(to->lock, locks[i]) == 0)
            return true;
    return false;
}

static void
read_action(struct locks *l, const struct action *to)
{
    bool is_access = to->lock != NULL && strcmp(to->lock, "ACCESS EXCLUSIVE") == 0;

    for (size_t i = 0; stops_writers(to) && i < to->sql.count; i++)
        read_statement(l, to->sql.items[i], is_access);
}

/* ---- saying it ---- */

#define SETS_WAIT "SELECT set_config('lock_timeout', "

/* The milliseconds of `waits` waits, one after the other. */
static struct slice
short_wait(struct alter *a, size_t waits)
{
    struct slice wait =
        waits < 2 ? SLICE("d.setting::integer / 2")
                  : slice_format(&a->s->arena, "greatest(d.setting::integer / %zu, %d)",
                                 2 * waits, WAIT_LEAST_MS);

    return slice_format(&a->s->arena,
                        "(SELECT least(nullif(l.setting::integer, 0), %.*s)::text FROM "
                        "pg_settings AS l, pg_settings AS d WHERE l.name = "
                        "'lock_timeout' AND d.name = 'deadlock_timeout')",
                        SLICE_ARG(wait));
}

static struct slice
wait_less(struct alter *a, size_t waits)
{
    return slice_format(&a->s->arena, SETS_WAIT "%.*s, true)",
                        SLICE_ARG(short_wait(a, waits)));
}

void
online_wait_less(struct alter *a, struct action *to)
{
    alter_sql(a, to, wait_less(a, 1));
}

static int
compare_locks(const void *left, const void *right)
{
    const struct lock *a = left;
    const struct lock *b = right;

    return a->place < b->place ? -1 : a->place > b->place;
}

/* The statement locks those that inherit as well. */
static size_t
count_heirs(const struct locks *l)
{
    size_t count = 0;

    VEC_EACH (i, &l->all) {
        const struct table *t = l->all.items[i].old;

        count += (size_t)(uintptr_t)map_get(
            &l->holdings->heirs, catalog_key(&l->a->s->arena, t->schema, t->name));
    }
    return count;
}

static void
write_table(struct locks *l, struct sqlw *w, const struct table *t)
{
    const struct table *then =
        map_get(&l->a->kept, catalog_key(&l->a->s->arena, t->schema, t->name));

    if (l->by_then && then != NULL)
        t = then;
    sqlw_qualified(w, t->schema, t->name);
}

/* 'customers IN ACCESS EXCLUSIVE MODE', 'orders IN …' */
static struct slice
write_locks(struct locks *l)
{
    struct postgres_statement st;

    postgres_begin(l->a->s, &st);
    VEC_EACH (i, &l->all) {
        const struct lock *lock = &l->all.items[i];
        struct postgres_statement one;

        postgres_begin(l->a->s, &one);
        write_table(l, &one.w, lock->old);
        sqlw_kw(&one.w, lock->is_access ? "IN ACCESS EXCLUSIVE MODE"
                                        : "IN SHARE ROW EXCLUSIVE MODE");
        if (i > 0)
            sqlw_comma(&st.w);
        sqlw_string(&st.w, postgres_end(&one));
    }
    return postgres_end(&st);
}

/*
 * Programs that write in one order are met by beginning with the table that they begin
 * with, which is found by trying: the one that could not be had is waited for next time,
 * with nothing in our hands.
 */
static struct slice
lock_all(struct locks *l, size_t waits)
{
    struct slice locks = write_locks(l);
    struct slice wait = short_wait(l->a, waits);
    struct slice body = slice_format(
        &l->a->s->arena,
        "DECLARE\n"
        "    schemac_locks constant text[] := ARRAY[%.*s];\n"
        "    schemac_long constant text := current_setting('lock_timeout');\n"
        "    schemac_short constant text := %.*s;\n"
        "    schemac_until constant timestamptz := clock_timestamp()\n"
        "        + coalesce(nullif(schemac_long, '0'), '5s')::interval;\n"
        "    schemac_first integer := 1;\n"
        "    schemac_at integer;\n"
        "BEGIN\n"
        "    FOR schemac_try IN 1 .. 1000 LOOP\n"
        "        BEGIN\n"
        "            schemac_at := schemac_first;\n"
        "            PERFORM set_config('lock_timeout', schemac_long, true);\n"
        "            EXECUTE 'LOCK TABLE ' || schemac_locks[schemac_first];\n"
        "            PERFORM set_config('lock_timeout', schemac_short, true);\n"
        "            FOR schemac_next IN 1 .. cardinality(schemac_locks) LOOP\n"
        "                schemac_at := schemac_next;\n"
        "                EXECUTE 'LOCK TABLE ' || schemac_locks[schemac_next];\n"
        "            END LOOP;\n"
        "            EXIT;\n"
        "        EXCEPTION WHEN lock_not_available THEN\n"
        "            schemac_first := schemac_at;\n"
        "            IF schemac_try > cardinality(schemac_locks)\n"
        "                    AND clock_timestamp() > schemac_until THEN\n"
        "                RAISE;\n"
        "            END IF;\n"
        "        END;\n"
        "    END LOOP;\n"
        "END\n",
        SLICE_ARG(locks), SLICE_ARG(wait));

    return alter_do(l->a, body);
}

/* Before all other statements of the action. */
static void
put_first(struct alter *a, struct action *to, struct slice sql)
{
    alter_sql(a, to, sql);
    memmove(to->sql.items + 1, to->sql.items,
            (to->sql.count - 1) * sizeof *to->sql.items);
    to->sql.items[0] = sql;
}

static void
lock_first(struct locks *l, struct action *to, size_t waits)
{
    qsort(l->all.items, l->all.count, sizeof *l->all.items, compare_locks);
    put_first(l->a, to, lock_all(l, waits));
    alter_reason(l->a, to,
                 "It locks all tables of its transaction at once, parents first, as most "
                 "programs write them, and begins with another one where that fails; it "
                 "gives up before the server looks for a deadlock, so that it never ends "
                 "another transaction instead of this one.");
}

/* ---- transactions ---- */

/* The first of [begin, end) that locks a table. */
static struct action *
first_to_lock(struct locks *l, size_t begin, size_t end)
{
    struct action *first = NULL;

    for (size_t i = begin; i < end; i++) {
        read_action(l, l->a->out->all.items[i]);
        if (first == NULL && l->all.count > 0)
            first = l->a->out->all.items[i];
        l->begins_with_views |= first == NULL && l->views > 0;
    }
    return first;
}

/* Who made it knows better, as for partitions that are attached. */
static bool
takes_care(const struct action *to)
{
    return to->own_transaction && to->sql.count > 0
           && slice_starts(to->sql.items[0], SETS_WAIT);
}

static void
lock_transaction(struct alter *a, const struct holdings *holdings, size_t begin,
                 size_t end)
{
    struct action *leads = a->out->all.items[begin];
    struct locks l = { .a = a, .holdings = holdings };
    struct action *first;
    size_t waits;

    l.by_then = leads->phase > PHASE_GROW;
    map_init(&l.known, &a->s->arena);
    first = first_to_lock(&l, begin, end);
    if (first == NULL || l.all.count < 2 || takes_care(leads))
        return;
    waits = l.all.count + l.views + count_heirs(&l) - 1;
    lock_first(&l, first, waits);
    if (l.begins_with_views)
        put_first(a, leads, wait_less(a, waits));
}

static void
note_heir(struct alter *a, struct map *heirs, const struct table *t)
{
    while (t != NULL && t->parents.all.count > 0) {
        const struct relation_name *up = &t->parents.all.items[0];
        struct slice key = catalog_key(&a->s->arena, up->schema, up->name);
        uintptr_t count = (uintptr_t)map_get(heirs, key);

        map_put(heirs, key, (void *)(count + 1));
        t = catalog_find_table(a->r->from, up->schema, up->name);
    }
}

static void
note_holdings(struct alter *a, struct holdings *out)
{
    const struct catalog *from = a->r->from;

    map_init(&out->indexes, &a->s->arena);
    map_init(&out->heirs, &a->s->arena);
    VEC_EACH (i, &from->indexes) {
        struct index *x = from->indexes.items[i];

        map_put(&out->indexes, catalog_key(&a->s->arena, x->table->schema, x->name),
                (void *)(uintptr_t)x->table);
    }
    VEC_EACH (i, &from->tables)
        note_heir(a, &out->heirs, from->tables.items[i]);
}

static bool
stands_alone(const struct action *to)
{
    return to->own_transaction || to->outside_transaction;
}

void
online_lock_ahead(struct alter *a)
{
    const struct actions *all = a->out;
    struct holdings holdings;
    size_t end;

    actions_sort(a->s, a->out);
    note_holdings(a, &holdings);
    for (size_t begin = 0; begin < all->all.count; begin = end) {
        end = begin + 1;
        while (!stands_alone(all->all.items[begin]) && end < all->all.count
               && !stands_alone(all->all.items[end]))
            end++;
        if (!all->all.items[begin]->outside_transaction)
            lock_transaction(a, &holdings, begin, end);
    }
}
