/*
 * Calls in the places where they stand.
 */
#include "resolve/places.h"

#include "base/sqltext.h"
#include "model/functions.h"

/* ---- what a call is ---- */

static enum function_kind
routine_function_kind(const struct definition *d)
{
    if (slice_is(d->kind, "aggregate"))
        return FUNCTION_AGGREGATE;
    if (d->detail != DETAIL_ROUTINE || slice_is(d->kind, "procedure"))
        return FUNCTION_UNKNOWN;
    if (d->u.routine->window)
        return FUNCTION_WINDOW;
    return d->u.routine->returns_set ? FUNCTION_SET : FUNCTION_SCALAR;
}

/*
 * PostgreSQL looks into a function in SQL before it asks how it is declared, so that only
 * the others are as they say.
 */
static enum volatility
routine_volatility(const struct definition *d)
{
    if (d->detail != DETAIL_ROUTINE || slice_is(d->u.routine->language, "sql"))
        return VOLATILITY_IMMUTABLE;
    return d->u.routine->volatility;
}

/* Of several of one name only what all of them are is certain. */
static void
meet_routine(struct function_facts *facts, const struct definition *d, bool first)
{
    enum function_kind kind = routine_function_kind(d);
    enum volatility volatility = routine_volatility(d);

    if (first) {
        *facts = (struct function_facts){ kind, volatility, false };
        return;
    }
    if (facts->kind != kind)
        facts->kind = FUNCTION_UNKNOWN;
    if (volatility > facts->volatility)
        facts->volatility = volatility;
}

static struct slice
call_schema(const struct expr *call)
{
    return call->args[CALL_QUALIFIER] == NULL ? SLICE_NONE
                                              : call->args[CALL_QUALIFIER]->text;
}

/* Any schema may be on the search path of a call without one. */
static const struct overloads *
declared_routines(struct build *b, const struct expr *call)
{
    struct slice schema = call_schema(call);

    if (slice_is_none(schema) || slice_is_none(schema_plain(schema)))
        return map_get(&b->routine_names, call->text);
    return map_get(&b->routines, catalog_key(b->a, schema, call->text));
}

struct function_facts
call_facts(struct build *b, const struct expr *call)
{
    struct function_facts facts = { FUNCTION_UNKNOWN, VOLATILITY_IMMUTABLE, false };
    const struct overloads *own =
        call->kind == EXPR_CALL ? declared_routines(b, call) : NULL;
    bool first = true;

    for (size_t i = 0; own != NULL && i < own->all.count; i++) {
        const struct object *o = own->all.items[i];

        if (o->dropped)
            continue;
        meet_routine(&facts, o->u.definition, first);
        first = false;
    }
    if (first)
        (void)function_find_facts(call, &facts);
    return facts;
}

/* ---- several values within one statement ---- */

/* A quoted body that calls nothing and reads nothing: SELECT 4, SELECT $1 + 1. */
static bool
body_calls_nothing(struct slice body)
{
    struct sqltext t = { .rest = body };
    struct sqltext_token token = sqltext_next_code(&t);

    if (!sqltext_is_word(token, "select"))
        return false;
    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (slice_is(token.text, "(") || sqltext_is_word(token, "from"))
            return false;
    return true;
}

/* A function in SQL may call another, or itself: what is deeper may be anything. */
#define INLINED_DEPTH_MAX 8

struct steadiness {
    struct build *b;
    size_t depth;
};

static bool is_steady(void *context, const struct expr *e);

/*
 * A function in SQL stands for its expression wherever it may (inline_function of the
 * server's clauses.c): then how it is declared does not count.
 */
static bool
body_varies(const struct steadiness *at, const struct routine *r)
{
    struct steadiness inside = { at->b, at->depth + 1 };

    if (at->depth == INLINED_DEPTH_MAX)
        return true;
    if (!slice_is(r->language, "sql") || r->strict || r->security_definer
        || r->settings.all.count > 0)
        return true;
    if (r->body_kind == BODY_RETURN && r->statements.count == 1)
        return !expr_walk(r->statements.items[0], is_steady, &inside);
    return !body_calls_nothing(r->body);
}

static bool
routine_varies(const struct steadiness *at, const struct definition *d)
{
    const struct routine *r = d->detail == DETAIL_ROUTINE ? d->u.routine : NULL;

    if (r == NULL)
        return true;
    return r->volatility == VOLATILITY_VOLATILE && body_varies(at, r);
}

