/*
 * One function per engine of the runtime library; describe.c chooses.
 */
#ifndef SCHEMAC_DESCRIBE_ENGINES_H
#define SCHEMAC_DESCRIBE_ENGINES_H

#include "describe/describe.h"

bool describe_sqlite(struct session *s, struct schemac_db *db,
                     const struct describe_filter *filter, struct slice *out);

/* Is the object, or the schema and it, what a pattern of the filter says?  Without regard
 * to case where `fold`. */
bool filter_excludes(const struct describe_filter *filter, struct slice name, bool fold);

#endif
