/*
 * Entries into the account of the catalog under construction.
 */
#ifndef SCHEMAC_RESOLVE_ACCOUNT_H
#define SCHEMAC_RESOLVE_ACCOUNT_H

#include "resolve/build.h"

/* Around each statement that is applied. */
void account_begin(struct build *b, const struct stmt *stmt);
void account_end(struct build *b);
/* A step of a script, or a statement about something temporary. */
void account_skipped(struct build *b);
/* The statements that are not applied: those in sections, and those with mistakes. */
void account_source(struct build *b, const struct ast *ast);

#endif
