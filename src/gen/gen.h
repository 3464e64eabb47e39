/*
 * Typed C from a schema: view records (gen/view.h) decide, templates lay out.  The code
 * is for one engine or for several: structs and functions are the same then, and what
 * would differ between them is an error.
 */
#ifndef SCHEMAC_GEN_GEN_H
#define SCHEMAC_GEN_GEN_H

#include "plan/plan.h"

#define GEN_CHAINS_MAX 2

/* One version with the three plans that lead to and from it, for one dialect. */
struct gen_version {
    struct slice version;
    struct slice fingerprint;
    struct slice expressions;  /* as of schemac_version; none */
    const struct plan *create; /* from nothing */
    const struct plan *up;     /* NULL for the first version */
    const struct plan *down;   /* to the version before, or to nothing */
    const struct plan *up_keep;   /* the same with side tables; NULL: there are none */
    const struct plan *down_keep;
    struct slices side_tables; /* their names */
};

struct gen_chain {
    const struct dialect *dialect;
    const struct catalog *lowered; /* the newest version in the dialect's terms */
    bool keeps; /* it was made with the ways that have side tables */
    VEC(struct gen_version) versions; /* oldest first */
};

struct gen_request {
    const struct catalog *catalog; /* neutral, the newest version */
    /* One for each engine that the code is for, all of the same versions. */
    const struct gen_chain *chains[GEN_CHAINS_MAX];
    size_t chain_count;
    const char *templates; /* folder that replaces built-in templates; NULL */
    bool templates_only;   /* and the built-in ones write nothing */
};

struct gen_file {
    struct slice path; /* relative to the output folder */
    struct slice bytes;
};

struct gen_files {
    VEC(struct gen_file) all; /* sorted by path */
    VEC(const char *) read; /* templates of the folder that replaces built-in ones */
};

bool gen_typed_c(struct session *s, const struct gen_request *request,
                 struct gen_files *out);
/* What the templates get, as JSON: for `gen --format json`. */
bool gen_view_json(struct session *s, const struct gen_request *request,
                   struct text *out);

#endif
