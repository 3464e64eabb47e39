/*
 * From a catalog and its migrations to view records: every decision about the generated C
 * is made here (names, types, which functions a table gets), templates only lay it out.
 * The records are described in docs/templates.md.
 */
#ifndef SCHEMAC_GEN_VIEW_H
#define SCHEMAC_GEN_VIEW_H

#include "gen/gen.h"
#include "gen/value.h"

/* NULL after reporting an error. */
const struct record *view_build(struct session *s, const struct gen_request *request);

#endif
