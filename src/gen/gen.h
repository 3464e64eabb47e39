/*
 * Typed C from a schema: view records (gen/view.h) decide, templates lay out.
 */
#ifndef SCHEMAC_GEN_GEN_H
#define SCHEMAC_GEN_GEN_H

#include "plan/plan.h"

/* One version with the three plans that lead to and from it, for one dialect. */
struct gen_version {
    struct slice version;
    struct slice fingerprint;
    struct slice expressions;  /* as of schemac_version; none */
    const struct plan *create; /* from nothing */
    const struct plan *up;     /* NULL for the first version */
    const struct plan *down;   /* to the version before, or to nothing */
};

struct gen_chain {
    const struct dialect *dialect;
    VEC(struct gen_version) versions; /* oldest first */
};

struct gen_request {
    const struct catalog *catalog; /* neutral, the newest version */
    const struct catalog *lowered; /* the same in chain's dialect */
    const struct gen_chain *chain;
    const char *templates; /* folder that replaces built-in templates; NULL */
};

struct gen_file {
    struct slice path; /* relative to the output folder */
    struct slice bytes;
};

struct gen_files {
    VEC(struct gen_file) all; /* sorted by path */
};

bool gen_typed_c(struct session *s, const struct gen_request *request,
                 struct gen_files *out);
/* What the templates get, as JSON: for `gen --format json`. */
bool gen_view_json(struct session *s, const struct gen_request *request,
                   struct text *out);

#endif
