/*
 * The options of a routine, as CREATE and ALTER write them: of those that exclude each
 * other one may be said, and what is the server's default is not kept.
 */
#include "resolve/routine.h"

/* Of one group only one may be said. */
enum option_group {
    GROUP_NULL_INPUT,
    GROUP_VOLATILITY,
    GROUP_LEAKPROOF,
    GROUP_SECURITY,
    GROUP_WINDOW,
    GROUP_LANGUAGE,
    GROUP_COST,
    GROUP_ROWS,
    GROUP_SUPPORT,
    GROUP_PARALLEL,
    GROUP_RETURNS,
    GROUP_BODY,
    GROUP_NONE, /* as many as you like */
};

static const struct flag_option {
    const char *words;
    enum option_group group;
    size_t offset; /* of a bool in struct routine … */
    bool value;    /* … that becomes this */
} flag_options[] = {
#define FLAG(words, group, field, value)                                                 \
    {                                                                                    \
        words, group, offsetof(struct routine, field), value                             \
    }
    FLAG("strict", GROUP_NULL_INPUT, strict, true),
    FLAG("returns null on null input", GROUP_NULL_INPUT, strict, true),
    FLAG("called on null input", GROUP_NULL_INPUT, strict, false),
    FLAG("leakproof", GROUP_LEAKPROOF, leakproof, true),
    FLAG("not leakproof", GROUP_LEAKPROOF, leakproof, false),
    FLAG("security definer", GROUP_SECURITY, security_definer, true),
    FLAG("security invoker", GROUP_SECURITY, security_definer, false),
    FLAG("external security definer", GROUP_SECURITY, security_definer, true),
    FLAG("external security invoker", GROUP_SECURITY, security_definer, false),
    FLAG("window", GROUP_WINDOW, window, true),
#undef FLAG
};

static const struct {
    const char *word;
    enum volatility volatility;
} volatilities[] = {
    { "volatile", VOLATILITY_VOLATILE },
    { "stable", VOLATILITY_STABLE },
    { "immutable", VOLATILITY_IMMUTABLE },
};

static const struct value_option {
    const char *word;
    enum option_group group;
    size_t offset; /* of a slice in struct routine */
} value_options[] = {
    { "language", GROUP_LANGUAGE, offsetof(struct routine, language) },
    { "cost", GROUP_COST, offsetof(struct routine, cost) },
    { "rows", GROUP_ROWS, offsetof(struct routine, rows) },
    { "support", GROUP_SUPPORT, offsetof(struct routine, support) },
    { "parallel", GROUP_PARALLEL, offsetof(struct routine, parallel) },
};

struct routine_work {
    struct build *b;
    struct routine *r;
    unsigned seen; /* bits of enum option_group */
};

static void
mark_group(struct routine_work *w, enum option_group group, struct span span)
{
    unsigned bit = 1u << group;

    if (group == GROUP_NONE)
        return;
    if (w->seen & bit)
        diag_add(&w->b->s->diags, D_BAD_CODE, span,
                 "this is said twice, or against what was said before");
    w->seen |= bit;
}

static void
apply_flag(struct routine_work *w, const struct ast_routine_option *o)
{
    for (size_t i = 0; i < ARRAY_LEN(volatilities); i++)
        if (slice_is(o->name, volatilities[i].word)) {
            mark_group(w, GROUP_VOLATILITY, o->span);
            w->r->volatility = volatilities[i].volatility;
        }
    for (size_t i = 0; i < ARRAY_LEN(flag_options); i++)
        if (slice_is(o->name, flag_options[i].words)) {
            mark_group(w, flag_options[i].group, o->span);
            *(bool *)((char *)w->r + flag_options[i].offset) = flag_options[i].value;
        }
}

static void
check_parallel(struct routine_work *w, const struct ast_routine_option *o)
{
    static const struct slice known[] = { { "safe", 4 },
                                          { "restricted", 10 },
                                          { "unsafe", 6 } };
    struct slices candidates = { 0 };
    struct diag *d;

    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (slice_equal(o->value, known[i]))
            return;
        VEC_PUSH(w->b->a, &candidates.all, known[i]);
    }
    d = diag_add(&w->b->s->diags, D_BAD_CODE, o->span,
                 "PARALLEL is SAFE, RESTRICTED or UNSAFE");
    hint_nearest(w->b->s, d, o->value, &candidates);
}

static void
apply_value(struct routine_work *w, const struct ast_routine_option *o)
{
    for (size_t i = 0; i < ARRAY_LEN(value_options); i++) {
        if (!slice_is(o->name, value_options[i].word))
            continue;
        mark_group(w, value_options[i].group, o->span);
        *(struct slice *)((char *)w->r + value_options[i].offset) = o->value;
        if (value_options[i].group == GROUP_PARALLEL)
            check_parallel(w, o);
    }
    w->r->language =
        slice_is_none(w->r->language) ? SLICE_NONE : slice_lower(w->b->a, w->r->language);
    if (slice_is(w->r->parallel, "unsafe"))
        w->r->parallel = SLICE_NONE;
}

static void
reset_setting(struct routine_work *w, struct slice name)
{
    struct settings kept = { 0 };

    VEC_EACH (i, &w->r->settings.all) {
        const struct setting *s = &w->r->settings.all.items[i];

        if (!slice_is_none(name) && !slice_equal(s->name, name))
            VEC_PUSH(w->b->a, &kept.all, *s);
    }
    w->r->settings = kept;
}

void
settings_add(struct arena *a, struct settings *to, struct slice name, struct slice value)
{
    struct setting setting = { name, value };
    size_t at;

    VEC_PUSH(a, &to->all, setting);
    for (at = to->all.count - 1; at > 0; at--) {
        if (slice_compare(to->all.items[at - 1].name, name) <= 0)
            break;
        to->all.items[at] = to->all.items[at - 1];
    }
    to->all.items[at] = setting;
}

static void
apply_option(struct routine_work *w, const struct ast_routine_option *o)
{
    switch (o->kind) {
    case ROUTINE_OPTION_FLAG:
        apply_flag(w, o);
        break;
    case ROUTINE_OPTION_VALUE:
        apply_value(w, o);
        break;
    case ROUTINE_OPTION_SET:
        reset_setting(w, o->name);
        settings_add(w->b->a, &w->r->settings, o->name, o->value);
        break;
    case ROUTINE_OPTION_RESET:
        reset_setting(w, o->name);
        break;
    case ROUTINE_OPTION_TRANSFORM:
        VEC_PUSH(w->b->a, &w->r->transforms.all, o->value);
        break;
    case ROUTINE_OPTION_RETURNS:
        mark_group(w, GROUP_RETURNS, o->span);
        break;
    case ROUTINE_OPTION_BODY:
        mark_group(w, GROUP_BODY, o->span);
        break;
    }
}

/* What the server says where nothing is said: COST 100, and ROWS 1000 of a set. */
static void
drop_defaults(struct routine *r)
{
    bool internal = slice_is(r->language, "c") || slice_is(r->language, "internal");

    if (slice_is(r->cost, internal ? "1" : "100"))
        r->cost = SLICE_NONE;
    if (slice_is(r->rows, "1000"))
        r->rows = SLICE_NONE;
}

void
routine_apply_options(struct build *b, struct routine *r,
                      const struct ast_routine_option *options, size_t count)
{
    struct routine_work w = { b, r, 0 };

    for (size_t i = 0; i < count; i++)
        apply_option(&w, &options[i]);
    drop_defaults(r);
}
