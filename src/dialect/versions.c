#include "dialect/versions.h"

#include <assert.h>
#include <stdlib.h>

/* ---- versions ---- */

#define SQLITE(major, minor) ((major) * 1000 + (minor))

struct version_range {
    const struct dialect *dialect;
    const char *engine;
    const char *option;
    int first, last; /* that are written for; a later one has all that we know */
    int usual;       /* where nothing says which; 0: any */
};

static const struct version_range ranges[] = {
    { &dialect_postgres, "PostgreSQL", "--server-version", 14, 99, 15 },
    /* 3.25 has RENAME COLUMN and upserts, which every plan may need.  Each program brings
     * its own SQLite along, so none is usual. */
    { &dialect_sqlite, "SQLite", "--sqlite-version", SQLITE(3, 25), SQLITE(3, 999), 0 },
};

static const struct version_range *
range_of(const struct dialect *d)
{
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
        if (ranges[i].dialect == d)
            return &ranges[i];
    return NULL;
}

/* Digits, and behind a dot digits again; *rest begins behind them. */
static int
take_number(const char **rest)
{
    char *end;
    long n;

    if (**rest < '0' || **rest > '9')
        return -1;
    n = strtol(*rest, &end, 10);
    *rest = *end == '.' ? end + 1 : end;
    return n > 999 ? -1 : (int)n;
}

bool
version_from_text(const struct dialect *d, const char *text, int *out)
{
    const struct version_range *range = range_of(d);
    int major = take_number(&text);
    int minor = take_number(&text);

    if (take_number(&text) >= 0 && d != &dialect_sqlite)
        return false;
    if (range == NULL || major < 0 || *text != '\0')
        return false;
    *out = d == &dialect_sqlite ? SQLITE(major, minor < 0 ? 0 : minor) : major;
    return *out >= range->first && *out <= range->last;
}

/* ---- what is new ---- */

/* PostgreSQL: release notes 14 to 18, "Functions"; SQLite: the change log. */
struct new_function {
    const struct dialect *dialect;
    const char *name;
    int since;
    bool form; /* only where it is spelt with words: json_object(k: v), not (text[]) */
};

static const struct new_function new_functions[] = {
    { &dialect_postgres, "regexp_count", 15, false },
    { &dialect_postgres, "regexp_instr", 15, false },
    { &dialect_postgres, "regexp_like", 15, false },
    { &dialect_postgres, "regexp_substr", 15, false },
    { &dialect_postgres, "range_agg", 14, false },
    { &dialect_postgres, "any_value", 16, false },
    { &dialect_postgres, "array_sample", 16, false },
    { &dialect_postgres, "array_shuffle", 16, false },
    { &dialect_postgres, "date_add", 16, false },
    { &dialect_postgres, "date_subtract", 16, false },
    { &dialect_postgres, "erf", 16, false },
    { &dialect_postgres, "erfc", 16, false },
    { &dialect_postgres, "json_array", 16, false },
    { &dialect_postgres, "json_object", 16, true },
    { &dialect_postgres, "pg_input_is_valid", 16, false },
    { &dialect_postgres, "random_normal", 16, false },
    { &dialect_postgres, "json_exists", 17, false },
    { &dialect_postgres, "json_query", 17, false },
    { &dialect_postgres, "json_scalar", 17, false },
    { &dialect_postgres, "json_serialize", 17, false },
    { &dialect_postgres, "json_value", 17, false },
    { &dialect_postgres, "to_bin", 17, false },
    { &dialect_postgres, "to_oct", 17, false },
    { &dialect_postgres, "unicode_assigned", 17, false },
    { &dialect_postgres, "uuid_extract_timestamp", 17, false },
    { &dialect_postgres, "uuid_extract_version", 17, false },
    { &dialect_postgres, "array_reverse", 18, false },
    { &dialect_postgres, "array_sort", 18, false },
    { &dialect_postgres, "casefold", 18, false },
    { &dialect_postgres, "crc32", 18, false },
    { &dialect_postgres, "uuidv4", 18, false },
    { &dialect_postgres, "uuidv7", 18, false },
    { &dialect_sqlite, "iif", SQLITE(3, 32), false },
    { &dialect_sqlite, "ceil", SQLITE(3, 35), false },
    { &dialect_sqlite, "floor", SQLITE(3, 35), false },
    { &dialect_sqlite, "ln", SQLITE(3, 35), false },
    { &dialect_sqlite, "mod", SQLITE(3, 35), false },
    { &dialect_sqlite, "power", SQLITE(3, 35), false },
    { &dialect_sqlite, "sqrt", SQLITE(3, 35), false },
    { &dialect_sqlite, "trunc", SQLITE(3, 35), false },
    { &dialect_sqlite, "format", SQLITE(3, 38), false },
    { &dialect_sqlite, "unixepoch", SQLITE(3, 38), false },
    { &dialect_sqlite, "unhex", SQLITE(3, 41), false },
    { &dialect_sqlite, "octet_length", SQLITE(3, 43), false },
    { &dialect_sqlite, "timediff", SQLITE(3, 43), false },
    { &dialect_sqlite, "concat", SQLITE(3, 44), false },
    { &dialect_sqlite, "concat_ws", SQLITE(3, 44), false },
    { &dialect_sqlite, "string_agg", SQLITE(3, 44), false },
    { &dialect_sqlite, "jsonb", SQLITE(3, 45), false },
};

