/*
 * All versions of a schema folder with the plans between them, for one dialect.
 */
#ifndef SCHEMAC_CLI_CHAIN_H
#define SCHEMAC_CLI_CHAIN_H

#include "cli/source.h"
#include "gen/gen.h"

/* One version, loaded, lowered and fingerprinted. */
struct chain_version {
    struct slice version;
    const struct catalog *catalog; /* neutral */
    const struct catalog *lowered;
    struct slice fingerprint;
};

struct chain {
    const struct dialect *dialect;
    bool online; /* plans are for tables in use; set by whom asks for one */
    const struct keep_request *keep; /* on the way up; the same; NULL */
    const struct keep_request *back; /* on the way back; the same; NULL */
    bool parks_by_choice; /* each way besides with side tables: whoever runs it chooses */
    /* None: whoever runs it may make any version out of nothing; else this one alone. */
    struct slice created;
    VEC(struct chain_version) versions; /* oldest first */
};

/* Load every version from `first` to `last` (indexes into schema->versions). */
bool chain_load(struct cli *c, const struct dialect *d, struct schema *schema,
                size_t first, size_t last, struct chain *out);

/* The oldest and the newest one as if nothing were between them; false after reporting
 * why the way would not be the same (diff_join). */
bool chain_join(struct cli *c, const struct chain *chain, struct chain *out);

/* The plan between two versions of the chain; -1 stands for nothing. */
bool chain_plan(struct cli *c, const struct chain *chain, int from, int to,
                struct plan **out);

/* Everything that generated code and the runner need: up and down of each version, and
 * create where chain->created says so. */
bool chain_for_runner(struct cli *c, const struct chain *chain, struct gen_chain *out);

/* The same as the runtime library takes it.  Lives in the session's arena. */
const struct schemac_schema *chain_as_schema(struct cli *c, struct slice name,
                                             const struct gen_chain *chain);

/* One plan as the runtime library takes it; NULL: one without steps. */
struct schemac_migration chain_as_migration(struct cli *c, const struct plan *plan);

#endif
