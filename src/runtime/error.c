/*
 * The record of the last failure.
 */
#include <string.h>

#include "runtime/driver.h"

const struct schemac_error_info *
schemac_error(const struct schemac_db *db)
{
    /* The only failure without a handle is that there was no memory for one. */
    static const struct schemac_error_info no_handle = {
        SCHEMAC_NO_MEMORY, "there is no memory for a database handle", "", "", "", "", 0
    };

    return db == NULL ? &no_handle : &db->info;
}

static bool
is_continuation(const char *p)
{
    return ((unsigned char)*p & 0xC0) == 0x80;
}

void
schemac__copy(char *to, size_t size, const char *from, size_t len)
{
    size_t take = len < size ? len : size - 1;

    while (take < len && take > 0 && is_continuation(from + take))
        take--;
    memmove(to, from, take);
    to[take] = '\0';
}

void
schemac__append(char *to, size_t size, const char *from, size_t len)
{
    size_t used = strlen(to);

    schemac__copy(to + used, size - used, from, len);
}

void
schemac__error_add(struct schemac_db *db, const char *words)
{
    schemac__append(db->error.message, sizeof db->error.message, words, strlen(words));
}

static void
forget_details(struct schemac__error *e)
{
    e->code[0] = '\0';
    e->table[0] = '\0';
    e->column[0] = '\0';
    e->constraint[0] = '\0';
    e->hazards = 0;
}

void
schemac__error_restore(struct schemac_db *db, const struct schemac__error *story)
{
    db->error = *story;
    db->info.status = story->status;
    db->info.hazards = story->hazards;
}

enum schemac_status
schemac__refuse(struct schemac_db *db, enum schemac_status status, const char *subject,
                const char *words)
{
    struct schemac__error *e = &db->error;

    schemac__copy(e->message, sizeof e->message, subject, strlen(subject));
    schemac__error_add(db, words);
    forget_details(e);
    e->status = status;
    db->info.status = status;
    db->info.hazards = 0;
    return status;
}

enum schemac_status
schemac__no_memory(struct schemac_db *db)
{
    return schemac__refuse(db, SCHEMAC_NO_MEMORY, "out of memory", "");
}
