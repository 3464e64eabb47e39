/*
 * Plans as JSON, for programs.  Every key is always there, null where there is nothing to
 * say; docs/commands.md lists the keys, and that list is only ever added to.
 */
#include "diag/jsonw.h"
#include "plan/internal.h"

static json_t *
optional_text(struct json_writer *w, struct slice s)
{
    return slice_is_none(s) || s.len == 0 ? json_null() : jsonw_text(w, s);
}

static json_t *
texts(struct json_writer *w, const struct slice *items, size_t count)
{
    json_t *all = json_array();

    for (size_t i = 0; i < count; i++)
        jsonw_push(w, all, jsonw_text(w, items[i]));
    return all;
}

static json_t *
word(struct json_writer *w, const char *z)
{
    return z == NULL ? json_null() : jsonw_text(w, slice_from(z));
}

static json_t *
words(struct json_writer *w, const char *const *items, size_t count)
{
    json_t *all = json_array();

    for (size_t i = 0; i < count; i++)
        jsonw_push(w, all, word(w, items[i]));
    return all;
}

/* ---- a step ---- */

static json_t *
cause(struct json_writer *w, struct slice what, struct span span, bool is_done)
{
    json_t *out = json_object();

    jsonw_put(w, out, "change", jsonw_text(w, what));
    jsonw_put(w, out, "done_here", json_boolean(is_done));
    if (span.source == 0) {
        jsonw_put(w, out, "file", json_null());
        jsonw_put(w, out, "line", json_null());
        return out;
    }
    jsonw_put(w, out, "file",
              jsonw_text(w, source_place(w->arena, w->sources, span).file));
    jsonw_put(w, out, "line",
              jsonw_number(source_place(w->arena, w->sources, span).line));
    return out;
}

static json_t *
causes(struct json_writer *w, const struct action *a)
{
    json_t *all = json_array();

    VEC_EACH (i, &a->causes) {
        const struct change *c = &a->causes.items[i];

        jsonw_push(w, all, cause(w, change_title(w->arena, c), change_span(c), true));
    }
    VEC_EACH (i, &a->occasions)
        jsonw_push(w, all, cause(w, a->occasions.items[i].what,
                                 a->occasions.items[i].span, false));
    return all;
}

static json_t *
refused(struct json_writer *w, const struct action *a)
{
    json_t *all = json_array();

    VEC_EACH (i, &a->refused) {
        json_t *one = json_object();

        jsonw_put(w, one, "form", word(w, a->refused.items[i].form));
        jsonw_put(w, one, "cost", word(w, a->refused.items[i].cost));
        jsonw_push(w, all, one);
    }
    return all;
}

static json_t *
hazards(struct json_writer *w, uint32_t found, uint32_t allowed)
{
    json_t *all = json_array();

    for (uint32_t h = 1; h <= found; h <<= 1) {
        json_t *one;

        if ((found & h) == 0)
            continue;
        one = json_object();
        jsonw_put(w, one, "name", word(w, hazard_name((enum hazard)h)));
        jsonw_put(w, one, "allowed", json_boolean((allowed & h) != 0));
        jsonw_push(w, all, one);
    }
    return all;
}

static json_t *
preconditions(struct json_writer *w, const struct action *a)
{
    json_t *all = json_array();

    VEC_EACH (i, &a->preconditions) {
        json_t *one = json_object();

        jsonw_put(w, one, "stops_where", jsonw_text(w, a->precondition_titles.items[i]));
        jsonw_put(w, one, "query", jsonw_text(w, a->preconditions.items[i]));
        jsonw_push(w, all, one);
    }
    return all;
}

static const char *
transaction_of(const struct action *a)
{
    if (a->outside_transaction)
        return "none";
    return a->own_transaction ? "own" : "shared";
}

static void
put_size(struct json_writer *w, json_t *out, const struct plan_size *size)
{
    bool has_rows = size != NULL && size->rows_known != PLAN_ROWS_UNKNOWN;
    bool has_bytes = size != NULL && size->bytes_known;

    jsonw_put(w, out, "rows", has_rows ? jsonw_number(size->rows) : json_null());
    jsonw_put(w, out, "rows_are", word(w, size == NULL ? NULL : plan_rows_word(size)));
    jsonw_put(w, out, "bytes", has_bytes ? jsonw_number(size->bytes) : json_null());
}

