#include "cli/kept.h"

#include "runtime/history.h"
#include "runtime/kept.h"

#define SIDE_INCOMPLETE (-1) /* schemac_kept.row_count */

/* ---- reading ---- */

struct reading {
    struct arena *a;
    struct kept *out;
};

static void
add_table(void *context, const struct schemac_kept *k)
{
    struct reading *r = context;
    struct kept_table t = {
        .side = slice_format(r->a, "%s", k->side),
        .version = slice_format(r->a, "%s", k->version),
        .what = slice_format(r->a, "%s", k->what),
        .row_count = k->row_count,
        .kept_at = slice_format(r->a, "%s", k->kept_at),
        .keep_until = slice_format(r->a, "%s", k->keep_until),
        .is_current = k->is_current,
        .is_expired = k->is_expired,
    };

    VEC_PUSH(r->a, &r->out->all, t);
}

bool
kept_read(struct cli *c, const char *url, struct schemac_db *db, const char *schema,
          struct kept *out)
{
    struct reading reading = { &c->s.arena, out };

    *out = (struct kept){ 0 };
    if (schemac__kept_read(db, schema, add_table, &reading) == SCHEMAC_OK)
        return true;
    cli_report_database(c, url, db);
    return false;
}

const struct keep_request *
kept_for_the_way_back(struct cli *c, const struct kept *kept, bool is_applied)
{
    struct keep_request *request = ARENA_NEW(&c->s.arena, struct keep_request);
    struct map *parked = ARENA_NEW(&c->s.arena, struct map);

    map_init(parked, &c->s.arena);
    VEC_EACH (i, &kept->all)
        if (kept->all.items[i].is_current)
            map_put(parked, kept->all.items[i].side, parked);
    *request = (struct keep_request){ .parked = parked };
    VEC_EACH (i, &kept->all)
        if (kept->all.items[i].is_current && is_applied)
            request->version = kept->all.items[i].version;
    return request;
}

/* ---- showing ---- */

static const char *
plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

static void
print_table(struct cli *c, const struct kept_table *t)
{
    text_addf(&c->out, "kept:     %.*s of %.*s, ", SLICE_ARG(t->what),
              SLICE_ARG(t->version));
    if (t->row_count == SIDE_INCOMPLETE) {
        text_addf(&c->out, "not complete in %.*s\n", SLICE_ARG(t->side));
        return;
    }
    if (t->row_count < 0)
        text_addz(&c->out, "rows not counted");
    else
        text_addf(&c->out, "%lld row%s", (long long)t->row_count, plural(t->row_count));
    text_addf(&c->out, " in %.*s since %.*s, ", SLICE_ARG(t->side),
              SLICE_ARG(t->kept_at));
    if (t->keep_until.len == 0)
        text_addz(&c->out, "until it is forgotten");
    else
        text_addf(&c->out, "%s %.*s", t->is_expired ? "was to be kept until" : "until",
                  SLICE_ARG(t->keep_until));
    text_addz(&c->out,
              t->is_current ? "\n" : "; of an earlier way up, not brought back\n");
}

void
kept_print(struct cli *c, const struct kept *kept)
{
    VEC_EACH (i, &kept->all)
        print_table(c, &kept->all.items[i]);
}

/* " (12 rows)"; nothing where the database cannot be asked. */
static void
print_rows_at_stake(struct cli *c, struct schemac_db *db, struct slice stake)
{
    struct schemac_stmt *stmt;

    if (slice_is_none(stake)
        || schemac_prepare(db, slice_z(&c->s.arena, stake), &stmt) != SCHEMAC_OK)
        return;
    if (schemac_step(stmt) == SCHEMAC_ROW) {
        int64_t n = schemac_column_int64(stmt, 0);

        text_addf(&c->out, " (%lld row%s)", (long long)n, plural(n));
    }
    schemac_finalize(stmt);
}

