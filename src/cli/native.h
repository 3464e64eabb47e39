/*
 * Whether files are SQL of an engine rather than declarations for every dialect.
 */
#ifndef SCHEMAC_CLI_NATIVE_H
#define SCHEMAC_CLI_NATIVE_H

#include "cli/cli.h"
#include "syntax/ast.h"

/* All of them say nothing of schemac: no @schema, @extends or @dialect. */
bool files_are_bare(const struct ast *const *asts, size_t count);

/* One of them has what no other engine takes: a column without a type. */
bool files_need_sqlite(const struct ast *const *asts, size_t count);

/*
 * A file with @schema, @extends or @dialect says what it is.  Any other is SQLite's own
 * when SQLite loads its declarations as they stand: then `varchar(10)` means what SQLite
 * makes of it, and the database that the file gives is the one that it describes.
 * Needs: the files are bare.
 */
bool native_to_sqlite(struct cli *c, const struct ast *const *asts, size_t count);

#endif
