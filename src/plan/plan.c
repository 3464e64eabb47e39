/*
 * Changes become actions (the dialect's work), actions and sections become steps in
 * order.
 */
#include "plan/plan.h"

#include <assert.h>

#include "plan/internal.h"

/* ---- hazards ---- */

static const struct {
    enum hazard hazard;
    const char *name;
} hazard_names[] = {
    { HAZARD_DATA_LOSS, "data-loss" },
    { HAZARD_REWRITE, "rewrite" },
    { HAZARD_LONG_LOCK, "long-lock" },
    { HAZARD_UNTRACKED, "untracked" },
};

const char *
hazard_name(enum hazard h)
{
    for (size_t i = 0; i < ARRAY_LEN(hazard_names); i++)
        if (hazard_names[i].hazard == h)
            return hazard_names[i].name;
    assert(false);
    return "";
}

static bool
add_hazard(struct slice word, uint32_t *out)
{
    for (size_t i = 0; i < ARRAY_LEN(hazard_names); i++) {
        if (slice_is(word, hazard_names[i].name) || slice_is(word, "all"))
            *out |= hazard_names[i].hazard;
        if (slice_is(word, hazard_names[i].name))
            return true;
    }
    return slice_is(word, "all");
}

bool
hazards_from_text(struct slice text, uint32_t *out)
{
    size_t begin = 0;

    *out = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.ptr[i] != ',')
            continue;
        if (!add_hazard(slice_trim(slice_sub(text, begin, i)), out))
            return false;
        begin = i + 1;
    }
    return true;
}

/* ---- words ---- */

const char *
phase_name(enum phase phase)
{
    static const char *const names[] = {
        [PHASE_PREPARE] = "prepare", [PHASE_CLEAR] = "clear",
        [PHASE_GROW] = "grow",       [PHASE_FILL] = "fill",
        [PHASE_DATA] = "data",       [PHASE_TIGHTEN] = "tighten",
        [PHASE_SHRINK] = "shrink",   [PHASE_INDEX] = "index",
        [PHASE_RESTORE] = "restore", [PHASE_SETTLE] = "settle",
        [PHASE_VERIFY] = "verify",
    };

    static_assert(ARRAY_LEN(names) == PHASE_COUNT, "every phase has a name");
    return names[phase];
}

const char *
plan_label_name(enum plan_label label)
{
    switch (label) {
    case PLAN_LOSSLESS:
        return "lossless";
    case PLAN_PARKED:
        return "lossless while parked";
    case PLAN_LOSSY:
        return "lossy";
    }
    return "";
}

/* The manual's table of conflicting lock modes, as far as reads and writes of rows go
 * (https://www.postgresql.org/docs/15/explicit-locking.html). */
const char *
lock_blocks(const char *lock)
{
    static const struct {
        const char *lock;
        const char *blocks;
    } all[] = {
        { "ACCESS EXCLUSIVE", "reads and writes" },
        { "EXCLUSIVE", "writes" },
        { "SHARE ROW EXCLUSIVE", "writes" },
        { "SHARE", "writes" },
        { "database", "writes" },
    };

    for (size_t i = 0; lock != NULL && i < ARRAY_LEN(all); i++)
        if (strcmp(all[i].lock, lock) == 0)
            return all[i].blocks;
    return NULL;
}

/* ---- steps ---- */

/* Dropping a table deletes its rows, and with foreign keys on, those that point at them.
 */
static bool
needs_foreign_keys_off(const struct action *a)
{
    VEC_EACH (i, &a->causes)
        if (a->causes.items[i].kind == CHANGE_DROP_TABLE)
            return true;
    return a->rewrites || a->fills_new_tables;
}

static void
add_step(struct session *s, struct plan *p, const struct action *a)
{
    struct step step = {
        .name = slice_format(&s->arena, "%02zu %.*s", p->steps.count + 1,
                             SLICE_ARG(a->title)),
        .action = a,
    };

    VEC_PUSH(&s->arena, &p->steps, step);
    p->hazards |= a->hazards;
    p->rebuilds = p->rebuilds || needs_foreign_keys_off(a);
    if (!slice_is_none(a->parks))
        VEC_PUSH(&s->arena, &p->parked, a->parks);
    if (!slice_is_none(a->restores))
        VEC_PUSH(&s->arena, &p->parked, a->restores);
    if (p->parked.count > 0 && p->label == PLAN_LOSSLESS)
        p->label = PLAN_PARKED;
    if ((a->hazards & HAZARD_DATA_LOSS) == 0)
        return;
    p->label = PLAN_LOSSY;
    VEC_PUSH(&s->arena, &p->losses, slice_is_none(a->loss) ? a->title : a->loss);
}

bool
plan_is_reported(const struct session *s, enum diag_code code, struct span span)
{
    VEC_EACH (i, &s->diags.all) {
        const struct diag *d = s->diags.all.items[i];

        if (d->code == code && d->span.source == span.source
            && d->span.begin == span.begin)
            return true;
    }
    return false;
}

static struct catalog *
empty_catalog(struct session *s, const struct catalog *like)
{
    struct catalog *out = catalog_new(&s->arena);

    out->name = like->name;
    out->dialect = like->dialect;
    return out;
}

