/*
 * Asking the rules: each is called for what its scope says, and what it finds is reported
 * unless a silencer covers the place.
 */
#include "lint/lint.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>

#include "lint/rule.h"

/* ---- the table of rules ---- */

enum scope {
    SCOPE_TABLE,
    SCOPE_COLUMN,
    SCOPE_CONSTRAINT,
    SCOPE_INDEX,
    SCOPE_VIEW,
    SCOPE_SCHEMA,
    SCOPE_STEP,
    SCOPE_LAST,
};

enum engine {
    ENGINE_ANY,
    ENGINE_POSTGRES,
    ENGINE_SQLITE,
};

/* What a rule is called for, and its function. */
struct asking {
    enum scope scope;
    enum engine engine;
    union {
        void(*TABLE) RULE_TAKES_TABLE;
        void(*COLUMN) RULE_TAKES_COLUMN;
        void(*CONSTRAINT) RULE_TAKES_CONSTRAINT;
        void(*INDEX) RULE_TAKES_INDEX;
        void(*VIEW) RULE_TAKES_VIEW;
        void(*SCHEMA) RULE_TAKES_SCHEMA;
        void(*STEP) RULE_TAKES_STEP;
        void(*LAST) RULE_TAKES_LAST;
    } ask;
};

static const struct asking rules[] = {
#define RULE(scope, engine, id, name, severity, summary)                                 \
    [LINT_##id] = { SCOPE_##scope, ENGINE_##engine, { .scope = rule_##id } },
#include "lint/rules.def"
#undef RULE
};

static_assert(ARRAY_LEN(rules) == LINT_RULE_COUNT, "every rule has its line");

static const struct diag_info infos[] = {
#define RULE(scope, engine, id, name, severity, summary)                                 \
    [LINT_##id] = { "L_" #id, name, severity, summary, "docs/lint.md#" name },
#include "lint/rules.def"
#undef RULE
};

static_assert(ARRAY_LEN(infos) == LINT_RULE_COUNT, "every rule has its line");

static enum lint_rule
find_rule(struct slice name)
{
    for (size_t i = 0; i < LINT_RULE_COUNT; i++)
        if (slice_is(name, infos[i].code))
            return (enum lint_rule)i;
    return LINT_RULE_COUNT;
}

static struct slice
nearest_rule(struct slice name)
{
    struct slice names[LINT_RULE_COUNT];

    for (size_t i = 0; i < LINT_RULE_COUNT; i++)
        names[i] = slice_from(infos[i].code);
    return diag_nearest(name, names, LINT_RULE_COUNT);
}

static void
hint_rule(struct session *s, struct diag *d, struct slice wrong)
{
    struct slice near = nearest_rule(wrong);

    if (slice_is_none(near))
        diag_hint(&s->diags, d, "schemac lint --list shows them");
    else
        diag_hint(&s->diags, d, "did you mean \"%.*s\"?", SLICE_ARG(near));
}

/* ---- settings ---- */

static const struct {
    const char *name;
    bool off;
    enum diag_severity severity;
} levels[] = {
    { "off", true, DIAG_NOTE },
    { "info", false, DIAG_NOTE },
    { "warning", false, DIAG_WARNING },
    { "error", false, DIAG_ERROR },
};

void
lint_settings_init(struct lint_settings *settings)
{
    *settings = (struct lint_settings){ 0 };
    for (size_t i = 0; i < LINT_RULE_COUNT; i++)
        settings->rules[i] = infos[i];
}

static bool
set_level(struct session *s, struct lint_settings *settings, enum lint_rule rule,
          struct slice level)
{
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(levels); i++)
        if (slice_is(level, levels[i].name)) {
            settings->off[rule] = levels[i].off;
            settings->rules[rule].severity = levels[i].severity;
            return true;
        }
    d = diag_add(&s->diags, D_USAGE, SPAN_NONE, "there is no level \"%.*s\" for a rule",
                 SLICE_ARG(level));
    diag_hint(&s->diags, d, "it is off, info, warning or error");
    return false;
}

/* NAME=LEVEL */
static bool
change_one(struct session *s, struct lint_settings *settings, struct slice word)
{
    size_t equals = 0;
    struct slice name;
    enum lint_rule rule;
    struct diag *d;

    while (equals < word.len && word.ptr[equals] != '=')
        equals++;
    name = slice_sub(word, 0, equals);
    rule = find_rule(name);
    if (rule != LINT_RULE_COUNT)
        return set_level(s, settings, rule,
                         slice_sub(word, equals + (equals < word.len), word.len));
    d = diag_add(&s->diags, D_USAGE, SPAN_NONE, "there is no rule \"%.*s\"",
                 SLICE_ARG(name));
    hint_rule(s, d, name);
    return false;
}

bool
lint_settings_change(struct session *s, struct lint_settings *settings, struct slice text)
{
    size_t begin = 0;

    for (size_t i = 0; i <= text.len; i++)
        if (i == text.len || text.ptr[i] == ',') {
            if (!change_one(s, settings, slice_sub(text, begin, i)))
                return false;
            begin = i + 1;
        }
    return true;
}

void
lint_print_rules(const struct lint_settings *settings, struct text *out)
{
    for (size_t i = 0; i < LINT_RULE_COUNT; i++) {
        const struct diag_info *info = &settings->rules[i];
        const char *level =
            settings->off[i]
                ? "off"
                : levels[info->severity + 1].name; /* in the order of diag_severity */

        text_addf(out, "%-26s %-8s %s\n", info->code, level, info->meaning);
    }
}

/* ---- silencers ---- */

static int
compare_places(const struct span *a, const struct span *b)
{
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

static int
compare_silencers(const void *a, const void *b)
{
    const struct silencer *x = a;
    const struct silencer *y = b;

    return compare_places(&x->target, &y->target);
}

static void
sort_silencers(struct silencers *s)
{
    if (s->all.count > 0)
        qsort(s->all.items, s->all.count, sizeof *s->all.items, compare_silencers);
    VEC_EACH (i, &s->all) {
        struct silencer *mine = &s->all.items[i];
        const struct silencer *before = i == 0 ? NULL : &s->all.items[i - 1];

        mine->reach = mine->target.end;
        if (before != NULL && before->target.source == mine->target.source
            && before->reach > mine->reach)
            mine->reach = before->reach;
    }
}

/* How many of them begin at `place` or before it. */
static size_t
count_before(const struct silencers *s, struct span place)
{
    size_t low = 0;
    size_t high = s->all.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_places(&s->all.items[middle].target, &place) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* All that cover the place are of use; they nest, so that the walk back is short. */
static bool
is_silenced(struct lint *l, struct span place)
{
    const struct silencers *mine = &l->silencers[l->rule];
    bool silenced = false;

    if (place.source == 0)
        return false;
    for (size_t i = count_before(mine, place); i-- > 0;) {
        const struct silencer *s = &mine->all.items[i];

        if (s->target.source != place.source || s->reach <= place.begin)
            break;
        if (s->target.end > place.begin)
            silenced = l->silencer_used[s->at] = true;
    }
    return silenced;
}

static void
take_silencers(struct lint *l)
{
    l->silencer_used = ARENA_ARRAY(l->a, bool, l->catalog->lint_offs.count + 1);
    VEC_EACH (i, &l->catalog->lint_offs) {
        const struct lint_off *off = &l->catalog->lint_offs.items[i];
        enum lint_rule rule = find_rule(off->rule);
        struct diag *d;

        if (rule != LINT_RULE_COUNT) {
            struct silencer silencer = { .target = off->target, .at = i };

            VEC_PUSH(l->a, &l->silencers[rule].all, silencer);
            continue;
        }
        d = diag_add(&l->s->diags, D_LINT_UNKNOWN_RULE, off->span,
                     "there is no rule \"%.*s\"", SLICE_ARG(off->rule));
        hint_rule(l->s, d, off->rule);
        l->counts->errors++;
    }
    for (size_t i = 0; i < LINT_RULE_COUNT; i++)
        sort_silencers(&l->silencers[i]);
}

/* Those about a column that need nothing else of its schema. */
static bool
is_about_written_column(enum lint_rule rule)
{
    return rule == LINT_char_padding || rule == LINT_varchar_limit
           || rule == LINT_timestamp_without_zone || rule == LINT_json_not_jsonb
           || rule == LINT_float_money;
}

static bool
is_about_subject(const struct lint *l, enum lint_rule rule)
{
    bool is_step = rules[rule].scope == SCOPE_STEP;

    switch (l->subject) {
    case LINT_SCHEMA:
        return !is_step;
    case LINT_SCRIPT:
        return is_step || is_about_written_column(rule)
               || rules[rule].scope == SCOPE_LAST;
    case LINT_CHANGE:
        break;
    }
    return is_step || rules[rule].scope == SCOPE_LAST;
}

static bool
is_asked(const struct lint *l, enum lint_rule rule)
{
    struct slice engine = l->settings->engine;

    if (l->settings->off[rule] || !is_about_subject(l, rule))
        return false;
    switch (rules[rule].engine) {
    case ENGINE_POSTGRES:
        return !slice_is(engine, "sqlite") && !lint_is_native_sqlite(l);
    case ENGINE_SQLITE:
        return lint_is_native_sqlite(l);
    case ENGINE_ANY:
        break;
    }
    return true;
}

/* One that is inherited may be what the older version needs. */
void
rule_unused_silencer(struct lint *l)
{
    VEC_EACH (i, &l->catalog->lint_offs) {
        const struct lint_off *off = &l->catalog->lint_offs.items[i];
        enum lint_rule rule = find_rule(off->rule);
        struct diag *d;

        if (rule == LINT_RULE_COUNT || l->silencer_used[i] || off->inherited
            || !is_asked(l, rule) || rule == LINT_unused_silencer)
            continue;
        d = lint_found(l, off->span, "\"%.*s\" finds nothing here to be silent about",
                       SLICE_ARG(off->rule));
        lint_hint(l, d, "take the annotation out");
    }
}

/* ---- reporting ---- */

static void
count(struct lint *l, enum diag_severity severity)
{
    switch (severity) {
    case DIAG_ERROR:
        l->counts->errors++;
        break;
    case DIAG_WARNING:
        l->counts->warnings++;
        break;
    case DIAG_NOTE:
        l->counts->notes++;
        break;
    }
}

struct diag *
lint_found(struct lint *l, struct span span, const char *format, ...)
{
    const struct diag_info *info = &l->settings->rules[l->rule];
    struct text t;
    va_list args;

    if (is_silenced(l, span)) {
        l->counts->silenced++;
        return ARENA_NEW(l->a, struct diag); /* for notes and hints to go to */
    }
    text_init(&t, l->a);
    va_start(args, format);
    text_vaddf(&t, format, args);
    va_end(args);
    count(l, info->severity);
    return diag_add_rule(&l->s->diags, info, span, "%.*s", SLICE_ARG(text_slice(&t)));
}

void
lint_note(struct lint *l, struct diag *d, struct span span, const char *format, ...)
{
    struct text t;
    va_list args;

    text_init(&t, l->a);
    va_start(args, format);
    text_vaddf(&t, format, args);
    va_end(args);
    diag_note(&l->s->diags, d, span, "%.*s", SLICE_ARG(text_slice(&t)));
}

void
lint_hint(struct lint *l, struct diag *d, const char *format, ...)
{
    struct text t;
    va_list args;

    text_init(&t, l->a);
    va_start(args, format);
    text_vaddf(&t, format, args);
    va_end(args);
    diag_hint(&l->s->diags, d, "%.*s", SLICE_ARG(text_slice(&t)));
}

/* ---- asking ---- */

static void
ask_columns(struct lint *l, const struct asking *r)
{
    for (size_t i = 0; l->columns != NULL && i < l->columns->all.count; i++)
        r->ask.COLUMN(l, l->columns->all.items[i].table, l->columns->all.items[i].column);
    VEC_EACH (i, &l->catalog->tables)
        VEC_EACH (k, &l->catalog->tables.items[i]->columns)
            r->ask.COLUMN(l, l->catalog->tables.items[i],
                          l->catalog->tables.items[i]->columns.items[k]);
}

static void
ask_constraints(struct lint *l, const struct asking *r)
{
    VEC_EACH (i, &l->catalog->tables)
        VEC_EACH (k, &l->catalog->tables.items[i]->constraints)
            r->ask.CONSTRAINT(l, l->catalog->tables.items[i],
                              l->catalog->tables.items[i]->constraints.items[k]);
}

static void
ask(struct lint *l, const struct asking *r)
{
    switch (r->scope) {
    case SCOPE_TABLE:
        VEC_EACH (i, &l->catalog->tables)
            r->ask.TABLE(l, l->catalog->tables.items[i]);
        break;
    case SCOPE_COLUMN:
        ask_columns(l, r);
        break;
    case SCOPE_CONSTRAINT:
        ask_constraints(l, r);
        break;
    case SCOPE_INDEX:
        VEC_EACH (i, &l->catalog->indexes)
            r->ask.INDEX(l, l->catalog->indexes.items[i]);
        break;
    case SCOPE_VIEW:
        VEC_EACH (i, &l->catalog->views)
            r->ask.VIEW(l, l->catalog->views.items[i]);
        break;
    case SCOPE_SCHEMA:
        r->ask.SCHEMA(l);
        break;
    case SCOPE_STEP:
        VEC_EACH (i, &l->operations->all)
            r->ask.STEP(l, &l->operations->all.items[i]);
        break;
    case SCOPE_LAST:
        r->ask.LAST(l);
        break;
    }
}

void
lint_ask_all(struct lint *l)
{
    *l->counts = (struct lint_counts){ 0 };
    take_silencers(l);
    for (size_t i = 0; i < LINT_RULE_COUNT; i++) {
        l->rule = (enum lint_rule)i;
        if (is_asked(l, l->rule))
            ask(l, &rules[i]);
    }
}

void
lint_catalog(struct session *s, const struct catalog *c,
             const struct lint_settings *settings, struct lint_counts *out)
{
    struct lint *l = ARENA_NEW(&s->arena, struct lint);

    l->s = s;
    l->a = &s->arena;
    l->catalog = c;
    l->settings = settings;
    l->counts = out;
    lint_gather(l);
    lint_ask_all(l);
}
