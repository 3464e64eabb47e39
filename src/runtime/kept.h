/*
 * The table schemac_kept: what steps with --keep have put aside, one row for each side
 * table.  The plans write and delete its rows themselves, so that printed SQL does the
 * same; here they are tied to the history, listed and forgotten.
 *
 *     side        the side table, schemac_kept_1_1_0_people
 *     schema      name of the schema, "parking"; '' for none
 *     version     that took away what is in it
 *     what        "column people.phone"
 *     row_count   when it was made; -1: it is being filled, which has to be gone on with
 *     counter     of a table that went: the last number that its column had counted
 *     kept_at     UTC, YYYY-MM-DD HH:MM:SS
 *     keep_until  the same; NULL: until it is forgotten
 *     migration   schemac_history.id of the way up that made it; NULL: a script did
 */
#ifndef SCHEMAC_RUNTIME_KEPT_H
#define SCHEMAC_RUNTIME_KEPT_H

#include "runtime/driver.h"

/* All of a schema, oldest first; the texts are valid during the call only. */
enum schemac_status schemac__kept_read(struct schemac_db *db, const char *schema,
                                       void (*tell)(void *context,
                                                    const struct schemac_kept *k),
                                       void *context);
/* The first two parameters; `second` NULL: only one. */
enum schemac_status schemac__kept_bind(struct schemac_stmt *stmt, const char *first,
                                       const char *second);
/* Drop the side tables and their rows, all or none.  REFUSED: an interrupted migration
 * fills one. */
enum schemac_status schemac__kept_forget(struct schemac_db *db, const char *const *sides,
                                         size_t count);
/* The newest row of the history, of the way up to that version, is the one that its new
 * side tables belong to.  `days`: how long they are to be kept where they do not say so
 * themselves; 0: until they are forgotten. */
enum schemac_status schemac__kept_settle(struct schemac_db *db, const char *schema,
                                         const char *version, unsigned days);
/* Are the side tables of the version there, for the way back?  REFUSED: only some are. */
enum schemac_status schemac__kept_returns(struct schemac_db *db, const char *schema,
                                          const struct schemac_version *v, bool *returns);

#endif