static struct slice
version_of(const struct catalog *c)
{
    return c == NULL || slice_is_none(c->version) ? SLICE("") : c->version;
}

static struct slice
text_or_empty(struct slice s)
{
    return slice_is_none(s) ? SLICE("") : s;
}

/* Side tables are named after the later version. */
static struct keep_request
keep_of(const struct plan_request *r)
{
    const struct catalog *later = r->direction == PLAN_DOWN ? r->from : r->to;
    struct keep_request out = { .days = 0 };

    if (r->keep != NULL)
        out = *r->keep;
    if (!slice_is_none(out.version))
        return out;
    out.version = version_of(later);
    out.schema = later == NULL ? SLICE("") : text_or_empty(later->name);
    return out;
}

static void
drop_respellings(struct session *s, const struct plan_request *r, struct changes *changes)
{
    const struct changes all = *changes;

    if (r->known != NULL)
        diff_drop_respellings(s, r->known, &all, changes);
}

/* Where tables are made anew there is more to do than what is declared: `planned`. */
static bool
find_changes(struct session *s, const struct plan_request *r, struct section_request *x,
             struct alter_request *alter, struct changes *declared,
             struct changes *planned)
{
    diff_catalogs(s, r->dialect->forms, alter->from, alter->to, declared);
    alter->from = plan_set_aside(s, r, alter->to, declared);
    drop_respellings(s, r, declared);
    if (r->direction == PLAN_UP)
        diff_notes(s, declared);
    if (!plan_check_values(s, declared, alter->down))
        return false;
    x->has_changes = declared->all.count > 0;
    alter->has_data_step = plan_has_data_step(x);
    *planned = *declared;
    if (!plan_remake_tables(s, r, alter, planned))
        return false;
    if (alter->remakes_tables)
        drop_respellings(s, r, planned);
    return true;
}

static bool
make_changes(struct session *s, const struct plan_request *r, struct section_request *x,
             struct changes *declared, struct actions *out)
{
    struct changes *planned = ARENA_NEW(&s->arena, struct changes);
    struct keep_request keep = keep_of(r);
    struct alter_request alter = {
        .from = r->from,
        .to = r->to == NULL ? empty_catalog(s, r->from) : r->to,
        .changes = planned,
        .down = r->direction == PLAN_DOWN,
        .online = r->online && r->dialect->plans_online,
        .keep = r->keep == NULL ? NULL : &keep,
    };

    return find_changes(s, r, x, &alter, declared, planned)
           && r->dialect->alter(s, &alter, out);
}

static bool
make_actions(struct session *s, const struct plan_request *r, struct plan *p,
             struct actions *out)
{
    struct section_request sections = { .plan = r, .has_changes = true };
    struct changes *changes = NULL;

    if (r->from == NULL)
        r->dialect->create(s, r->to, out);
    else {
        changes = ARENA_NEW(&s->arena, struct changes);
        if (!make_changes(s, r, &sections, changes, out))
            return false;
    }
    p->changes = changes;
    return plan_add_sections(s, &sections, out);
}

bool
plan_make(struct session *s, const struct plan_request *r, struct plan **out)
{
    struct plan *p = ARENA_NEW(&s->arena, struct plan);
    struct actions actions = { 0 };

    assert(r->from != NULL || r->to != NULL);
    *p = (struct plan){
        .dialect = r->dialect,
        .direction = r->direction,
        .schema = r->to == NULL ? r->from->name : r->to->name,
        .from = r->from,
        .to = r->to,
        .from_nothing = r->from == NULL,
        .to_nothing = r->to == NULL,
        .from_version = version_of(r->from),
        .to_version = version_of(r->to),
        .from_fingerprint = text_or_empty(r->from_fingerprint),
        .to_fingerprint = text_or_empty(r->to_fingerprint),
    };
    *out = p;
    if (!make_actions(s, r, p, &actions))
        return false;
    actions_sort(s, &actions);
    VEC_EACH (i, &actions.all)
        add_step(s, p, actions.all.items[i]);
    if (r->to == NULL || plan_declares_rollback(r))
        actions.missing.count = 0; /* or it is the writer's word what comes back */
    VEC_EACH (i, &actions.missing)
        VEC_PUSH(&s->arena, &p->missing, actions.missing.items[i]);
    if (r->direction == PLAN_DOWN && p->missing.count > 0)
        p->label = PLAN_LOSSY;
    return true;
}

struct slice
plan_title(struct arena *a, const struct plan *p)
{
    struct slice from = p->from_version;
    struct slice to = p->to_version;

    if (from.len == 0)
        from = p->to_nothing ? SLICE("what is declared") : SLICE("the old declarations");
    if (to.len == 0)
        to = p->from_nothing ? SLICE("what is declared") : SLICE("the new declarations");
    if (p->from_nothing)
        from = SLICE("nothing");
    if (p->to_nothing)
        to = SLICE("nothing");
    if (slice_is_none(p->schema))
        return slice_format(a, "from %.*s to %.*s", SLICE_ARG(from), SLICE_ARG(to));
    return slice_format(a, "%.*s: from %.*s to %.*s", SLICE_ARG(p->schema),
                        SLICE_ARG(from), SLICE_ARG(to));
}
