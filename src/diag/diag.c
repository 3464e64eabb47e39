#include "diag/diag.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

static const struct diag_info infos[] = {
#define DIAG(name, severity, code, meaning)                                              \
    [name] = { #name, code, severity, meaning, NULL },
#include "diag/diag.def"
#undef DIAG
};

static_assert(ARRAY_LEN(infos) == DIAG_CODE_COUNT, "describe every diagnostic");

const struct diag_info *
diag_info(enum diag_code code)
{
    assert(code < DIAG_CODE_COUNT);
    return &infos[code];
}

const struct diag_info *
diag_info_of(const struct diag *d)
{
    return d->rule != NULL ? d->rule : diag_info(d->code);
}

static const char *const severity_names[] = {
    [DIAG_NOTE] = "note",
    [DIAG_WARNING] = "warning",
    [DIAG_ERROR] = "error",
};

const char *
diag_severity_name(enum diag_severity severity)
{
    return severity_names[severity];
}

struct slice
diag_name(struct arena *a, const struct diag_info *info)
{
    struct text t;

    text_init(&t, a);
    for (const char *c = info->symbol + strlen("D_"); *c != '\0'; c++)
        text_addc(&t, (char)(*c == '_' ? '-' : tolower((unsigned char)*c)));
    return text_slice(&t);
}

static struct slice format_message(struct arena *a, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

static struct slice
format_message(struct arena *a, const char *format, va_list args)
{
    struct text t;

    text_init(&t, a);
    text_vaddf(&t, format, args);
    return text_slice(&t);
}

/* A stage that comes by the same place twice says nothing new. */
static bool
repeats_last(const struct diags *d, const struct diag *diag)
{
    const struct diag *last = d->all.count == 0 ? NULL : d->all.items[d->all.count - 1];

    return last != NULL && diag->span.source != 0 && last->code == diag->code
           && last->rule == diag->rule && last->span.source == diag->span.source
           && last->span.begin == diag->span.begin
           && slice_equal(last->message, diag->message);
}

/*
 * Too many errors are counted only, repeated ones not even that; the diagnostic is built
 * all the same, for notes to go to.
 */
static void
keep(struct diags *d, struct diag *diag)
{
    bool is_error = diag_info_of(diag)->severity == DIAG_ERROR;

    if (repeats_last(d, diag))
        return;
    if (is_error)
        d->error_count++;
    if (is_error && d->error_count > DIAG_ERRORS_MAX)
        d->dropped++;
    else
        VEC_PUSH(d->arena, &d->all, diag);
}

struct diag_mark
diag_mark(const struct diags *d)
{
    return (struct diag_mark){ d->all.count, d->error_count, d->dropped };
}

void
diag_rewind(struct diags *d, struct diag_mark mark)
{
    d->all.count = mark.count;
    d->error_count = mark.error_count;
    d->dropped = mark.dropped;
}

struct diag *
diag_add(struct diags *d, enum diag_code code, struct span span, const char *format, ...)
{
    struct diag *diag = ARENA_NEW(d->arena, struct diag);
    va_list args;

    va_start(args, format);
    if (d->strict && (code == D_LOWER_LEFT_OUT || code == D_LOWER_NOTE))
        code = D_LOWER_STRICT;
    diag->code = code;
    diag->span = span;
    diag->message = format_message(d->arena, format, args);
    va_end(args);
    keep(d, diag);
    return diag;
}

struct diag *
diag_add_rule(struct diags *d, const struct diag_info *rule, struct span span,
              const char *format, ...)
{
    struct diag *diag = ARENA_NEW(d->arena, struct diag);
    va_list args;

    va_start(args, format);
    diag->code = DIAG_CODE_COUNT;
    diag->rule = rule;
    diag->span = span;
    diag->message = format_message(d->arena, format, args);
    va_end(args);
    keep(d, diag);
    return diag;
}

void
diag_note(struct diags *d, struct diag *to, struct span span, const char *format, ...)
{
    struct diag_note note = { .span = span };
    va_list args;

    va_start(args, format);
    note.message = format_message(d->arena, format, args);
    va_end(args);
    VEC_PUSH(d->arena, &to->notes, note);
}

void
diag_hint(struct diags *d, struct diag *to, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    to->hint = format_message(d->arena, format, args);
    va_end(args);
}
