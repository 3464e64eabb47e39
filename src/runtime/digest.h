/*
 * What a database looks like, in 64 bits: FNV-1a over the kind, name and text of each
 * object, in the order of kind and name, without system objects and the history.  And a
 * list with a line per object, so that a difference can be named:
 *
 *     table vehicles 0f3a…
 *
 * The texts are those that the engine stores, so a statement that changes nothing but the
 * spelling counts as a change.
 */
#ifndef SCHEMAC_RUNTIME_DIGEST_H
#define SCHEMAC_RUNTIME_DIGEST_H

#include "runtime/driver.h"

struct schemac__digest {
    char hex[17];
    char *objects; /* lines, terminated; NULL while there is none */
    size_t objects_len;
    size_t count; /* of objects, without extensions */
};

/* Free with schemac__digest_free, also after a failure. */
enum schemac_status schemac__digest_read(struct schemac_db *db,
                                         struct schemac__digest *digest);
void schemac__digest_free(struct schemac__digest *digest);

/*
 * Add to the recorded error in which objects `now` differs from what the newest row of
 * the history says: "table vehicles was changed, index by_plate is new, view v is gone".
 */
void schemac__digest_explain(struct schemac_db *db, const struct schemac__digest *now);

#endif
