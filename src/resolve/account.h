/*
 * Entries into the account of the catalog under construction.
 */
#ifndef SCHEMAC_RESOLVE_ACCOUNT_H
#define SCHEMAC_RESOLVE_ACCOUNT_H

#include "resolve/build.h"

/* What there was before a statement. */
struct account_mark {
    size_t objects;
    size_t rows;
    size_t errors;
};

struct account_mark account_mark(const struct build *b);
/* To be called once for each statement, after it was applied. */
void account_statement(struct build *b, const struct stmt *stmt,
                       const struct account_mark *before);
/* A step of a script, or a statement about something temporary. */
void account_skipped(struct build *b);
/* The statements that are not applied: those in sections, and those with mistakes. */
void account_source(struct build *b, const struct ast *ast);

#endif
