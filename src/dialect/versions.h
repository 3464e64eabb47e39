/*
 * What an engine has since which version.  --server-version and --sqlite-version say for
 * which one is written: what it lacks is an error where it is declared.
 */
#ifndef SCHEMAC_DIALECT_VERSIONS_H
#define SCHEMAC_DIALECT_VERSIONS_H

#include "dialect/dialect.h"

/* "15" is 15, "3.35.5" is 3035: SQLite adds features in its minor versions.  False: it is
 * no version that is written for. */
bool version_from_text(const struct dialect *d, const char *text, int *out);

/* Needs: lowered for `d`.  Reports what the version in the session lacks; where it says
 * none, what the usual one lacks: PostgreSQL 15, and no SQLite. */
void versions_check(struct session *s, const struct dialect *d, const struct catalog *c);

#endif
