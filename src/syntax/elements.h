/*
 * What CREATE SCHEMA makes at once with the schema: statements without a ';' between
 * them, whose names without a schema are in the new one.
 */
#ifndef SCHEMAC_SYNTAX_ELEMENTS_H
#define SCHEMAC_SYNTAX_ELEMENTS_H

#include "syntax/scan.h"

/* The first token of the next element behind token `at`; the end where there is none. */
size_t elements_begin(const struct scan *c, size_t at);

/* Read those from token `at` on into the CREATE SCHEMA; false after reporting an error.
 */
bool elements_read(const struct scan *c, size_t at, struct stmt *stmt);

#endif
