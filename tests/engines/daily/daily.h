/*
 * What the programs of a day's work share: a call that must succeed, one that must be
 * refused in a certain way, and a fact that must hold.
 */
#ifndef DAILY_H
#define DAILY_H

#include <stdio.h>
#include <stdlib.h>

#include "schemac_row.h"

#define MUST(db, call) daily_expect(db, call, SCHEMAC_OK, #call, __LINE__)
#define REFUSED(db, call, why) daily_expect(db, call, why, #call, __LINE__)
#define HOLDS(fact) daily_holds(fact, #fact, __LINE__)

/*
 * SYSTEM DATABASE opens it, and creates it where nothing is there.  SYSTEM DATABASE allow
 * has said before, as a person would, that an older one may be written anew and lose what
 * the newer versions have no place for.
 */
#define DAILY_OPEN(system, argc, argv, db)                                               \
    do {                                                                                 \
        HOLDS((argc) == 2 || (argc) == 3);                                               \
        if ((argc) == 2) {                                                               \
            MUST(*(db), system##_open((argv)[1], SCHEMAC_POLICY_MIGRATE, db));           \
            break;                                                                       \
        }                                                                                \
        MUST(*(db), schemac_open((argv)[1], db));                                        \
        REFUSED(*(db), system##_check(*(db)), SCHEMAC_STALE_SCHEMA);                     \
        MUST(*(db),                                                                      \
             system##_migrate_with(*(db), &(struct schemac_migrate_options){             \
                                              .allow = DAILY_ALLOW }));                  \
        MUST(*(db), system##_attach(*(db), SCHEMAC_POLICY_REFUSE));                      \
    } while (0)
#define DAILY_ALLOW                                                                      \
    (SCHEMAC_HAZARD_DATA_LOSS | SCHEMAC_HAZARD_REWRITE | SCHEMAC_HAZARD_LONG_LOCK)

static inline void
daily_expect(struct schemac_db *db, enum schemac_status is, enum schemac_status wanted,
             const char *call, int line)
{
    if (is == wanted)
        return;
    printf("line %d: %s\nis %s instead of %s: %s\n", line, call, schemac_status_name(is),
           schemac_status_name(wanted), schemac_error(db)->message);
    schemac_close(db);
    exit(1);
}

static inline void
daily_holds(bool fact, const char *words, int line)
{
    if (fact)
        return;
    printf("line %d: not so: %s\n", line, words);
    exit(1);
}

static inline bool
is_text(struct schemac_text text, const char *z)
{
    return schemac_text_equal(text, schemac_text(z));
}

#endif
