/*
 * What a command has to say on standard error: which diagnostics, in which order and
 * form.
 */
#ifndef SCHEMAC_CLI_REPORT_H
#define SCHEMAC_CLI_REPORT_H

#include "cli/cli.h"

/* Is everything said in one document (--diagnostics json or sarif)? */
bool report_is_document(const struct options *o);

/*
 * Those that -q and -v let through, each source from top to bottom, sources in the order
 * in which they were read; behind them, in their own order, those that have no place.
 */
struct diag_list report_list(struct cli *c);

/* False when memory runs out. */
bool report_print(struct cli *c);

#endif