static bool
call_varies(const struct steadiness *at, const struct expr *call)
{
    const struct overloads *own =
        call->kind == EXPR_CALL ? declared_routines(at->b, call) : NULL;
    bool found = false;

    for (size_t i = 0; own != NULL && i < own->all.count; i++) {
        if (own->all.items[i]->dropped)
            continue;
        if (routine_varies(at, own->all.items[i]->u.definition))
            return true;
        found = true;
    }
    return !found && function_varies(call);
}

static bool
is_steady(void *context, const struct expr *e)
{
    return (e->kind != EXPR_CALL && e->kind != EXPR_CALL_KEYWORD)
           || !call_varies(context, e);
}

bool
value_varies(struct build *b, const struct expr *e)
{
    struct steadiness at = { b, 0 };

    return e != NULL && !expr_walk(e, is_steady, &at);
}

/* ---- the type of a call ---- */

/* One value of a type that does not depend on the arguments; or NULL. */
static const struct type *
plain_result(const struct definition *d)
{
    static const char *const others[] = {
        "record",   "void",        "trigger", "event_trigger", "anyelement",
        "anyarray", "anynonarray", "anyenum", "anyrange",      "anymultirange",
    };
    const struct routine *r = d->detail == DETAIL_ROUTINE ? d->u.routine : NULL;

    if (r == NULL || r->kind != ROUTINE_FUNCTION || !r->has_result || r->returns_set
        || slice_starts(r->result.name, "anycompatible"))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (slice_is(r->result.name, others[i]))
            return NULL;
    return &r->result;
}

const struct type *
call_declared_result(struct build *b, const struct expr *call)
{
    const struct overloads *own = declared_routines(b, call);
    const struct type *found = NULL;

    for (size_t i = 0; own != NULL && i < own->all.count; i++) {
        const struct object *o = own->all.items[i];
        const struct type *t = o->dropped ? NULL : plain_result(o->u.definition);

        if (o->dropped)
            continue;
        if (t == NULL || (found != NULL && !type_equal(found, t)))
            return NULL;
        found = t;
    }
    return found;
}

bool
call_is_aggregate(struct build *b, const struct expr *call)
{
    if (call->kind != EXPR_CALL || call->args[CALL_OVER] != NULL)
        return false;
    return (call->flags & EXPR_WITHIN_GROUP) != 0
           || call_facts(b, call).kind == FUNCTION_AGGREGATE;
}

/* ---- places ---- */

/* In one engine's own terms that engine took it: SQLite's format() is fixed. */
static bool
changes(const struct build *b, const struct function_facts *facts)
{
    if (facts->volatility == VOLATILITY_IMMUTABLE)
        return false;
    return b->terms->checks_values || facts->moment
           || facts->volatility == VOLATILITY_VOLATILE;
}

/* Why it may not stand there; NULL: it may. */
static const char *
forbidden_call(struct build *b, const struct expr *call, unsigned allows)
{
    struct function_facts facts = call_facts(b, call);

    if (call->kind == EXPR_CALL && call->args[CALL_OVER] != NULL)
        return allows & PLACE_WINDOW ? NULL : "a window function";
    if (call->kind == EXPR_CALL && call_is_aggregate(b, call))
        return allows & PLACE_AGGREGATE ? NULL : "an aggregate";
    if (facts.kind == FUNCTION_SET && !(allows & PLACE_SET))
        return "a function that returns rows";
    return (allows & PLACE_FIXED) && changes(b, &facts)
               ? "what changes while the row stays as it is"
               : NULL;
}

static const char *
forbidden_here(struct build *b, const struct expr *e, unsigned allows)
{
    if (expr_is_query(e))
        return allows & PLACE_QUERY ? NULL : "a query";
    if (e->kind == EXPR_CALL || e->kind == EXPR_CALL_KEYWORD)
        return forbidden_call(b, e, allows);
    return NULL;
}

/* Parents first; a query that is allowed has places of its own. */
static const struct expr *
find_forbidden(struct build *b, const struct expr *e, unsigned allows, const char **what)
{
    const struct expr *found;

    if (e == NULL)
        return NULL;
    *what = forbidden_here(b, e, allows);
    if (*what != NULL)
        return e;
    for (size_t i = 0; i < e->arg_count && !expr_is_query(e); i++) {
        found = find_forbidden(b, e->args[i], allows, what);
        if (found != NULL)
            return found;
    }
    return NULL;
}

