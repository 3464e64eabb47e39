/*
 * Diagnostics are values: a stage adds them and carries on, the command line prints them.
 * Every kind has a stable code, listed with its severity in diag/diag.def.
 */
#ifndef SCHEMAC_DIAG_DIAG_H
#define SCHEMAC_DIAG_DIAG_H

#include "base/text.h"
#include "diag/source.h"

enum diag_severity {
    DIAG_NOTE,
    DIAG_WARNING,
    DIAG_ERROR,
};

enum diag_code {
#define DIAG(name, severity, code, meaning) name,
#include "diag/diag.def"
#undef DIAG
    DIAG_CODE_COUNT
};

struct diag_info {
    const char *symbol; /* "D_NO_SUCH_TABLE" */
    const char *code;   /* "S0412": stable, never used again for something else */
    enum diag_severity severity;
    const char *meaning; /* one line, for documents and SARIF */
    const char *page;    /* what explains it at length: "docs/lint.md#name"; NULL */
};

struct diag_note {
    struct span span; /* may be SPAN_NONE */
    struct slice message;
};

struct diag {
    enum diag_code code;
    /* Of a rule that diag.def does not list (src/lint); NULL: `code` says what it is. */
    const struct diag_info *rule;
    struct span span;     /* may be SPAN_NONE */
    struct slice message; /* one sentence, lower case, names as the user wrote them */
    struct slice hint;    /* what would be right, or none */
    VEC(struct diag_note) notes; /* point at the other place */
};

struct diags {
    struct arena *arena;
    VEC(struct diag *) all;
    size_t error_count;
    bool strict;    /* D_LOWER_LEFT_OUT is reported as D_LOWER_STRICT */
    size_t dropped; /* errors past DIAG_ERRORS_MAX are counted, not kept */
};

#define DIAG_ERRORS_MAX                                                                  \
    200 /* nobody reads more; a file of another language gives thousands */

const struct diag_info *diag_info(enum diag_code code);
const struct diag_info *diag_info_of(const struct diag *d);  /* its rule, or its code's */
const char *diag_severity_name(enum diag_severity severity); /* "error" */
/* "no-such-table" of D_NO_SUCH_TABLE. */
struct slice diag_name(struct arena *a, const struct diag_info *info);

/* What was said up to here; what was said since then is taken back. */
struct diag_mark {
    size_t count;
    size_t error_count;
    size_t dropped;
};

struct diag_mark diag_mark(const struct diags *d);
void diag_rewind(struct diags *d, struct diag_mark mark);

/* Never NULL, so that notes and hints need no check. */
struct diag *diag_add(struct diags *d, enum diag_code code, struct span span,
                      const char *format, ...) PRINTF_LIKE(4, 5);
/* The same for a rule that diag.def does not list; `rule` lives as long as the list. */
struct diag *diag_add_rule(struct diags *d, const struct diag_info *rule,
                           struct span span, const char *format, ...) PRINTF_LIKE(4, 5);
void diag_note(struct diags *d, struct diag *to, struct span span, const char *format,
               ...) PRINTF_LIKE(4, 5);
void diag_hint(struct diags *d, struct diag *to, const char *format, ...)
    PRINTF_LIKE(3, 4);

/*
 * The name nearest to `wrong` among `count` candidates, or none where nothing is near
 * enough to be sure: at most one edit for names up to 5 bytes, two up to 10, three above;
 * never a tie.
 */
struct slice diag_nearest(struct slice wrong, const struct slice *candidates,
                          size_t count);

/* file:line:col: error[S0412]: message, the line, a caret, notes, the hint. */
void diag_render_text(struct arena *a, struct sources *sources, const struct diag *d,
                      bool color, struct text *out);

/* What is shown, in the order in which it is. */
struct diag_list {
    VEC(const struct diag *) all;
    const struct diag_info *rules; /* those that diag.def does not list; NULL: none */
    size_t rule_count;
};

/*
 * One document for them all: an array for programs (docs/commands.md has its keys), or a
 * SARIF 2.1.0 log for editors and code scanners.  False when memory runs out.
 */
bool diag_render_json(struct arena *a, struct sources *sources,
                      const struct diag_list *list, struct text *out);
bool diag_render_sarif(struct arena *a, struct sources *sources,
                       const struct diag_list *list, const char *version,
                       struct text *out);

#endif
