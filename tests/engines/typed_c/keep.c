/*
 * What a program does with migrations that were generated with --keep:
 *
 *     app URL open | open-keep          as programs begin
 *     app URL to VERSION [keep DAYS]    by itself
 *     app URL list                      what is parked
 *     app URL forget all | expired | VERSION | older DAYS
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lot_versions.h"

static void
show(void *context, const struct schemac_kept *k)
{
    (void)context;
    printf("%s %s [%s] %" PRId64 " %s%s%s\n", k->side, k->version, k->what, k->row_count,
           k->keep_until[0] == '\0' ? "for ever" : "for a time",
           k->is_current ? " current" : "", k->is_expired ? " expired" : "");
}

static enum schemac_status
migrate(struct schemac_db *db, int count, char **words)
{
    const struct schemac_migrate_options options = {
        .target = words[0],
        .allow = SCHEMAC_HAZARD_LONG_LOCK | SCHEMAC_HAZARD_REWRITE,
        .keep = count > 1,
        .keep_days = count > 2 ? (unsigned)atoi(words[2]) : 0,
    };

    return lot_migrate_with(db, &options);
}

static enum schemac_status
forget(struct schemac_db *db, char **words)
{
    struct schemac_forget_options options = { .version = NULL };
    enum schemac_status status;
    size_t count = 0;

    if (strcmp(words[0], "expired") == 0)
        options.expired = true;
    else if (strcmp(words[0], "older") == 0)
        options.older_than_days = (unsigned)atoi(words[1]);
    else if (strcmp(words[0], "all") != 0)
        options.version = words[0];
    status = schemac_forget(db, &lot_schema, &options, &count);
    printf("forgotten: %zu\n", count);
    return status;
}

static enum schemac_status
act(struct schemac_db *db, int count, char **words)
{
    if (strcmp(words[0], "open") == 0)
        return lot_attach(db, SCHEMAC_POLICY_MIGRATE);
    if (strcmp(words[0], "open-keep") == 0)
        return lot_attach(db, SCHEMAC_POLICY_KEEP);
    if (strcmp(words[0], "to") == 0)
        return migrate(db, count - 1, words + 1);
    if (strcmp(words[0], "forget") == 0)
        return forget(db, words + 1);
    return schemac_list_kept(db, &lot_schema, show, NULL);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_status status = schemac_open(argv[1], &db);

    if (status == SCHEMAC_OK)
        status = act(db, argc - 2, argv + 2);
    if (status != SCHEMAC_OK)
        fprintf(stderr, "%s: %s\n", schemac_status_name(status),
                schemac_error(db)->message);
    schemac_close(db);
    return status == SCHEMAC_OK ? 0 : 1;
}