static void
print_loss(struct cli *c, struct schemac_db *db, const struct action *a)
{
    struct slice what = slice_is_none(a->loss) ? a->title : a->loss;

    if ((a->hazards & HAZARD_DATA_LOSS) == 0)
        return;
    text_addf(&c->out, "loses:    %.*s", SLICE_ARG(what));
    print_rows_at_stake(c, db, a->stake);
    text_addc(&c->out, '\n');
}

void
kept_print_way_back(struct cli *c, struct schemac_db *db, const struct plan *back)
{
    text_addf(&c->out, "back:     to %.*s, %s\n", SLICE_ARG(back->to_version),
              plan_label_name(back->label));
    VEC_EACH (i, &back->steps)
        print_loss(c, db, back->steps.items[i].action);
    VEC_EACH (i, &back->missing)
        text_addf(&c->out, "missing:  %.*s\n", SLICE_ARG(back->missing.items[i]));
    VEC_EACH (i, &back->parked)
        text_addf(&c->out, "returns:  %.*s\n", SLICE_ARG(back->parked.items[i]));
}

/* ---- forgetting ---- */

/* Kept before this moment; "" where the command line says nothing of it. */
static bool
read_cutoff(struct cli *c, char out[TIME_TEXT_BYTES])
{
    unsigned days;

    out[0] = '\0';
    if (c->o.older_than == NULL)
        return true;
    if (!cli_days(c, "older-than", c->o.older_than, &days))
        return false;
    schemac__time_to_text(schemac_timestamp_now() - (int64_t)days * DAY_MICROSECONDS,
                          out);
    return true;
}

static bool
is_meant(const struct cli *c, const struct kept_table *t, struct slice version,
         struct slice cutoff)
{
    if (!slice_is_none(version) && !slice_equal(t->version, version))
        return false;
    if (c->o.expired != NULL && !t->is_expired)
        return false;
    return cutoff.len == 0 || slice_compare(t->kept_at, cutoff) < 0;
}

static enum exit_code
refuse(struct cli *c, const struct kept *meant)
{
    struct diag *d;

    VEC_EACH (i, &meant->all)
        print_table(c, &meant->all.items[i]);
    d = diag_add(&c->s.diags, D_DATABASE, SPAN_NONE,
                 "to forget this is to lose it, and was not allowed: nothing was "
                 "forgotten");
    diag_hint(&c->s.diags, d,
              "--allow data-loss; --expired forgets what was to be kept until now");
    return EXIT_REFUSED;
}

static enum exit_code
forget(struct cli *c, const char *url, struct schemac_db *db, const struct kept *meant)
{
    const char **sides = ARENA_ARRAY(&c->s.arena, const char *, meant->all.count);
    enum schemac_status status;

    VEC_EACH (i, &meant->all)
        sides[i] = slice_z(&c->s.arena, meant->all.items[i].side);
    status = schemac__kept_forget(db, sides, meant->all.count);
    if (status != SCHEMAC_OK) {
        cli_report_database(c, url, db);
        return status == SCHEMAC_REFUSED ? EXIT_REFUSED : EXIT_SYSTEM;
    }
    VEC_EACH (i, &meant->all)
        cli_say(c, "forgotten: %.*s of %.*s", SLICE_ARG(meant->all.items[i].what),
                SLICE_ARG(meant->all.items[i].version));
    return EXIT_DONE;
}

enum exit_code
kept_forget(struct cli *c, const char *url, struct schemac_db *db,
            const struct kept *kept, struct slice version, uint32_t allowed)
{
    char cutoff[TIME_TEXT_BYTES];
    struct kept meant = { 0 };

    if (!read_cutoff(c, cutoff))
        return cli_outcome(c);
    VEC_EACH (i, &kept->all)
        if (is_meant(c, &kept->all.items[i], version, slice_from(cutoff)))
            VEC_PUSH(&c->s.arena, &meant.all, kept->all.items[i]);
    if (meant.all.count == 0) {
        cli_say(c, "there is nothing to forget");
        return EXIT_DONE;
    }
    if (c->o.expired == NULL && (allowed & HAZARD_DATA_LOSS) == 0)
        return refuse(c, &meant);
    return forget(c, url, db, &meant);
}
