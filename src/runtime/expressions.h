/*
 * The table schemac_expressions: what a server made of the expressions that it was told.
 * Beside the digest of what was declared it keeps that of the server's own text, as seen
 * right after it was applied.  As long as neither has changed, the two say the same,
 * however differently they are spelled.
 *
 *     kind      column (its default or generated expression), check, index, view, policy,
 *               rule, trigger or domain
 *     name      schema.table.member or schema.name, without quotes
 *     declared  16 hex digits, of the compiler
 *     server    md5 of the server's text
 *
 * It is written anew with each version.  Engines that keep the text that they were given
 * have no such table.
 */
#ifndef SCHEMAC_RUNTIME_EXPRESSIONS_H
#define SCHEMAC_RUNTIME_EXPRESSIONS_H

#include "runtime/driver.h"

/* `lines` as in struct schemac_version; NULL: none.  In a transaction. */
enum schemac_status schemac__expressions_write(struct schemac_db *db, const char *lines);

/*
 * The lines of objects whose text is what it was then; "" where nothing is known.  The
 * caller frees it with schemac__free, also after a failure.
 */
enum schemac_status schemac__expressions_read(struct schemac_db *db, char **lines);

#endif
