/*
 * What a database has parked (--keep), as the command line shows, uses and forgets it.
 */
#ifndef SCHEMAC_CLI_KEPT_H
#define SCHEMAC_CLI_KEPT_H

#include "cli/cli.h"
#include "plan/plan.h"

struct kept_table {
    struct slice side;
    struct slice version;
    struct slice what;
    int64_t row_count;
    struct slice kept_at;
    struct slice keep_until; /* empty: until it is forgotten */
    bool is_current;         /* the way back takes it */
    bool is_expired;
};

struct kept {
    VEC(struct kept_table) all; /* oldest first */
};

/* False after reporting what the database said.  `url` is for the message. */
bool kept_read(struct cli *c, const char *url, struct schemac_db *db, const char *schema,
               struct kept *out);
/* What plans back are made with.  `is_applied`: kept by `apply`, whose runs are told
 * apart by when they were. */
const struct keep_request *kept_for_the_way_back(struct cli *c, const struct kept *kept,
                                                 bool is_applied);
void kept_print(struct cli *c, const struct kept *kept);
/* "back: to 1.0.0, lossy" and what is lost, with the rows that the database has. */
void kept_print_way_back(struct cli *c, struct schemac_db *db, const struct plan *back);
/* --expired, --older-than, and a version; none: any. */
enum exit_code kept_forget(struct cli *c, const char *url, struct schemac_db *db,
                           const struct kept *kept, struct slice version,
                           uint32_t allowed);

#endif