bool
place_refuses(struct build *b, const struct expr *e, const struct place_rules *place)
{
    const char *what = NULL;
    const struct expr *found = find_forbidden(b, e, place->allows, &what);

    if (found == NULL)
        return false;
    diag_add(&b->s->diags, place->code, found->span, "%s cannot hold %s", place->words,
             what);
    return true;
}

/* ---- conditions ---- */

/*
 * Is it certain that no engine that is asked for takes this as true or false?  SQLite
 * takes numbers, so a number may be meant for it; PostgreSQL takes 0 and 1 from us, as
 * they become false and true there.
 */
static bool
is_no_condition(const struct expr *e)
{
    if (e->kind == EXPR_NUMBER)
        return !slice_is(e->text, "0") && !slice_is(e->text, "1");
    if (e->kind == EXPR_STRING || e->result == NULL || e->result->dimensions > 0)
        return e->result != NULL && e->result->dimensions > 0;
    switch (type_family(e->result)) {
    case FAMILY_TEXT:
    case FAMILY_BYTES:
    case FAMILY_TIME:
    case FAMILY_UUID:
        return true;
    case FAMILY_BOOLEAN:
    case FAMILY_NUMBER:
    case FAMILY_OTHER:
    case FAMILY_NAMED:
        return false;
    }
    return false;
}

bool
condition_check(struct build *b, const struct expr *e, const char *place)
{
    bool good = true;

    if (e == NULL || !b->terms->checks_values)
        return true;
    if (e->kind == EXPR_AND || e->kind == EXPR_OR || e->kind == EXPR_NOT) {
        for (size_t i = 0; i < e->arg_count && good; i++)
            good = condition_check(b, e->args[i], place);
        return good;
    }
    if (!is_no_condition(e))
        return true;
    diag_add(&b->s->diags, D_NOT_A_CONDITION, e->span,
             "%s needs a condition, and this is neither true nor false", place);
    return false;
}

/* ---- the form of a call ---- */

static void
report_call(struct binder *b, const struct expr *call, const char *why)
{
    b->errors++;
    diag_add(&b->s->diags, D_BAD_CALL, call->span, "%.*s() %s", SLICE_ARG(call->text),
             why);
}

/* What of the call only another kind of function takes; NULL: nothing. */
static const char *
wrong_form(const struct expr *call, enum function_kind kind)
{
    bool over = call->args[CALL_OVER] != NULL;
    bool plain = kind == FUNCTION_SCALAR || kind == FUNCTION_SET;

    if (plain && over)
        return "is no aggregate and no window function: it takes no OVER";
    if (kind == FUNCTION_WINDOW && !over && !(call->flags & EXPR_WITHIN_GROUP))
        return "is a window function: it needs OVER (…)";
    if (kind == FUNCTION_WINDOW && call->args[CALL_FILTER] != NULL && over)
        return "is no aggregate: it takes no FILTER";
    if (plain && call->args[CALL_FILTER] != NULL)
        return "is no aggregate: it takes no FILTER";
    if (plain && (call->flags & EXPR_WITHIN_GROUP))
        return "is no aggregate: it takes no WITHIN GROUP";
    if (plain && (call->flags & EXPR_DISTINCT))
        return "is no aggregate: it takes no DISTINCT";
    return plain && call->args[CALL_ORDER] != NULL
               ? "is no aggregate: it takes no ORDER BY"
               : NULL;
}

void
call_check(struct binder *b, const struct expr *call)
{
    static const struct place_rules in_aggregate = { D_BAD_CALL, "an aggregate",
                                                     PLACE_QUERY | PLACE_SET };
    static const struct place_rules in_window = {
        D_BAD_CALL, "a window function", PLACE_QUERY | PLACE_SET | PLACE_AGGREGATE
    };
    const struct place_rules *place;
    const char *wrong;

    if (b->b == NULL || b->quiet || !b->terms->checks_queries)
        return;
    wrong = wrong_form(call, call_facts(b->b, call).kind);
    if (wrong != NULL) {
        report_call(b, call, wrong);
        return;
    }
    if (call->args[CALL_OVER] == NULL && !call_is_aggregate(b->b, call))
        return;
    place = call->args[CALL_OVER] != NULL ? &in_window : &in_aggregate;
    for (size_t i = CALL_ARGS; i < call->arg_count; i++)
        if (place_refuses(b->b, call->args[i], place))
            return;
    if (call->args[CALL_OVER] != NULL)
        (void)place_refuses(b->b, call->args[CALL_OVER], place);
}