static json_t *
step(struct json_writer *w, struct session *s, const struct plan *p, size_t number,
     uint32_t allowed)
{
    const struct action *a = p->steps.items[number - 1].action;
    json_t *out = json_object();

    jsonw_put(w, out, "number", jsonw_number(number));
    jsonw_put(w, out, "title", jsonw_text(w, a->title));
    jsonw_put(w, out, "phase", word(w, phase_name(a->phase)));
    jsonw_put(w, out, "sql", texts(w, a->sql.items, a->sql.count));
    jsonw_put(w, out, "forms", words(w, a->forms.items, a->forms.count));
    jsonw_put(w, out, "causes", causes(w, a));
    jsonw_put(w, out, "why", texts(w, a->reasons.items, a->reasons.count));
    jsonw_put(w, out, "refused", refused(w, a));
    jsonw_put(w, out, "transaction", word(w, transaction_of(a)));
    jsonw_put(w, out, "table", optional_text(w, a->table));
    put_size(w, out, plan_size_of(w->arena, p, a));
    jsonw_put(w, out, "lock", word(w, a->lock));
    jsonw_put(w, out, "blocks", word(w, lock_blocks(a->lock)));
    jsonw_put(w, out, "bounded_wait", json_boolean(a->bounded_wait));
    jsonw_put(w, out, "rewrites", json_boolean(a->rewrites));
    jsonw_put(w, out, "scans", json_boolean(a->scans));
    jsonw_put(w, out, "samples", json_boolean(a->samples));
    jsonw_put(w, out, "hazards", hazards(w, a->hazards, allowed));
    jsonw_put(w, out, "loses", optional_text(w, a->loss));
    jsonw_put(w, out, "at_stake", optional_text(w, a->stake));
    jsonw_put(w, out, "keeps", optional_text(w, a->parks));
    jsonw_put(w, out, "brings_back", optional_text(w, a->restores));
    jsonw_put(w, out, "preconditions", preconditions(w, a));
    jsonw_put(w, out, "postcondition", optional_text(w, a->postcondition));
    jsonw_put(w, out, "undo", optional_text(w, plan_undo(s, p, a)));
    return out;
}

/* ---- a plan ---- */

static json_t *
missing(struct json_writer *w, const struct plan *p)
{
    json_t *out = json_array();

    VEC_EACH (i, &p->missing)
        jsonw_push(w, out, optional_text(w, p->missing.items[i].what));
    return out;
}

/* One for each of those: a query, or null where nothing is left to be counted. */
static json_t *
missing_at_stake(struct json_writer *w, const struct plan *p)
{
    json_t *out = json_array();

    VEC_EACH (i, &p->missing)
        jsonw_push(w, out, optional_text(w, p->missing.items[i].stake));
    return out;
}

/* Null for a plan that goes down: it is the way back. */
static json_t *
way_back(struct json_writer *w, struct session *s, const struct plan *p)
{
    struct slices loses = { 0 };
    enum plan_label label = plan_way_back(s, p, &loses);
    json_t *out;

    if (p->direction == PLAN_DOWN)
        return json_null();
    out = json_object();
    jsonw_put(w, out, "label", word(w, plan_label_name(label)));
    jsonw_put(w, out, "loses", texts(w, loses.all.items, loses.all.count));
    return out;
}

static json_t *
plan(struct json_writer *w, struct session *s, const struct plan *p, uint32_t allowed)
{
    json_t *out = json_object();
    json_t *steps = json_array();

    jsonw_put(w, out, "schema", optional_text(w, p->schema));
    jsonw_put(w, out, "from", optional_text(w, p->from_version));
    jsonw_put(w, out, "to", optional_text(w, p->to_version));
    jsonw_put(w, out, "direction", word(w, p->direction == PLAN_UP ? "up" : "down"));
    jsonw_put(w, out, "label", word(w, plan_label_name(p->label)));
    jsonw_put(w, out, "losses", texts(w, p->losses.items, p->losses.count));
    jsonw_put(w, out, "kept", texts(w, p->parked.items, p->parked.count));
    jsonw_put(w, out, "missing", missing(w, p));
    jsonw_put(w, out, "missing_at_stake", missing_at_stake(w, p));
    jsonw_put(w, out, "way_back", way_back(w, s, p));
    jsonw_put(w, out, "hazards", hazards(w, p->hazards, allowed));
    VEC_EACH (i, &p->steps)
        jsonw_push(w, steps, step(w, s, p, i + 1, allowed));
    jsonw_put(w, out, "steps", steps);
    return out;
}

bool
plan_print_json(struct session *s, const struct dialect *d,
                const struct plan *const *plans, size_t count, uint32_t allowed,
                struct text *out)
{
    struct json_writer w = { .arena = &s->arena, .sources = &s->sources };
    json_t *root = json_object();
    json_t *all = json_array();

    jsonw_put(&w, root, "dialect", word(&w, d->name));
    for (size_t i = 0; i < count; i++)
        jsonw_push(&w, all, plan(&w, s, plans[i], allowed));
    jsonw_put(&w, root, "plans", all);
    return jsonw_finish(&w, root, out);
}
