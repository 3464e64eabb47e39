/*
 * Whether files are SQL of an engine rather than declarations for every dialect.
 */
#ifndef SCHEMAC_CLI_NATIVE_H
#define SCHEMAC_CLI_NATIVE_H

#include "cli/cli.h"
#include "syntax/ast.h"

/*
 * A file with @schema, @extends or @dialect says what it is.  Any other is SQLite's own
 * when SQLite loads its declarations as they stand: then `varchar(10)` means what SQLite
 * makes of it, and the database that the file gives is the one that it describes.
 */
bool native_to_sqlite(struct cli *c, const struct ast *const *asts, size_t count);

#endif