/* What is no function, by what it is called in a message. */
enum feature {
    FEATURE_NULLS_NOT_DISTINCT,
    FEATURE_SET_COLUMNS,
    FEATURE_UNLOGGED_SEQUENCE,
    FEATURE_SECURITY_INVOKER,
    FEATURE_IS_JSON,
    FEATURE_MAINTAIN,
    FEATURE_STRICT,
    FEATURE_GENERATED,
    FEATURE_JSON_ARROW,
    FEATURE_OUTER_JOIN,
    FEATURE_NULLS_ORDER,
    FEATURE_MATERIALIZED_CTE,
    FEATURE_RETURNING,
    FEATURE_COUNT,
};

struct feature_info {
    const struct dialect *dialect;
    const char *words;
    int since;
};

static const struct feature_info features[] = {
    [FEATURE_NULLS_NOT_DISTINCT] = { &dialect_postgres, "NULLS NOT DISTINCT", 15 },
    [FEATURE_SET_COLUMNS] = { &dialect_postgres, "SET NULL or SET DEFAULT (columns)",
                              15 },
    [FEATURE_UNLOGGED_SEQUENCE] = { &dialect_postgres, "an unlogged sequence", 15 },
    [FEATURE_SECURITY_INVOKER] = { &dialect_postgres, "security_invoker of a view", 15 },
    [FEATURE_IS_JSON] = { &dialect_postgres, "IS JSON", 16 },
    [FEATURE_MAINTAIN] = { &dialect_postgres, "the privilege MAINTAIN", 17 },
    [FEATURE_STRICT] = { &dialect_sqlite, "STRICT", SQLITE(3, 37) },
    [FEATURE_GENERATED] = { &dialect_sqlite, "a generated column", SQLITE(3, 31) },
    [FEATURE_JSON_ARROW] = { &dialect_sqlite, "-> and ->>", SQLITE(3, 38) },
    [FEATURE_OUTER_JOIN] = { &dialect_sqlite, "RIGHT and FULL JOIN", SQLITE(3, 39) },
    [FEATURE_NULLS_ORDER] = { &dialect_sqlite, "NULLS FIRST and LAST", SQLITE(3, 30) },
    [FEATURE_MATERIALIZED_CTE] = { &dialect_sqlite, "MATERIALIZED of a WITH",
                                   SQLITE(3, 35) },
    [FEATURE_RETURNING] = { &dialect_sqlite, "RETURNING", SQLITE(3, 35) },
};

static_assert(ARRAY_LEN(features) == FEATURE_COUNT, "say since when each is there");

/* ---- the walk ---- */

/* Who says which version is written for. */
enum version_origin { ORIGIN_OPTION, ORIGIN_SERVER, ORIGIN_USUAL, ORIGIN_COUNT };

struct version_walk {
    struct session *s;
    const struct version_range *range;
    int version;
    enum version_origin origin;
    struct map declared; /* names of routines, folded: they are the schema's own */
    struct span span; /* of the object, where the expression has none */
};

static struct slice
version_text(struct arena *a, const struct dialect *d, int version)
{
    return d == &dialect_sqlite
               ? slice_format(a, "%d.%d", version / 1000, version % 1000)
               : slice_format(a, "%d", version);
}

