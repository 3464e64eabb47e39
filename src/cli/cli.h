/*
 * The command line: the only part of the compiler that prints, exits, and opens files and
 * databases.  Each command is one function that reads as a list of arrows.
 */
#ifndef SCHEMAC_CLI_CLI_H
#define SCHEMAC_CLI_CLI_H

#include "cli/options.h"
#include "dialect/dialect.h"
#include "runtime/schemac.h"

/* The contract of docs/commands.md. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_DIFFERENT = 1,
    EXIT_INPUT = 2,   /* the input has errors, or the command line is wrong */
    EXIT_REFUSED = 3, /* a hazard that was not allowed; nothing ran */
    EXIT_SYSTEM = 4,  /* a database, file or system call failed */
};

struct cli {
    struct session s;
    struct options o;
    struct text out; /* the result: printed only when the command did not fail */
    /* That the command works for: files that are its own are read in its terms; or NULL.
     */
    const struct dialect *target;
    /* Of diagnostics that diag.def does not list; NULL: there are none. */
    const struct diag_info *rules;
    size_t rule_count;
};

#define COMMAND(id, name, least, most, usage, help)                                      \
    enum exit_code command_##id(struct cli *c);
#include "cli/commands.def"
#undef COMMAND

/* EXIT_DONE, or what the errors reported so far mean: EXIT_INPUT or EXIT_SYSTEM. */
enum exit_code cli_outcome(const struct cli *c);

/* A line of progress on standard error, unless --quiet, or diagnostics are a document. */
void cli_say(const struct cli *c, const char *format, ...) PRINTF_LIKE(2, 3);

/* D_DATABASE with what the handle has to say. */
struct diag *cli_report_database(struct cli *c, const char *url,
                                 const struct schemac_db *db);

/* The exit code of a change to a database that ended so, after reporting why. */
enum exit_code cli_end_run(struct cli *c, const char *url, const struct schemac_db *db,
                           enum schemac_status status);

/* c->target from --dialect, else from a database among the arguments; false after
 * reporting an error. */
bool cli_choose_target(struct cli *c);

/* --online and --offline are not both said; false after reporting that they are. */
bool cli_online_fits(struct cli *c);

/* --database, or $SCHEMAC_DATABASE; NULL after reporting that there is neither. */
const char *cli_database(struct cli *c);

/* "30d" or "30" as days; false after reporting that `option` takes no such value. */
bool cli_days(struct cli *c, const char *option, const char *text, unsigned *out);

/* --keep; NULL where it is not said.  False after reporting an error. */
bool cli_keep(struct cli *c, const struct keep_request **out);

/* --allow as bits of enum hazard; false after reporting an error. */
bool cli_allowed(struct cli *c, uint32_t *out);

#endif
