/*
 * Tables in use that become partitions.  ATTACH PARTITION reads the table, and the
 * default partition, while nobody may read them, unless a validated CHECK proves what it
 * looks for; and it builds what the table lacks of the parent's indexes and keys.  So all
 * that is there before it, and the checks go with it (facts pg15-ddl-locks,
 * part.attach*).
 *
 * The server has to find the proof itself, so it is given in the words that it uses for
 * a bound (alter_online_bounds.c).  A table that is the default partition, is partitioned
 * itself and lacks an index, or lacks a foreign key of the parent is read all the same.
 *
 * A new partition beside a default one has the rows of that read, too: so it is proved
 * beforehand that none of them is within the new bound.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

/* ---- whether ---- */

static bool
lacks_foreign_key(const struct alter *a, const struct table *t)
{
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY
            && t->constraints.items[i]->inherited
            && !online_key_stands(a, t, t->constraints.items[i]))
            return true;
    return false;
}

/* By the table that joins: the default partition makes room for several. */
static struct slice
check_name(struct alter *a, const struct table *joins)
{
    struct slice name =
        slice_format(&a->s->arena, "schemac_bound_%.*s", SLICE_ARG(joins->name));

    return online_name_now(a, joins, naming_clip(name, IDENTIFIER_BYTES_MAX));
}

static bool
can_be_proved(struct alter *a, const struct table *t)
{
    return online_bound_can_be_written(a, t) && !lacks_foreign_key(a, t)
           && (t->partition_by == NULL || !online_lacks_parts(a, t));
}

const struct table *
online_default_partition(const struct alter *a, const struct table *t)
{
    const struct relation_name *parent = &t->parents.all.items[0];
    const struct table *rest =
        map_get(&a->new_rests, catalog_key(&a->s->arena, parent->schema, parent->name));

    return rest != NULL && rest != t && alter_was_there(a, rest) ? rest : NULL;
}

/* ---- steps ---- */

/* A proof about the rows of `t`: of the table that joins, or of the default partition. */
struct proof_place {
    const struct table *t; /* by the names that hold there */
    struct slice name;
    bool is_default;
    bool is_early; /* before all else */
};

static void
prove(struct alter *a, const struct change *c, const struct proof_place *p)
{
    const struct table *t = p->t;
    struct action *to = p->is_early
                            ? alter_action(a, PHASE_PREPARE, PREPARE_BOUNDS, c)
                            : alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    struct postgres_statement st;

    to->title = slice_format(&a->s->arena, "hold the rows of %.*s to the bound",
                             SLICE_ARG(t->name));
    to->table = t->name;
    to->own_transaction = p->is_early;
    postgres_begin_alter(a->s, &st, t, "ADD CONSTRAINT");
    sqlw_ident(&st.w, p->name);
    sqlw_kw(&st.w, "CHECK");
    sqlw_open(&st.w);
    sqlw_raw(&st.w, online_bound(a, c->new.table, p->is_default));
    sqlw_close(&st.w);
    sqlw_kw(&st.w, "NOT VALID");
    alter_sql(a, to, postgres_end(&st));
    alter_reason(a, to, "NOT VALID checks new rows from now on and reads no old one.");

    to = alter_action(a, PHASE_SETTLE, SETTLE_VALIDATE, c);
    to->title =
        slice_format(&a->s->arena, "look at the rows of %.*s", SLICE_ARG(t->name));
    to->table = t->name;
    alter_validate(a, to, t, p->name);
    if (p->is_early || !a->r->has_data_step)
        alter_require_bound(a, to, c, t, p->is_default);
    alter_reason(a, to, "Others read and write while the rows are read.");
    online_settle(to, SETTLE_VALIDATE);
    if (p->is_early) {
        to->phase = PHASE_PREPARE;
        to->order = PREPARE_VALIDATE;
    }
}

static void
drop_proof(struct alter *a, struct action *to, const struct table *t, struct slice name)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, "DROP CONSTRAINT");
    sqlw_ident(&st.w, name);
    alter_sql(a, to, postgres_end(&st));
}

/* Keys and indexes are asked for where they are built beforehand. */
static void
require_of_unproved(struct alter *a, struct action *to, const struct change *c)
{
    if (c->new.table->partition_by != NULL)
        alter_require_part(a, to, c);
    else
        alter_require_joining(a, to, c);
}

bool
online_attach(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.table;
    const struct table *parent = catalog_whole_of(a->r->to, t);
    const struct table *rest;
    struct slice name;
    struct action *to;
    bool is_proved;

    if (parent == NULL || !online_is_in_use(a, t) || !online_is_in_use(a, parent))
        return false;
    is_proved = can_be_proved(a, t);
    name = is_proved ? check_name(a, t) : SLICE_NONE;
    rest = online_default_partition(a, t);
    if (is_proved)
        prove(a, c, &(struct proof_place){ t, name, false, false });
    if (is_proved && rest != NULL)
        prove(a, c, &(struct proof_place){ rest, name, true, false });
    online_build_missing_parts(a, c);
    to = alter_action(a, PHASE_SETTLE, SETTLE_JOIN, c);
    to->own_transaction = true;
    to->scans = !is_proved;
    if (!is_proved)
        require_of_unproved(a, to, c);
    online_wait_less(a, to);
    alter_sql(a, to, postgres_attach(a->s, t));
    if (is_proved)
        drop_proof(a, to, t, name);
    if (is_proved && rest != NULL)
        drop_proof(a, to, rest, name);
    alter_reason(a, to,
                 is_proved ? "The validated checks prove the bound, and its indexes are "
                             "there: no row is read."
                           : "No check can prove this bound to the server, or an index "
                             "or a foreign key of the parent is missing: the rows are "
                             "read.");
    return true;
}

/* ---- a new partition beside a default one ---- */

/* The default partition, if it is one before and behind; by its old names. */
static const struct table *
old_rest(const struct alter *a, const struct table *parent, const struct table *rest)
{
    const struct table *old = diff_old_table(a->r->changes, rest);
    const struct table *whole = diff_old_table(a->r->changes, parent);

    return old == NULL || whole == NULL
                   || map_get(&a->old_rests,
                              catalog_key(&a->s->arena, whole->schema, whole->name))
                          != old
               ? NULL
               : old;
}

void
online_create_beside_rest(struct alter *a, const struct change *c, struct action *to)
{
    const struct table *t = c->new.table;
    const struct table *parent = catalog_whole_of(a->r->to, t);
    const struct table *rest = parent == NULL ? NULL : online_default_partition(a, t);
    const struct table *old;
    struct slice name;

    if (rest == NULL || t->attached)
        return;
    old = old_rest(a, parent, rest);
    if (!a->r->online || old == NULL || !alter_bound_can_be_asked(a, t, old)) {
        to->scans = true;
        to->hazards |= a->r->online ? HAZARD_LONG_LOCK : 0;
        if (!a->r->has_data_step)
            alter_require_bound(a, to, c, rest, true);
        alter_reason(a, to,
                     "The rows of the default partition are read, as some may be "
                     "within the bound.");
        return;
    }
    name = check_name(a, t);
    prove(a, c, &(struct proof_place){ old, name, true, true });
    drop_proof(a, to, rest, name);
    alter_reason(a, to,
                 "A validated check proves that no row of the default partition is "
                 "within the bound: none is read while the parent is locked.");
}