/* "--server-version" is 14. */
static const char *
origin_name(const struct version_walk *w)
{
    static const char *const names[] = {
        [ORIGIN_OPTION] = NULL,
        [ORIGIN_SERVER] = "the server",
        [ORIGIN_USUAL] = "the default",
    };

    static_assert(ARRAY_LEN(names) == ORIGIN_COUNT, "name every origin");
    return w->origin == ORIGIN_OPTION ? w->range->option : names[w->origin];
}

static void
need(struct version_walk *w, struct span span, const char *what, int since)
{
    struct arena *a = &w->s->arena;
    struct slice needed = version_text(a, w->range->dialect, since);
    struct slice given = version_text(a, w->range->dialect, w->version);
    struct diag *d;

    if (w->version >= since)
        return;
    d = diag_add(&w->s->diags, D_TOO_NEW, span.source != 0 ? span : w->span,
                 "%s needs %s %.*s, and %s is %.*s", what, w->range->engine,
                 SLICE_ARG(needed), origin_name(w), SLICE_ARG(given));
    if (w->origin == ORIGIN_USUAL)
        diag_hint(&w->s->diags, d, "%s %.*s writes for that one", w->range->option,
                  SLICE_ARG(needed));
}

static void
need_feature(struct version_walk *w, struct span span, enum feature f)
{
    if (features[f].dialect == w->range->dialect)
        need(w, span, features[f].words, features[f].since);
}

/* other.erf() is nothing of the engine's, nor is an erf() that the schema declares. */
static bool
is_own(const struct version_walk *w, const struct expr *e)
{
    const struct expr *schema = e->kind == EXPR_CALL ? e->args[CALL_QUALIFIER] : NULL;

    if (schema != NULL)
        return !slice_is_fold(schema->text, "pg_catalog");
    return map_has(&w->declared, slice_lower(&w->s->arena, e->text));
}

static void
need_function(struct version_walk *w, const struct expr *e)
{
    for (size_t i = 0; i < ARRAY_LEN(new_functions); i++) {
        const struct new_function *f = &new_functions[i];

        if (f->dialect == w->range->dialect && slice_is_fold(e->text, f->name)
            && (!f->form || e->kind == EXPR_FORM) && !is_own(w, e))
            need(w, e->span,
                 slice_z(&w->s->arena, slice_format(&w->s->arena, "%s()", f->name)),
                 f->since);
    }
}

static bool
is_outer_join(const struct expr *e)
{
    return e->kind == QUERY_JOIN
           && (slice_is(e->text, "right") || slice_is(e->text, "full"));
}

static bool
returns(const struct expr *e)
{
    return (e->kind == QUERY_INSERT && e->args[INSERT_RETURNING] != NULL)
           || (e->kind == QUERY_UPDATE && e->args[UPDATE_RETURNING] != NULL)
           || (e->kind == QUERY_DELETE && e->args[DELETE_RETURNING] != NULL);
}

static bool
meet_node(void *context, const struct expr *e)
{
    struct version_walk *w = context;

    if (e->kind == EXPR_CALL || e->kind == EXPR_FORM)
        need_function(w, e);
    if (e->kind == EXPR_IS && slice_ends(e->text, "json"))
        need_feature(w, e->span, FEATURE_IS_JSON);
    if (e->kind == EXPR_BINARY && (slice_is(e->text, "->") || slice_is(e->text, "->>")))
        need_feature(w, e->span, FEATURE_JSON_ARROW);
    if (is_outer_join(e))
        need_feature(w, e->span, FEATURE_OUTER_JOIN);
    if (e->kind == QUERY_ORDER && (e->flags & (EXPR_NULLS_FIRST | EXPR_NULLS_LAST)))
        need_feature(w, e->span, FEATURE_NULLS_ORDER);
    if (e->flags & (EXPR_MATERIALIZED | EXPR_NOT_MATERIALIZED))
        need_feature(w, e->span, FEATURE_MATERIALIZED_CTE);
    if (returns(e))
        need_feature(w, e->span, FEATURE_RETURNING);
    return true;
}

static void
check_expr(struct version_walk *w, struct span span, const struct expr *e)
{
    w->span = span;
    if (e != NULL)
        expr_walk(e, meet_node, w);
}

static void
check_keys(struct version_walk *w, struct span span, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        check_expr(w, span, keys->all.items[i].expr);
}

