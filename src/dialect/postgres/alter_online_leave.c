/*
 * Partitions in use that leave their parent while their tables stay.  DETACH PARTITION …
 * CONCURRENTLY lets others read and write the parent, waits until nobody sees the old
 * tie, and locks the partition alone (facts pg15-ddl-locks, part.detach_concurrently*).
 * It is two transactions of the server's, so it stands by itself; one that was
 * interrupted between them is finished by DETACH … FINALIZE.
 *
 * It leaves the bound behind as a CHECK that nobody declared, which goes right after it.
 * The server makes that check under a name of its own choice, so it is told by what it is
 * not: none of the checks that the table had.
 *
 * What is not done so: where a default partition stands beside, which the server refuses.
 */
#include "dialect/postgres/alter.h"

/* ---- default partitions ---- */

static void
note_rests(struct alter *a, const struct catalog *c, struct map *rests)
{
    map_init(rests, &a->s->arena);
    VEC_EACH (i, &c->tables) {
        const struct table *t = c->tables.items[i];

        if (t->bound != NULL && t->bound->kind == BOUND_DEFAULT)
            map_put(rests,
                    catalog_key(&a->s->arena, t->parents.all.items[0].schema,
                                t->parents.all.items[0].name),
                    (void *)(uintptr_t)t);
    }
}

void
online_note_rests(struct alter *a)
{
    note_rests(a, a->r->from, &a->old_rests);
    note_rests(a, a->r->to, &a->new_rests);
}

/* ---- steps ---- */

/* `what` of the tie, `i` of pg_inherits, where `condition` holds. */
static struct slice
query_tie(struct alter *a, const struct table *t, const char *what, const char *condition)
{
    const struct relation_name *parent = &t->parents.all.items[0];
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    text_addf(&st.text,
              "SELECT %s FROM pg_catalog.pg_inherits AS i WHERE i.inhparent = "
              "pg_catalog.to_regclass(",
              what);
    sqlw_string(&st.w, alter_name(a, parent->schema, parent->name));
    text_addz(&st.text, ") AND i.inhrelid = pg_catalog.to_regclass(");
    sqlw_string(&st.w, alter_name(a, t->schema, t->name));
    text_addf(&st.text, ")%s", condition);
    return postgres_end(&st);
}

static struct action *
leave_action(struct alter *a, const struct change *c, const struct table *t,
             enum prepare_order order, const char *verb)
{
    struct action *to = alter_action(a, PHASE_PREPARE, order, c);

    to->title = slice_format(&a->s->arena, "%s %.*s", verb, SLICE_ARG(t->name));
    to->table = t->name;
    return to;
}

static void
detach(struct alter *a, const struct change *c, const struct table *t)
{
    const struct relation_name *parent = &t->parents.all.items[0];
    struct action *to = leave_action(a, c, t, PREPARE_DETACH, "detach");

    to->outside_transaction = true;
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "ALTER TABLE %.*s DETACH PARTITION %.*s CONCURRENTLY",
                           SLICE_ARG(alter_name(a, parent->schema, parent->name)),
                           SLICE_ARG(alter_name(a, t->schema, t->name))));
    to->leftovers = query_tie(a, t,
                              "format('ALTER TABLE %s DETACH PARTITION %s FINALIZE', "
                              "i.inhparent::regclass, i.inhrelid::regclass)",
                              " AND i.inhdetachpending");
    to->done = query_tie(a, t, "count(*) = 0", "");
    alter_require_unreferred(a, to, t);
    alter_reason(a, to,
                 "CONCURRENTLY lets others read and write its parent and waits for those "
                 "who do; the lock that stops them is on the partition alone, when "
                 "nobody comes to it by its parent any more.");
}

/* A list of texts, which is not empty. */
static void
write_check_names(struct postgres_statement *st, const struct table *t)
{
    text_addz(&st->text, "''");
    VEC_EACH (i, &t->constraints) {
        if (t->constraints.items[i]->kind != CONSTRAINT_CHECK)
            continue;
        text_addc(&st->text, ',');
        sqlw_string(&st->w, t->constraints.items[i]->name);
    }
}

/* FROM pg_constraint WHERE it is what the server left. */
static struct slice
left_checks(struct alter *a, const struct table *t)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    text_addz(&st.text,
              "FROM pg_catalog.pg_constraint WHERE conrelid = pg_catalog.to_regclass(");
    sqlw_string(&st.w, alter_name(a, t->schema, t->name));
    text_addz(&st.text, ") AND contype = 'c' AND conislocal AND coninhcount = 0 "
                        "AND conname ~ '_check[0-9]*$' AND conname NOT IN (");
    write_check_names(&st, t);
    text_addc(&st.text, ')');
    return postgres_end(&st);
}

static void
drop_left_check(struct alter *a, const struct change *c, const struct table *t)
{
    struct action *to = leave_action(a, c, t, PREPARE_FREE, "drop the bound left on");
    struct slice left = left_checks(a, t);
    struct postgres_statement name;

    postgres_begin(a->s, &name);
    sqlw_string(&name.w, alter_name(a, t->schema, t->name));
    to->own_transaction = true;
    alter_sql(
        a, to,
        alter_do(a, slice_format(
                        &a->s->arena,
                        "DECLARE\n"
                        "    schemac_check name;\n"
                        "BEGIN\n"
                        "    FOR schemac_check IN\n"
                        "        SELECT conname %.*s\n"
                        "    LOOP\n"
                        "        EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I',\n"
                        "            %.*s, schemac_check);\n"
                        "    END LOOP;\n"
                        "END\n",
                        SLICE_ARG(left), SLICE_ARG(postgres_end(&name)))));
    to->postcondition =
        slice_format(&a->s->arena, "SELECT NOT EXISTS (SELECT %.*s)", SLICE_ARG(left));
    alter_reason(a, to,
                 t->bound->kind == BOUND_HASH
                     ? "Older servers leave a bound by hash behind as a check; newer "
                       "ones do not, and then this finds none."
                     : "CONCURRENTLY leaves the bound behind as a check, under a name of "
                       "the server's choice: one of that form which the table did not "
                       "have.");
}

/* ---- whether ---- */

static bool
has_rest(const struct alter *a, const struct table *t)
{
    const struct relation_name *parent = &t->parents.all.items[0];

    return map_has(&a->old_rests,
                   catalog_key(&a->s->arena, parent->schema, parent->name));
}

bool
online_detach(struct alter *a, const struct change *c)
{
    const struct table *t = c->old.table;

    if (!a->r->online || t->bound == NULL || has_rest(a, t)
        || alter_leaves_behind_keys(a, t))
        return false;
    detach(a, c, t);
    if (c->new.table != NULL)
        drop_left_check(a, c, t);
    return true;
}

void
online_tell_why_at_once(struct alter *a, struct action *to, const struct table *t)
{
    if (a->r->online && t->bound != NULL && has_rest(a, t))
        alter_reason(a, to,
                     "Not CONCURRENTLY: a default partition stands beside it, and the "
                     "server refuses that.");
}
