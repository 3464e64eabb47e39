/*
 * The way from one SOURCE to another, for the commands that print it, explain it, or
 * carry it out.
 */
#ifndef SCHEMAC_CLI_CHANGE_H
#define SCHEMAC_CLI_CHANGE_H

#include "cli/source.h"
#include "plan/plan.h"

struct change_request {
    struct loaded_source from;
    struct loaded_source to;
    const struct dialect *dialect;
    uint32_t allowed;
    bool online;
    bool down;      /* from `to` back to `from` */
    bool direct;    /* one plan over the versions between, not one for each */
    const struct keep_request *keep; /* --keep, unless it is given before; NULL */
    bool has_known; /* one side is a database, and only one */
    struct diff_known known;
};

/* More than one where the sources are versions of one folder. */
struct plans {
    VEC(struct plan *) all;
};

/* From the first argument to the second, as the options say; a hazard that is not allowed
 * is told as a warning.  False after reporting. */
bool change_make_plans(struct cli *c, struct change_request *r, struct plans *out);

#endif