static void
check_constraint(struct version_walk *w, const struct constraint *k)
{
    if (k->nulls_not_distinct)
        need_feature(w, k->span, FEATURE_NULLS_NOT_DISTINCT);
    if (k->set_columns.all.count > 0)
        need_feature(w, k->span, FEATURE_SET_COLUMNS);
    check_keys(w, k->span, &k->keys);
    check_expr(w, k->span, k->check);
}

static void
check_table(struct version_walk *w, const struct table *t)
{
    if (t->strict)
        need_feature(w, t->span, FEATURE_STRICT);
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        if (c->generated != NULL)
            need_feature(w, c->span, FEATURE_GENERATED);
        check_expr(w, c->span, c->default_value);
        check_expr(w, c->span, c->generated);
    }
    VEC_EACH (i, &t->constraints)
        check_constraint(w, t->constraints.items[i]);
}

static void
check_index(struct version_walk *w, const struct index *x)
{
    if (x->nulls_not_distinct)
        need_feature(w, x->span, FEATURE_NULLS_NOT_DISTINCT);
    check_keys(w, x->span, &x->keys);
    check_expr(w, x->span, x->where);
}

static bool
mentions(struct slice text, struct slice word)
{
    for (size_t i = 0; i + word.len <= text.len; i++)
        if (slice_equal_fold(slice_sub(text, i, i + word.len), word))
            return true;
    return false;
}

static void
check_view(struct version_walk *w, const struct view *v)
{
    if (mentions(v->options, SLICE("security_invoker")))
        need_feature(w, v->span, FEATURE_SECURITY_INVOKER);
    check_expr(w, v->span, v->query);
}

static void
check_trigger(struct version_walk *w, const struct definition *d)
{
    check_expr(w, d->span, d->u.trigger->when);
    VEC_EACH (i, &d->u.trigger->body)
        check_expr(w, d->span, d->u.trigger->body.items[i]);
}

static void
check_privileges(struct version_walk *w, const struct definition *d,
                 const struct privileges *p)
{
    VEC_EACH (i, &p->all)
        if (slice_is(p->all.items[i].name, "maintain"))
            need_feature(w, d->span, FEATURE_MAINTAIN);
}

static void
check_definition(struct version_walk *w, const struct definition *d)
{
    if (d->detail == DETAIL_SEQUENCE && d->u.sequence->unlogged)
        need_feature(w, d->span, FEATURE_UNLOGGED_SEQUENCE);
    if (d->detail == DETAIL_TRIGGER)
        check_trigger(w, d);
    if (d->detail == DETAIL_DOMAIN)
        VEC_EACH (i, &d->u.domain->checks)
            check_expr(w, d->span, d->u.domain->checks.items[i].check);
    if (d->detail == DETAIL_GRANT) {
        check_privileges(w, d, &d->u.grant->granted);
        check_privileges(w, d, &d->u.grant->revoked);
    }
    if (d->detail == DETAIL_POLICY) {
        check_expr(w, d->span, d->u.policy->using);
        check_expr(w, d->span, d->u.policy->with_check);
    }
}

static void
note_declared(struct version_walk *w, const struct catalog *c)
{
    map_init(&w->declared, &w->s->arena);
    VEC_EACH (i, &c->definitions) {
        struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_ROUTINE)
            map_put(&w->declared, slice_lower(&w->s->arena, d->name), d);
    }
}

static void
choose_version(struct version_walk *w)
{
    w->origin = ORIGIN_OPTION;
    w->version = w->s->sqlite_version;
    if (w->range->dialect == &dialect_postgres) {
        w->version = w->s->server_version;
        if (w->s->server_version_is_live)
            w->origin = ORIGIN_SERVER;
    }
    if (w->version == 0) {
        w->version = w->range->usual;
        w->origin = ORIGIN_USUAL;
    }
}

void
versions_check(struct session *s, const struct dialect *d, const struct catalog *c)
{
    struct version_walk w = { .s = s, .range = range_of(d) };

    if (w.range == NULL)
        return;
    choose_version(&w);
    if (w.version == 0)
        return;
    note_declared(&w, c);
    VEC_EACH (i, &c->tables)
        check_table(&w, c->tables.items[i]);
    VEC_EACH (i, &c->indexes)
        check_index(&w, c->indexes.items[i]);
    VEC_EACH (i, &c->views)
        check_view(&w, c->views.items[i]);
    VEC_EACH (i, &c->definitions)
        check_definition(&w, c->definitions.items[i]);
}
