/*
 * A change without versions: one migration from what is there to what is declared, under
 * the same guards, of which nothing is recorded.
 */
#ifndef SCHEMAC_RUNTIME_APPLY_H
#define SCHEMAC_RUNTIME_APPLY_H

#include "runtime/history.h"
#include "runtime/journal.h"

/* A database before the plan for it is made. */
struct schemac__look {
    struct schemac__history last;
    struct schemac__journal journal;
    char digest[17]; /* of the objects (digest.h) */
};

enum schemac_status schemac__apply_look(struct schemac_db *db, struct schemac__look *out);

/*
 * REFUSED where the database has a history, which the change would contradict, unless it
 * is that of the version with `fingerprint`: then what other hands have changed is put
 * right.
 */
enum schemac_status schemac__apply_refuse(struct schemac_db *db,
                                          const struct schemac__look *look,
                                          const char *fingerprint);

/*
 * Carry the migration out.  STALE_SCHEMA where the objects are not those that were looked
 * at any more.  options->target means nothing here.  What fails behind the first of
 * several transactions leaves those before it: a new plan leads on.
 */
enum schemac_status schemac__apply(struct schemac_db *db,
                                   const struct schemac_migration *migration,
                                   const struct schemac__look *look,
                                   const struct schemac_migrate_options *options);

#endif
