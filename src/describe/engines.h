/*
 * One function per engine; describe.c chooses.
 */
#ifndef SCHEMAC_DESCRIBE_ENGINES_H
#define SCHEMAC_DESCRIBE_ENGINES_H

#include "describe/describe.h"

bool describe_sqlite(struct session *s, struct schemac_db *db, struct slice *out);

#endif
