/*
 * What declarations say that a server is asked for by name, and only then.
 */
#ifndef SCHEMAC_CLI_DECLARED_H
#define SCHEMAC_CLI_DECLARED_H

#include "describe/describe.h"
#include "model/catalog.h"

/* NULL: there are none beside the database. */
void declared_find(struct arena *a, const struct catalog *beside,
                   struct describe_declared *out);

#endif
